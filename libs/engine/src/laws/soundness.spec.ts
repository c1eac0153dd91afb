import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CaseCommand } from '../commands.ts';
import { nextBell } from '../deadline-state.ts';
import type { CaseState } from '../state.ts';
import { Play } from '../testing/play.ts';
import { soundProcess } from '../testing/random/blocks.ts';
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

/** When time moves it next. */
function nextInstant(state: CaseState): string {
  const bells = [...state.deadlines.values()].map(nextBell);
  const all = [...[...state.timers.values()].map(({ dueAt }) => dueAt), ...bells];
  return all.flatMap((at) => at ?? []).sort()[0] ?? 'never';
}

describe('a process of tasks, forks and choices that is well formed', () => {
  it('comes to its end, and the laws hold', () => {
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
        hold([model], play.history);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
