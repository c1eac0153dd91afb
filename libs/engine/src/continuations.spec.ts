import { describe, expect, it } from '@jest/globals';
import type { LoopSpec } from '@iter/process-model';
import type { CaseEvent, Variables } from './events.ts';
import { Play } from './testing/play.ts';
import { end, feel, mapping, multi, processModel, start, task, user } from './testing/model.ts';

const each: LoopSpec = multi({ collection: feel('items'), item: 'item' });
const wide = processModel('wide', [start('s'), user('u', { loop: each }), end('e')], ['s -> u -> e']);

/** What each of the commands has recorded that it took to start the case. */
function appendsOf(play: Play, variables: Variables): (readonly CaseEvent[])[] {
  const appends: (readonly CaseEvent[])[] = [];
  const { key: process, hash: definition } = play.model;
  const about = { process, version: 1, definition, comune: 'c', businessKey: null };
  for (;;) {
    const decision = play.decide(
      appends.length === 0 ? { type: 'StartCase', ...about, variables } : { type: 'ContinueCase' },
    );
    if ('rejection' in decision) throw new Error(decision.rejection.code);
    play.state = decision.state;
    appends.push(decision.events);
    if (play.state.continuation === null) return appends;
  }
}

const bytesOf = (events: readonly CaseEvent[]): number => Buffer.byteLength(JSON.stringify(events));
const tasksIn = (events: readonly CaseEvent[]): number =>
  events.filter(({ type }) => type === 'UserTaskCreated').length;

describe('what is too much for one append goes on with the next command', () => {
  it('by the number of events', () => {
    const play = new Play(wide);
    play.limits = { events: 100 };
    const appends = appendsOf(play, { items: Array.from({ length: 500 }, (_, i) => i) });
    expect(appends.reduce((sum, it) => sum + tasksIn(it), 0)).toBe(500);
    expect(appends.length).toBeGreaterThanOrEqual(5);
    for (const events of appends) expect(events.length).toBeLessThan(105);
    for (const events of appends.slice(0, -1)) expect(events.at(-1)?.type).toBe('ContinuationDue');
  });

  it('by their size', () => {
    const play = new Play(wide);
    play.limits = { bytes: 64 * 1024 };
    const appends = appendsOf(play, { items: Array.from({ length: 40 }, () => 'è'.repeat(2_500)) });
    expect(appends.reduce((sum, it) => sum + tasksIn(it), 0)).toBe(40);
    // The collection alone fills the first two, as the case's variable and as that of the activity.
    expect(appends.slice(0, 2).map(tasksIn)).toEqual([0, 0]);
    for (const events of appends.slice(2, -1)) {
      expect(bytesOf(events)).toBeLessThan(64 * 1024);
      expect(tasksIn(events)).toBeGreaterThan(3);
    }
  });

  it('and what was taken back does not count', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `t${i}`);
    const failing = ids.map((id) => task(id, { outputs: [mapping('text', 'copy')] }));
    const flows = ids.flatMap((id) => [`s -> ${id}`, `${id} -> e if false`]);
    const model = processModel('stuck', [start('s'), ...failing, end('e')], flows);
    const play = new Play(model);
    play.limits = { bytes: 256 * 1024 };
    const appends = appendsOf(play, { text: 'x'.repeat(20_000) });
    expect(appends).toHaveLength(1);
    expect(play.state.incidents.size).toBe(30);
  });
});
