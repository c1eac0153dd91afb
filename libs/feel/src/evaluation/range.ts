import { Special } from './values.ts';
import type { Value } from './values.ts';

/** A range between two values, or from or to one; DMN 1.3 §10.3.2.7. */
export class FeelRange extends Special {
  readonly kind = 'range';
  /** Null as start or end: the range has none, and does not include it. */
  constructor(
    readonly start: Value,
    readonly end: Value,
    readonly startIncluded: boolean,
    readonly endIncluded: boolean,
  ) {
    super();
  }

  override property(name: string): Value | undefined {
    switch (name) {
      case 'start':
        return this.start;
      case 'end':
        return this.end;
      case 'start included':
        return this.startIncluded;
      case 'end included':
        return this.endIncluded;
      default:
        return undefined;
    }
  }
}
