import { Exhausted, Meter, Run } from './run.ts';
import type { LegalDates, RunLimits } from './run.ts';
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
  /** What `legal due date` and `first lawful day` ask; without it they say null. */
  readonly legal?: LegalDates;
}

/** What all expressions of one command may take together. Most commands evaluate little: nothing is made before. */
export class Budget {
  private costly: Account | undefined;
  private cheap: Account | undefined;
  private msLeft: number;
  /** When the outermost of the costly expressions began: what they call may be expressions as well. */
  private startedAt: number | null = null;
  /** When a cheap one looked at the clock first. */
  private lookedAt: number | null = null;

  constructor(
    private readonly options: BudgetOptions,
    private readonly now: () => DateTime,
  ) {
    this.msLeft = options.budgetMs;
  }

  /** @throws Exhausted when nothing is left, before or while it runs */
  spend<T>(cheap: boolean, evaluate: (run: Run) => T): T {
    if (cheap) {
      this.cheap ??= this.account(() => this.inCheapTime());
      this.cheap.meter.refill(this.options.limits.steps);
      this.lookedAt = null;
      return evaluate(this.cheap.run);
    }
    const { meter, run } = (this.costly ??= this.account(() => this.inTime()));
    if (meter.isEmpty || this.msLeft <= 0) throw new Exhausted();
    if (this.startedAt !== null) return evaluate(run);
    this.startedAt = this.options.clock();
    try {
      return evaluate(run);
    } finally {
      this.msLeft -= this.options.clock() - this.startedAt;
      this.startedAt = null;
    }
  }

  private account(inTime: () => number): Account {
    const { limits, pattern, legal = null } = this.options;
    const meter = new Meter(limits.steps, inTime);
    return { meter, run: new Run(meter, limits, this.now, (match) => pattern(match, inTime()), legal) };
  }

  /** @returns the milliseconds that are left */
  private inTime(): number {
    return left(this.msLeft, this.options.clock() - (this.startedAt ?? 0));
  }

  /** What nothing repeats in hardly takes a step: it looks at the clock only when it has taken many. */
  private inCheapTime(): number {
    const now = this.options.clock();
    this.lookedAt ??= now;
    return left(this.options.budgetMs, now - this.lookedAt);
  }
}

interface Account {
  readonly meter: Meter;
  readonly run: Run;
}

function left(budgetMs: number, takenMs: number): number {
  if (takenMs >= budgetMs) throw new Exhausted();
  return budgetMs - takenMs;
}
