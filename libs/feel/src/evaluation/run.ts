import type { DateTime } from './temporal/temporal.ts';

/** Ends an evaluation that would not end, or not in time: `expression-timeout`. */
export class Exhausted extends Error {}

/** Ends an evaluation that makes too much: `expression-too-large`. */
export class TooLarge extends Error {}

/** Ends an evaluation because the expression says so (`assert`): `expression-failed`. */
export class Failed extends Error {}

export interface RunLimits {
  /** Steps (iterations, calls, items of lists and contexts made) of all expressions of one command. */
  readonly steps: number;
  /** Characters of one text, and of what an expression reads and gives, as JSON. */
  readonly size: number;
  /** Functions within functions. */
  readonly depth: number;
}

/** Steps between two looks at the clock: a step takes well under a microsecond. */
const stepsPerLook = 4_096;

/**
 * Counts steps down, so that the same expression ends in the same place on every machine; the clock stands behind
 * them, for steps that prove dearer than they should be.
 */
export class Meter {
  private nextLook: number;

  /** @param look throws `Exhausted` when the time is over */
  constructor(
    private left: number,
    private readonly look: () => void,
  ) {
    this.nextLook = this.lookAt();
  }

  refill(steps: number): void {
    this.left = steps;
    this.nextLook = this.lookAt();
  }

  get isEmpty(): boolean {
    return this.left <= 0;
  }

  /** @throws Exhausted when no steps, or no time, are left */
  spend(steps: number): void {
    this.left -= steps;
    if (this.left > this.nextLook) return;
    if (this.left < 0) throw new Exhausted();
    this.nextLook = this.lookAt();
    this.look();
  }

  /** Never beyond the last step: there is something to see as well. */
  private lookAt(): number {
    return Math.max(-1, this.left - stepsPerLook);
  }
}

/** What a legal calendar says of the catalogue's terms; null when it cannot. Dates as FEEL writes them. */
export interface LegalDates {
  /** When a term that runs from that day (or that must have run before it) is due. */
  dueDate(term: string, base: string): string | null;
  /** The first day on which an act is lawful: after a wait that begins on that day, after a notice received on it. */
  firstLawfulDay(term: string, base: string): string | null;
  /** How many of its units a term has, in the version of the day of the base. */
  amount(term: string, base: string): number | null;
  /** The day in Rome on which an instant falls; of a day itself. */
  dayOf(instant: string): string | null;
  /** The working day so many working days after a day, which does not count itself; before it when negative. */
  plusWorkingDays(base: string, days: number): string | null;
  /** Which legal holiday a day is; null: it is none. */
  holiday(day: string): string | null;
  /** Which feast of the confessions with an agreement a day is, on which no test is held; null: none. */
  religiousFeast(day: string): string | null;
}

/** One evaluation's means: what it may still do, the time it sees, how it matches patterns. */
export class Run {
  private depth = 0;

  constructor(
    private readonly meter: Meter,
    readonly limits: RunLimits,
    /** The engine's time, in the zone of the house. */
    readonly now: () => DateTime,
    /** Runs the matching of a pattern, which may take for ever, under a time limit. */
    readonly pattern: <T>(match: () => T) => T,
    /** Null where no legal calendar is at hand. */
    readonly legal: LegalDates | null = null,
  ) {}

  /** @throws Exhausted when no steps, or no time, are left */
  spend(steps: number): void {
    this.meter.spend(steps);
  }

  /** A text that an expression makes. @throws TooLarge */
  text(made: string): string {
    if (made.length > this.limits.size) throw new TooLarge();
    if (made.length > 64) this.spend(made.length >> 6);
    return made;
  }

  /** @throws Exhausted when functions call functions too deeply */
  enter<T>(body: () => T): T {
    this.spend(1);
    if (++this.depth > this.limits.depth) throw new Exhausted();
    try {
      return body();
    } finally {
      this.depth--;
    }
  }
}
