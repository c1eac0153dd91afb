import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProcessModel } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import { nextBell } from '../deadline-state.ts';
import type { CaseEvent } from '../events.ts';
import type { CaseState } from '../state.ts';
import { Play } from '../testing/play.ts';
import { joinOf, soundProcess } from '../testing/random/blocks.ts';
import { catalogue, step, term } from '../testing/world.ts';
import { hold } from './tampering.ts';

const terms = catalogue([term('t', { amount: 5 })], {
  default: [step('warn', 'safe', -1), step('alarm', 'legal', 0, { does: 'escalation', repeatHours: 6 })],
});

/** What moves the case next, people first; null: only time does. */
function next(state: CaseState): CaseCommand | null {
  for (const key of state.tasks.keys()) return { type: 'CompleteUserTask', key, variables: { n: 1 } };
  for (const key of state.jobs.keys()) return { type: 'CompleteJob', key, variables: {} };
  return null;
}

/** Every join has fired as often as its fork, or less where its scope was left before its time. */
function joinsOnce({ nodes }: ProcessModel, history: readonly CaseEvent[]): void {
  const times = new Map<string, number>();
  for (const { type, data } of history)
    if (type === 'ElementCompleted') times.set(data.element, (times.get(data.element) ?? 0) + 1);
  for (const { id, scope } of nodes.values()) {
    if (joinOf(id) === id) continue;
    const [forked, joined] = [times.get(id) ?? 0, times.get(joinOf(id)) ?? 0];
    if (scope === null) expect([id, joined]).toEqual([id, forked]);
    else expect(joined).toBeLessThanOrEqual(forked);
  }
}

/** When time moves it next. */
function nextInstant(state: CaseState): string {
  const bells = [...state.deadlines.values()].map(nextBell);
  const all = [...[...state.timers.values()].map(({ dueAt }) => dueAt), ...bells];
  return all.flatMap((at) => at ?? []).sort()[0] ?? 'never';
}

describe('a process of tasks, forks and choices that is well formed', () => {
  it('comes to its end, its joins have fired once for each fork, and the laws hold', () => {
    fc.assert(
      fc.property(soundProcess, (model) => {
        const play = new Play(model, { catalogue: terms });
        play.start({ n: 0, d: '2026-01-02' });
        for (let i = 0; i < 2000 && play.state.status === 'active'; i++) {
          const command = next(play.state);
          if (command) play.do(command);
          else play.advanceTo(nextInstant(play.state));
        }
        expect(play.state.status).toBe('completed');
        joinsOnce(model, play.history);
        hold([model], play.history);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
