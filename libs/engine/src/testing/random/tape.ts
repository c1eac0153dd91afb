/**
 * Numbers drawn beforehand, from which a process and its commands are made: a shorter tape, and lower numbers, make a
 * smaller process. When it has run out every choice is the first one.
 */
export class Tape {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  get isOver(): boolean {
    return this.#at >= this.#numbers.length;
  }

  /** A whole number below the bound. */
  below(bound: number): number {
    return (this.#numbers[this.#at++] ?? 0) % bound;
  }

  /** Once in so many times; never when the tape has run out. */
  once(inSoMany: number): boolean {
    return !this.isOver && this.below(inSoMany) === inSoMany - 1;
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    const nr = this.below(others.length + 1);
    return nr === 0 ? first : (others[nr - 1] as T);
  }
}
