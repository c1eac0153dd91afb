import { describe, expect, it } from '@jest/globals';
import type { CaseEvent } from './events.ts';
import {
  catching,
  end,
  eventBased,
  link,
  message,
  processModel,
  receive,
  start,
  sub,
  user,
} from './testing/model.ts';
import { traceOf } from './trace.ts';

const model = processModel(
  'p',
  [
    start('s'),
    receive('r', 'm'),
    catching('l', { event: link('L') }),
    eventBased('g'),
    catching('chosen', { event: message('m') }),
    catching('waited', { event: message('m') }),
    sub('sub', [], []),
    user('u'),
    end('e'),
  ],
  ['s -> r -> g -> chosen -> waited -> sub -> u -> e', 'l -> u'],
);

const of = (event: CaseEvent) => traceOf(event, model);
const completed = (element: string) =>
  of({ type: 'ElementCompleted', data: { key: 'k', element, scope: null } }).map((it) => it.event);

describe('a trace', () => {
  it.each(['s', 'l', 'chosen', 'e'])('says that %s was activated and completed in one', (element) => {
    expect(completed(element)).toEqual(['element-activated', 'element-completed']);
  });

  it.each(['r', 'g', 'waited', 'sub'])('says that %s was activated when it was', (element) => {
    expect(completed(element)).toEqual(['element-completed']);
    expect(of({ type: 'ElementActivated', data: { key: 'k', element, scope: null } })).toEqual([
      { event: 'element-activated', element, type: model.nodes.get(element)?.type },
    ]);
  });

  it('names flows, deadlines and codes', () => {
    expect(of({ type: 'SequenceFlowTaken', data: { flow: 's_r', scope: null } })).toEqual([
      { event: 'sequence-flow-taken', element: 's_r', type: 'bpmn:SequenceFlow' },
    ]);
    const deadline = { key: 'k', id: 'DL_X', instance: 'who' };
    expect(of({ type: 'DeadlineMissed', data: { ...deadline, legalDueDate: '2026-01-01' } })).toEqual([
      { event: 'deadline-missed', element: null, type: null, deadline: 'DL_X', key: 'who' },
    ]);
    expect(
      of({ type: 'DeadlineMet', data: { ...deadline, by: 'u', on: '2026-01-01', use: 'quiets' } }),
    ).toEqual([]);
    expect(
      of({ type: 'ErrorThrown', data: { element: 'e', code: 'X', message: '', caughtBy: null } })[0],
    ).toMatchObject({ event: 'error-thrown', code: 'X' });
    expect(of({ type: 'CommentAdded', data: { key: 'k', text: 't' } })).toEqual([]);
  });
});
