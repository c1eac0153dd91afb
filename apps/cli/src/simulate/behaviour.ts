import type { Weighted } from './random.ts';

/** How people do what is on their desk. All shares are ours: plausible, not measured. */
export type Manner = 'prompt' | 'usual' | 'late';

export interface Behaviour {
  /** Of the desks (a role of a body), how many are of each manner. */
  readonly manners: Weighted<Manner>;
  /** Office days until a task is done, by manner. */
  readonly officeDays: Readonly<Record<Manner, readonly [least: number, most: number]>>;
  /** Whoever sees that a term is near does it before, in this share of the cases. */
  readonly heedsTerms: Readonly<Record<Manner, number>>;
  /** Share of tasks whose person is away, and for how many office days nobody stands in. */
  readonly absent: number;
  readonly absentDays: readonly [least: number, most: number];
  /** Share of forms handed in with a slip of the pen: refused, then done again. */
  readonly wrong: number;
  /** Share of notices that the house sends only at the second attempt. */
  readonly jobFails: number;
  /** Share of escalations that somebody answers for. */
  readonly acknowledges: number;
}

export const behaviour: Behaviour = {
  manners: [
    ['prompt', 0.55],
    ['usual', 0.35],
    ['late', 0.1],
  ],
  officeDays: { prompt: [0.1, 1], usual: [0.5, 4], late: [3, 12] },
  heedsTerms: { prompt: 0.99, usual: 0.95, late: 0.6 },
  absent: 0.02,
  absentDays: [5, 20],
  wrong: 0.06,
  jobFails: 0.01,
  acknowledges: 0.8,
};

/** What one Province sees in a year: the volumes for which the house is built. */
export const province = { comuni: 60, employees: 10_000, catalogue: 40 } as const;
