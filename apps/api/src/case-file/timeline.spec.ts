import { describe, expect, it } from '@jest/globals';
import { timelineOf } from './timeline.ts';
import type { TimelineAsked } from './timeline.ts';

type Fact = readonly [type: string, data?: Record<string, unknown>];

const told = (facts: readonly Fact[], interventions: readonly number[] = []) => ({
  events: facts.map(([type, data = {}], revision) => ({ id: `e${revision}`, type, revision, data })),
  definitions: facts.map(() => 'd'),
  interventions: new Set(interventions),
});

const history = told(
  [
    ['CaseStarted', { variables: { employeeRef: 'M-1', receivedOn: '2026-03-01' } }],
    ['ElementActivated', { key: 'k1', element: 't_a', iteration: 2 }],
    ['DeadlineOpened', { id: 'DL' }],
    ['UserTaskCompleted', { key: 'k1', variables: { receivedOn: '2026-03-02', note: 'a' } }],
    ['CaseRectified', { variables: { receivedOn: '2026-03-03' } }],
    ['VariablesSet', { variables: { note: 'of a script' } }],
    ['CommentAdded', { text: 'x' }],
  ],
  [4],
);
const first: TimelineAsked = { all: false, before: null, limit: 50 };
const idsOf = (asked: Partial<TimelineAsked>) =>
  timelineOf(history, { ...first, ...asked }).facts.map(({ event }) => event.id);

describe('a timeline', () => {
  it('tells the newest first, and folds what only the machine cares about', () => {
    expect(idsOf({})).toEqual(['e6', 'e4', 'e3', 'e2', 'e0']);
    expect(idsOf({ all: true })).toHaveLength(7);
    const { facts, minor } = timelineOf(told([['EscalationThrown', { code: 'defenceTold' }]]), first);
    expect([facts, minor]).toEqual([[], 1]);
    expect(timelineOf(history, first)).toMatchObject({
      minor: 2,
      counts: { all: 5, activities: 3, terms: 1, documents: 0, messages: 0, comments: 1, interventions: 1 },
    });
  });

  it('is narrowed to a topic, and counts the others all the same', () => {
    expect(idsOf({ about: 'interventions' })).toEqual(['e4']);
    expect(timelineOf(history, { ...first, about: 'terms' })).toMatchObject({
      facts: [{ event: { id: 'e2' }, subject: 'terms' }],
      counts: { all: 5 },
      minor: 0,
    });
  });

  it('is narrowed to one instance of an element', () => {
    expect(idsOf({ key: 'k1', all: true })).toEqual(['e3', 'e1']);
    expect(idsOf({ key: 'k2', all: true })).toEqual([]);
  });

  it('comes in pages that meet without gap or overlap', () => {
    const seen: string[] = [];
    for (let before: number | null = null; ;) {
      const { facts, next }: ReturnType<typeof timelineOf<(typeof history.events)[number]>> = timelineOf(
        history,
        { ...first, before, limit: 2 },
      );
      seen.push(...facts.map(({ event }) => event.id));
      if (next === null) break;
      before = next;
    }
    expect(seen).toEqual(idsOf({}));
  });

  it('tells only what is new to whoever knows the rest, and whether the rest is still as it was', () => {
    const since = (after: number) => timelineOf(history, { ...first, after });
    expect(since(4).facts.map(({ event }) => event.id)).toEqual(['e6']);
    // The counts are those of the whole.
    expect(since(4)).toMatchObject({ counts: { all: 5 }, minor: 2, next: null, earlierChanged: false });
    // What was entered at the start was entered again, then corrected.
    expect(since(2).earlierChanged).toBe(true);
    expect(since(3).earlierChanged).toBe(true);
    expect(since(6)).toMatchObject({ facts: [], earlierChanged: false });
    expect(timelineOf(history, { ...first, after: 0, limit: 2 }).next).toBe(4);
  });

  it('knows the activity of a fact that names its key only', () => {
    const { facts } = timelineOf(history, first);
    expect(facts.find(({ event }) => event.id === 'e3')?.instance).toEqual({
      ...{ element: 't_a', definition: 'd', iteration: 2, about: null, body: null },
    });
  });

  it('knows what a task is about from when it was created, unless that is masked', () => {
    const instances = (about: string) =>
      timelineOf(
        told([
          ['UserTaskCreated', { key: 'k1', element: 't_a', about, body: 'c_valle' }],
          ['UserTaskClaimed', { key: 'k1', by: 'rossi' }],
          ['UserTaskCompleted', { key: 'k1', element: 't_a', variables: {} }],
          ['ElementActivated', { key: 'k2', element: 't_b' }],
        ]),
        { ...first, all: true },
      ).facts.map(({ instance }) => [instance?.about, instance?.body]);
    const valle = ['Sessione del mattino', 'c_valle'];
    expect(instances('Sessione del mattino')).toEqual([[null, null], valle, valle, valle]);
    expect(instances('•••')[1]).toEqual([null, 'c_valle']);
  });
});

describe('what may be corrected at a fact', () => {
  const at = (facts: ReturnType<typeof told>, id: string) =>
    timelineOf(facts, { ...first, all: true }).facts.find(({ event }) => event.id === id)?.rectifiable;

  it('is what was entered there last, with the value that holds since it was corrected', () => {
    expect(at(history, 'e3')).toEqual({ receivedOn: '2026-03-03', note: 'a' });
  });

  it('is nothing that was entered again since', () => {
    expect(at(history, 'e0')).toEqual({ employeeRef: 'M-1' });
    const again = told([
      ['CaseStarted', { variables: { employeeRef: 'M-1' } }],
      ['MessageCorrelated', { variables: { employeeRef: 'M-2' } }],
    ]);
    expect(at(again, 'e0')).toBeNull();
  });

  it('is nothing of what is masked, or is no entry', () => {
    expect(at(told([['CaseStarted', { variables: '•••' }]]), 'e0')).toBeNull();
    expect(at(history, 'e4')).toBeNull();
  });
});
