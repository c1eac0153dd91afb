import { Exhausted, Meter, Run } from './run.ts';
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
  private readonly meter: Meter;
  private readonly run: Run;
  private msLeft: number;
  /** When the outermost of the costly expressions began: what they call may be expressions as well. */
  private startedAt: number | null = null;

  private readonly cheapMeter: Meter;
  private readonly cheapRun: Run;
  /** When a cheap one looked at the clock first. */
  private lookedAt: number | null = null;

  constructor(
    private readonly options: BudgetOptions,
    now: () => DateTime,
  ) {
    const { limits, pattern, budgetMs } = options;
    this.msLeft = budgetMs;
    this.meter = new Meter(limits.steps, () => this.inTime());
    this.run = new Run(this.meter, limits, now, (match) => pattern(match, this.inTime()));
    this.cheapMeter = new Meter(limits.steps, () => this.inCheapTime());
    this.cheapRun = new Run(this.cheapMeter, limits, now, (match) => pattern(match, this.inCheapTime()));
  }

  /** @throws Exhausted when nothing is left, before or while it runs */
  spend<T>(cheap: boolean, evaluate: (run: Run) => T): T {
    if (cheap) {
      this.cheapMeter.refill(this.options.limits.steps);
      this.lookedAt = null;
      return evaluate(this.cheapRun);
    }
    if (this.meter.isEmpty || this.msLeft <= 0) throw new Exhausted();
    if (this.startedAt !== null) return evaluate(this.run);
    this.startedAt = this.options.clock();
    try {
      return evaluate(this.run);
    } finally {
      this.msLeft -= this.options.clock() - this.startedAt;
      this.startedAt = null;
    }
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

function left(budgetMs: number, takenMs: number): number {
  if (takenMs >= budgetMs) throw new Exhausted();
  return budgetMs - takenMs;
}
