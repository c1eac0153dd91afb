import { expect, it } from '@jest/globals';
import { emptyState, evolveAll } from '@iter/engine';
import type { CaseEvent } from '@iter/engine';
import type { RecordedEvent } from '../outcome.ts';
import { addEvents, emptyFile } from './case-file.ts';
import { escalationFacts } from './facts.ts';

const raised = (key: string, to: readonly string[]): CaseEvent => ({
  type: 'EscalationRaised',
  data: {
    ...{ key, deadline: null, deadlineId: null, step: 's', to, nature: null, legalDueDate: null },
    label: { it: '', en: '' },
  },
});
const task = (key: string, assignee: string | null): CaseEvent => ({
  type: 'UserTaskCreated',
  data: {
    ...{ key, element: 't', scope: null, role: null, assignee, candidateGroups: [], candidateUsers: [] },
    ...{ formId: null, dueAt: null, followUpAt: null, priority: 50 },
  },
});

/** The file of a case with these events; `by` acts, in the place of another when one is named. */
function fileOf(events: readonly CaseEvent[], by: object = {}) {
  const recorded = events.map((event) => ({
    ...event,
    recordedAt: '2026-03-06T09:00:00.000Z',
    occurredAt: '2026-03-06T09:00:00.000Z',
    actor: { account: 'olga', role: 'DESK_OPERATOR', body: 'p_demo', ...by },
  })) as unknown as readonly RecordedEvent[];
  return addEvents(
    emptyFile,
    recorded,
    { revision: events.length - 1, hash: '' },
    evolveAll(emptyState, events),
  );
}

it('an escalation is for the roles that it calls, for who has it and for whom it was handed to', () => {
  const call = raised('e1', ['UPD']);
  const take: CaseEvent = { type: 'EscalationTakenOver', data: { key: 'e1', by: 'rita', note: '' } };
  const handOn = (account: string | null, role: string | null): CaseEvent => ({
    type: 'EscalationHandedOn',
    data: { key: 'e1', account, role, note: 'n' },
  });
  const facts = (...events: readonly CaseEvent[]) => escalationFacts(fileOf([call, ...events]), 'e1');
  expect(facts()).toEqual({ addressees: ['UPD'], called: [] });
  expect(facts(take)).toEqual({ addressees: ['UPD'], called: ['rita'] });
  expect(facts(take, handOn('piero', null))).toEqual({ addressees: ['UPD'], called: ['piero'] });
  expect(facts(take, handOn(null, 'SEGRETARIO'))).toEqual({ addressees: ['UPD', 'SEGRETARIO'], called: [] });
  expect(facts(take, handOn(null, null))).toEqual({ addressees: ['UPD'], called: [] });
  expect(escalationFacts(fileOf([call]), 'nobody')).toEqual({ addressees: [], called: [] });
});

it('who is in charge is called only where the ladder calls them, and is who holds the open tasks now', () => {
  const tasks = [task('t1', 'olga'), task('t2', null), task('t3', 'olga'), task('t4', 'ugo')];
  const file = fileOf([...tasks, raised('e1', ['IN_CHARGE']), raised('e2', ['UPD'])]);
  expect(escalationFacts(file, 'e1').called).toEqual(['olga', 'ugo']);
  expect(escalationFacts(file, 'e2').called).toEqual([]);
});

it('what a substitute did is remembered of both', () => {
  const done: CaseEvent = {
    type: 'UserTaskCompleted',
    data: { key: 't1', element: 't_draftX', scope: null, variables: {} },
  };
  expect(fileOf([done], { role: 'UPD', onBehalfOf: 'ugo' }).deeds).toEqual([
    { element: 't_draftX', account: 'olga', role: 'UPD', onBehalfOf: 'ugo' },
  ]);
  expect(fileOf([done]).deeds).toEqual([{ element: 't_draftX', account: 'olga', role: 'DESK_OPERATOR' }]);
});
