import { Exhausted, Run } from './run.ts';
import type { RunLimits } from './run.ts';
import type { DateTime } from './temporal/temporal.ts';

export interface BudgetOptions {
  readonly limits: RunLimits;
  /** The time that has passed, in milliseconds. */
  readonly clock: () => number;
  /** How much of it all costly expressions of one command may take together. */
  readonly budgetMs: number;
  /**
   * Runs a match against a pattern, which may take for ever.
   * @throws Exhausted when it does not end in time
   */
  readonly pattern: <T>(match: () => T, leftMs: number) => T;
}

/** What all expressions of one command may take together. */
export class Budget {
  private stepsLeft: number;
  private msLeft: number;
  /** When the outermost of the costly expressions began: what they call may be expressions as well. */
  private startedAt: number | null = null;

  constructor(
    private readonly options: BudgetOptions,
    private readonly now: () => DateTime,
  ) {
    this.stepsLeft = options.limits.steps;
    this.msLeft = options.budgetMs;
  }

  /** @throws Exhausted when nothing is left, before or while it runs */
  spend<T>(cheap: boolean, evaluate: (run: Run) => T): T {
    if (cheap) return evaluate(this.cheapRun());
    if (this.stepsLeft <= 0 || this.msLeft <= 0) throw new Exhausted();
    const isOutermost = this.startedAt === null;
    const startedAt = (this.startedAt ??= this.options.clock());
    const before = this.stepsLeft;
    const run = this.runOf(before, () => this.msLeft - (this.options.clock() - startedAt));
    try {
      return evaluate(run);
    } finally {
      // What was called within has taken its own steps meanwhile.
      this.stepsLeft -= before - run.stepsLeft;
      if (isOutermost) {
        this.msLeft -= this.options.clock() - startedAt;
        this.startedAt = null;
      }
    }
  }

  /** What nothing repeats in hardly takes a step: it looks at the clock only when it has taken many. */
  private cheapRun(): Run {
    let startedAt: number | null = null;
    return this.runOf(this.options.limits.steps, () => {
      startedAt ??= this.options.clock();
      return this.options.budgetMs - (this.options.clock() - startedAt);
    });
  }

  private runOf(steps: number, leftMs: () => number): Run {
    const { limits, pattern } = this.options;
    return new Run(
      steps,
      limits,
      this.now,
      (match) => pattern(match, leftMs()),
      () => {
        if (leftMs() <= 0) throw new Exhausted();
      },
    );
  }
}
