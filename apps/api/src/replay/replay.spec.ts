import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fold } from '@iter/engine';
import type { CaseEvent } from '@iter/engine';
import { reelStride, stateAfter, windOn } from '@iter/commands/case';
import type { Reel } from '@iter/commands/case';
import { deadlineOpened, started, taskCompleted, taskCreated } from '../../../../test/support/case-log.ts';
import { chapterAt, revisionAt } from './chapter.ts';
import type { Chapter, Reader, Step } from './chapter.ts';
import { standingsOf } from './standing.ts';
import type { Item, Things } from './standing.ts';

const plainly: Reader = {
  person: (name) => name,
  value: (value) => value,
  mark: (what) => createHash('sha256').update(what).digest('hex'),
  event: (event) => event,
};
const empty: Reel = { events: [], definitions: [], marks: [] };
const upd = { account: 'upd', role: 'UPD', body: 'p_demo' };
const head = { account: 'responsabile', role: 'DESK_SUPERVISOR', body: 'p_demo' };

interface Command {
  readonly events: readonly CaseEvent[];
  readonly actor?: typeof upd;
  readonly causedBy?: string;
}

/** A history as the log has it, one minute a command. */
function historyOf(commands: readonly Command[]): Reel['events'] {
  let revision = 0;
  return commands.flatMap(({ events, actor = upd, causedBy }, minute) =>
    events.map((event) => {
      const at = new Date(Date.UTC(2026, 2, 6) + minute * 60_000).toISOString();
      const cover = {
        actor,
        commandId: `c${minute}`,
        causationId: causedBy ?? null,
        recordedAt: at,
        occurredAt: at,
      };
      return { ...event, ...cover, id: `e${revision}`, revision: revision++ } as Reel['events'][number];
    }),
  );
}

const flow = (name: string): CaseEvent => ({ type: 'SequenceFlowTaken', data: { flow: name, scope: null } });
const set = (variables: Record<string, number | string>): CaseEvent => ({
  type: 'VariablesSet',
  data: { scope: null, variables },
});

/** A case that goes round: a task is opened, claimed and completed, a variable grows; 2 + 5 × count events. */
const rounds = (count: number): Reel['events'] =>
  historyOf([
    { events: [started({ variables: { round: 0 } }), deadlineOpened('d')] },
    ...Array.from({ length: count }, (_, n): Command[] => [
      { events: [taskCreated(`t${n}`)] },
      { events: [{ type: 'UserTaskClaimed', data: { key: `t${n}`, by: 'upd' } }] },
      { events: [taskCompleted(`t${n}`, { note: n % 7 }), flow('again'), set({ round: n + 1 })] },
    ]).flat(),
  ]);

type Standing = Map<string, Map<string, Item>>;

const standingOf = (things: Things<Item>): Standing =>
  new Map(Object.entries(things).map(([name, items]) => [name, new Map(items.map((it) => [it.key, it]))]));

/** What the desk does with a step. */
function follow(standing: Standing, { changes }: Step): Standing {
  const next = new Map([...standing].map(([name, items]) => [name, new Map(items)]));
  for (const [name, items] of Object.entries(changes.put))
    for (const item of items) next.get(name)?.set(item.key, item);
  for (const [name, keys] of Object.entries(changes.gone))
    for (const key of keys) next.get(name)?.delete(key);
  return next;
}

const sorted = (standing: Standing) =>
  [...standing].map(([name, items]) => [name, [...items].toSorted(([a], [b]) => (a < b ? -1 : 1))]);

describe('stepping through a case', () => {
  const reel = windOn(empty, rounds(2_000));

  it('shows at every step of 10,002 what a fold of everything before it shows', () => {
    expect(reel.events.length).toBe(10_002);
    const standings = standingsOf(reel, plainly);
    let visits = 0;
    for (let first = 0; first < reel.events.length; first += reelStride) {
      const chapter = chapterAt(reel, first + 7, plainly);
      expect(chapter).toMatchObject({ first, total: 10_002 });
      let standing = standingOf(chapter.opening.things);
      for (const step of chapter.steps) {
        standing = follow(standing, step);
        if (step.revision % 199 > 0) continue;
        const folded = standings.all(fold(reel.events.slice(0, step.revision + 1)));
        expect(sorted(standing)).toEqual(sorted(standingOf(folded)));
      }
      expect(chapter.steps.length).toBe(Math.min(reelStride, reel.events.length - first));
      visits = chapter.steps.flatMap((it) => it.visits).at(-1)?.completed ?? visits;
    }
    expect(visits).toBe(2_000);
  });

  it('opens a chapter with the visits of all before it, and tells loops as steps of their own', () => {
    const { opening, steps } = chapterAt(reel, 9_999, plainly);
    const before = (what: string) => reel.events.slice(0, 9_800).filter(({ type }) => type === what).length;
    const completed = before('UserTaskCompleted');
    expect(opening.visits).toMatchObject([{ element: 't_review', completed }]);
    expect(opening.flows).toMatchObject([{ flow: 'again', count: before('SequenceFlowTaken') }]);
    const completions = steps.filter(({ event }) => (event as CaseEvent).type === 'UserTaskCompleted');
    expect(completions.map((it) => it.visits[0]?.completed)).toEqual(
      completions.map((_, n) => completed + n + 1),
    );
  });

  it('goes on from a history that was read before as if it were read whole', () => {
    const part = windOn(empty, reel.events.slice(0, 3_333));
    const whole = windOn(part, reel.events.slice(3_333));
    expect(whole.definitions).toEqual(reel.definitions);
    expect([0, 1, 200, 201, 10_002].map((n) => stateAfter(whole, n).revision)).toEqual([
      -1, 0, 199, 200, 10_001,
    ]);
    expect(chapterAt(whole, 5_000, plainly)).toEqual(chapterAt(reel, 5_000, plainly));
  });

  it('finds the last event that the log had at an instant', () => {
    expect(revisionAt(reel, '2026-03-05T23:59:59.999Z')).toBe(-1);
    expect(revisionAt(reel, '2026-03-06T00:00:00.000Z')).toBe(1);
    expect(revisionAt(reel, '2026-03-06T01:03:30+01:00')).toBe(6);
    expect(revisionAt(reel, '2099-01-01T00:00:00Z')).toBe(10_001);
  });
});

describe('how events hang together', () => {
  const steps = (commands: readonly Command[]): Chapter['steps'] =>
    chapterAt(windOn(empty, historyOf(commands)), 0, plainly).steps;

  it('tells cause and consequence, within a command and between commands, and what is about the same thing', () => {
    const [, created, completed, taken, , caused] = steps([
      { events: [started()] },
      { events: [taskCreated('t')] },
      { events: [taskCompleted('t'), flow('f')] },
      { events: [{ type: 'CaseSuspended', data: { reason: 'attesa' } }], actor: head },
      { events: [{ type: 'CaseResumed', data: { reason: 'ripresa' } }], actor: head, causedBy: 'e2' },
    ]);
    expect(created).toMatchObject({ cause: null, related: [2], act: { first: 1, last: 1 } });
    expect(completed).toMatchObject({
      cause: null,
      related: [1],
      consequences: [5],
      act: { first: 2, last: 3 },
    });
    expect(taken).toMatchObject({ cause: 2, isIntervention: false });
    expect(caused).toMatchObject({ cause: 2, isFromOutside: false, isIntervention: true });
  });

  it('knows what came from outside, and tells what people did to the flow from what the flow did', () => {
    const closed = {
      type: 'DeadlineClosed',
      data: { key: 'd', id: 'DL_X', instance: null, reason: 'r' },
    } as const;
    const told = steps([
      { events: [started(), deadlineOpened('d')] },
      { events: [taskCreated('t')], causedBy: 'a message' },
      { events: [taskCompleted('t'), closed] },
      { events: [closed], actor: head },
      { events: [closed], actor: { account: 'system', role: 'SYSTEM', body: 'p_demo' } },
    ]);
    expect(told.map((it) => it.isFromOutside)).toEqual([false, false, true, false, false, false, false]);
    expect(told.map((it) => it.isIntervention)).toEqual([false, false, false, false, false, true, false]);
  });

  it('tells a text from what it reads like', () => {
    const variables = { said: 'null', none: null, heard: true };
    const reel = windOn(empty, historyOf([{ events: [started({ variables })] }]));
    const [{ changes }] = chapterAt(reel, 0, plainly).steps as [Step];
    expect(changes.put.variables).toMatchObject([
      { name: 'said', text: 'null', isText: true },
      { name: 'none', text: 'null', isText: false },
      { name: 'heard', text: 'true', isText: false },
    ]);
  });

  it('tells that a value is another one where it does not tell the value: masked, or cut', () => {
    const masked: Reader = { ...plainly, value: () => '•••' };
    const long = 'x'.repeat(3_000);
    const said = (values: readonly string[], reader: Reader) => {
      const commands = values.map((one): Command => ({ events: [set({ one })] }));
      const { steps } = chapterAt(
        windOn(empty, historyOf([{ events: [started({})] }, ...commands])),
        0,
        reader,
      );
      return steps.slice(1).map(({ changes }) => changes.put.variables?.[0] as unknown as { mark: string });
    };
    for (const [values, reader] of [
      [['a', 'b', 'a'], masked],
      [[`${long}a`, `${long}b`, `${long}a`], plainly],
    ] as const) {
      const [first, second, third] = said(values, reader);
      expect(second).toEqual({ ...first, mark: expect.any(String) });
      expect(second!.mark).not.toBe(first!.mark);
      expect(third).toEqual(first);
    }
    expect(said(['a', 'b'], plainly).map(({ mark }) => mark)).toEqual([null, null]);
  });

  it('shows nothing of what was entered to who sees the case under pseudonyms', () => {
    const masked: Reader = {
      ...plainly,
      person: (name) => `p-${name.length}`,
      value: () => '•••',
      event: (event) => ({ ...event, actor: { ...event.actor, account: 'p-3' }, data: {} }),
    };
    const reel = windOn(
      empty,
      historyOf([
        { events: [started({ variables: { employeeRef: 'M-0042' } })] },
        { events: [taskCreated('t', { assignee: 'upd', about: 'M-0044', body: 'c_valle' })] },
        { events: [taskCompleted('t', { employeeRef: 'M-0043' })] },
      ]),
    );
    const tasks = (reader: Reader) => chapterAt(reel, 0, reader).steps[1]?.changes.put.tasks;
    expect(tasks(plainly)).toMatchObject([{ about: 'M-0044', body: 'c_valle' }]);
    expect(tasks(masked)).toMatchObject([{ about: null, body: 'c_valle' }]);
    const told = JSON.stringify(chapterAt(reel, 0, masked));
    expect(told).toContain('/employeeRef');
    expect(told).not.toMatch(/M-004|"upd"/);
  });
});
