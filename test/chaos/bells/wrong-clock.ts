/**
 * Replaces the clock of this process by one that can be set wrong, for everything that runs in it: `Date` and nothing else, as when
 * somebody sets the clock of the machine. To be imported first.
 */
const Real = Date;
let aheadMs = 0;
let frozenMs: number | null = null;

const now = (): number => (frozenMs ?? Real.now()) + aheadMs;

class WrongDate extends Real {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(now());
    else super(...(given as []));
  }

  static override now(): number {
    return now();
  }
}

globalThis.Date = WrongDate as DateConstructor;

export function jumpBy(ms: number): void {
  aheadMs += ms;
}

export function freeze(): void {
  frozenMs = Real.now();
}
