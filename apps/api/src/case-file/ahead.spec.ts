import { describe, expect, it } from '@jest/globals';
import { fold } from '@iter/engine';
import type { CaseEvent, Models } from '@iter/engine';
import { started, taskCreated } from '../../../../test/support/case-log.ts';
import { aheadOf, incomingOf } from './ahead.ts';

const node = (id: string, type: string, name = id, label: string | null = null) =>
  [
    id,
    {
      id,
      type,
      name,
      incomingMessages:
        label === null
          ? []
          : [
              {
                ...{ message: id, label, form: null, servedForm: null, byComune: false },
                asked: id === 'documents',
              },
            ],
    },
  ] as const;
const nodes = new Map<string, unknown>([
  node('t_review', 'bpmn:UserTask', 'Esaminare'),
  node('late', 'bpmn:BoundaryEvent', 'Sollecito'),
  node('wait', 'bpmn:IntermediateCatchEvent', 'Termine a\n difesa'),
  node('unnamed', 'bpmn:IntermediateCatchEvent'),
  node('answer', 'bpmn:IntermediateCatchEvent', 'Risposta'),
  node('documents', 'bpmn:IntermediateCatchEvent', 'Documenti', 'Documenti chiesti'),
  node('access', 'bpmn:BoundaryEvent', 'Accesso', 'Istanza di accesso'),
  node('request', 'bpmn:StartEvent', 'Istanza', 'Istanza di differimento'),
]);
const models = (() => ({ nodes })) as unknown as Models;

const waits = (key: string): CaseEvent => ({
  type: 'ElementActivated',
  data: { key, element: key, scope: null },
});
const timer = (element: string, host: string, dueAt: string): CaseEvent => ({
  type: 'TimerArmed',
  data: { key: `timer-${element}`, element, host, dueAt, cycle: null },
});
const message = (name: string, host: string | null, inside?: true): CaseEvent => ({
  type: 'MessageSubscribed',
  data: { key: `m-${name}`, element: name, host, name, correlationKey: null, ...(inside && { inside }) },
});
const ahead = (...events: CaseEvent[]) => aheadOf(models, fold([started(), ...events]));

describe('what a case waits for', () => {
  it('tells dates first, soonest on top, and of limits what must be done by then', () => {
    const told = ahead(
      waits('wait'),
      timer('wait', 'wait', '2026-04-27T00:00:00.000Z'),
      taskCreated('t'),
      timer('late', 't', '2026-04-10T07:00:00.000Z'),
    );
    expect(told).toEqual([
      { kind: 'limit', name: 'Sollecito', of: 'Esaminare', at: '2026-04-10T07:00:00.000Z' },
      { kind: 'date', name: 'Termine a difesa', of: null, at: '2026-04-27T00:00:00.000Z' },
    ]);
  });

  it('names what people may register once, and of other messages only those on the way of the flow', () => {
    const told = ahead(waits('answer'), message('answer', 'answer'), message('request', null, true));
    expect(told).toEqual([
      { kind: 'incoming', name: 'Istanza di differimento', of: null, at: null },
      { kind: 'message', name: 'Risposta', of: null, at: null },
    ]);
  });

  it('shows no name where the drawing has none, and nothing of a case that has ended', () => {
    const events = [waits('unnamed'), timer('unnamed', 'unnamed', '2026-04-27T00:00:00.000Z')];
    expect(ahead(...events)).toMatchObject([{ kind: 'date', name: null }]);
    expect(ahead(...events, { type: 'CaseTerminated', data: { reason: 'r', element: null } })).toEqual([]);
  });
});

describe('what people may register', () => {
  it('says whether somebody was asked for it, or whether it only may come', () => {
    const told = incomingOf(
      models,
      fold([
        ...[started(), waits('documents'), message('documents', 'documents')],
        ...[taskCreated('t'), message('access', 't'), message('request', null, true)],
        message('answer', 'answer'),
      ]),
    );
    expect(told.map(({ label, asked }) => [label, asked])).toEqual([
      ['Documenti chiesti', true],
      ['Istanza di accesso', false],
      ['Istanza di differimento', false],
    ]);
  });
});
