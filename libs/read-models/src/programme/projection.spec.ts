import { describe, expect, it } from '@jest/globals';
import { foldCase } from '@iter/event-store/following';
import type { Variables } from '@iter/engine';
import type { CaseSeen } from '../case-event.ts';
import { editionsProjection, pathsProjection } from './projection.ts';

/** The one row that a history of a process gives. */
function rowOf(process: string, ...events: readonly object[]): unknown {
  const begun = { type: 'CaseStarted', data: { process, comune: 'upi', variables: {} } };
  const history = [begun, ...events].map((event, revision) => ({ stream: 'case-c1', revision, ...event }));
  const folded = foldCase(
    [editionsProjection, pathsProjection],
    history as readonly unknown[] as readonly CaseSeen[],
    new Map(),
  );
  expect(folded.poison).toBeNull();
  return [...folded.rows].flatMap(([, rows]) => [...rows])[0];
}

const set = (variables: Variables) => ({ type: 'VariablesSet', data: { scope: null, variables } });
const created = (element: string) => ({ type: 'UserTaskCreated', data: { key: 'k', element } });
const completed = (element: string, variables: Variables) => ({
  type: 'UserTaskCompleted',
  data: { key: 'k', element, scope: null, variables },
});
const ended = (endElement: string) => ({ type: 'CaseCompleted', data: { endElement } });

describe('an edition', () => {
  it('has as tutors those whose group met, not those who withdrew', () => {
    const focusGroups = [
      { tutor: 'p_b', focusOutcome: 'HELD' },
      { tutor: 'p_c', focusOutcome: 'WITHDRAWN' },
      { tutor: 'p_a', focusOutcome: 'HELD' },
    ];
    expect(rowOf('accompaniment-edition', set({ focusGroups }))).toMatchObject({
      ...{ body: 'upi', focus_tutors: ['p_a', 'p_b'], path_tutors: [], participants: [] },
    });
  });

  it('has the tutors of the last matching, each once', () => {
    const pairs = (...of: readonly [string, string][]) => ({
      pairs: of.map(([participant, tutor]) => ({ participant, tutor })),
    });
    const first = completed('t_match', pairs(['x', 'p_a'], ['y', 'p_a'], ['z', 'p_b']));
    expect(rowOf('accompaniment-edition', first)).toMatchObject({
      path_tutors: ['p_a', 'p_b'],
      stage: 'PATHS',
    });
    const again = completed('t_match', pairs(['x', 'p_a'], ['y', 'p_a'], ['z', 'p_a']));
    expect(rowOf('accompaniment-edition', first, created('t_match'), again)).toMatchObject({
      path_tutors: ['p_a'],
    });
  });

  it.each([
    [[created('t_focusGroup')], 'FOCUS_GROUPS'],
    [[created('t_callParticipants')], 'CALL'],
    [[created('t_match')], 'MATCHING'],
    [[created('t_materials')], 'RESTITUTION'],
    [[ended('end_closed')], 'CLOSED'],
    [[ended('end_noParticipants')], 'NO_PARTICIPANTS'],
    [[{ type: 'CaseTerminated', data: { reason: 'x', element: null } }], 'STOPPED'],
  ])('stands where its tasks stand: %#', (events, stage) => {
    expect(rowOf('accompaniment-edition', ...events)).toMatchObject({ stage });
  });
});

describe('a path', () => {
  it.each([
    ['delivered', 'DELIVERED'],
    ['followedOnly', 'FOLLOWED_ONLY'],
    ['withdrawn', 'WITHDRAWN'],
    ['something else', 'RUNNING'],
  ])('that ends as %s is %s', (caseOutcome, stage) => {
    const begun = set({ editionRef: 'e1', tutor: 'p_a', theme: 'TRAINING' });
    expect(rowOf('accompaniment-project-work', begun)).toMatchObject({
      ...{ edition: 'e1', tutor: 'p_a', stage: 'RUNNING' },
    });
    expect(rowOf('accompaniment-project-work', begun, set({ caseOutcome }))).toMatchObject({ stage });
  });

  it('is no path when it is another process', () => {
    expect(
      rowOf('desk-request', set({ editionRef: 'e1' }), set({ caseOutcome: 'delivered' })),
    ).toBeUndefined();
  });
});
