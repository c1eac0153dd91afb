import { Special } from '../values.ts';
import type { Value } from '../values.ts';

export const nanosPerSecond = 1_000_000_000;

/** Years and months, in months: `P1Y2M`. */
export class MonthsDuration extends Special {
  readonly kind = 'years and months duration';
  constructor(readonly months: number) {
    super();
  }

  override property(name: string): Value | undefined {
    const sign = Math.sign(this.months);
    switch (name) {
      case 'years':
        return Math.trunc(this.months / 12) + 0;
      case 'months':
        return sign * (Math.abs(this.months) % 12) + 0;
      case 'days':
      case 'hours':
      case 'minutes':
      case 'seconds':
        return null;
      default:
        return undefined;
    }
  }

  override toString(): string {
    const all = Math.abs(this.months);
    const [years, months] = [Math.floor(all / 12), all % 12];
    if (all === 0) return 'P0M';
    return `${this.months < 0 ? '-' : ''}P${years === 0 ? '' : `${years}Y`}${months === 0 ? '' : `${months}M`}`;
  }
}

/** Days and time, in seconds and (never negative) nanoseconds: `P1DT2H`. */
export class DaysDuration extends Special {
  readonly kind = 'days and time duration';
  private constructor(
    readonly seconds: number,
    readonly nanos: number,
  ) {
    super();
  }

  /** @returns null when it is too long to be counted */
  static of(seconds: number, nanos = 0): DaysDuration | null {
    const carried = Math.floor(nanos / nanosPerSecond);
    const all = seconds + carried;
    return Number.isSafeInteger(all) ? new DaysDuration(all, nanos - carried * nanosPerSecond) : null;
  }

  get isNegative(): boolean {
    return this.seconds < 0;
  }

  negated(): DaysDuration {
    return this.nanos === 0
      ? new DaysDuration(-this.seconds + 0, 0)
      : new DaysDuration(-this.seconds - 1, nanosPerSecond - this.nanos);
  }

  /** Its seconds with their fraction: exact for durations below some months. */
  get value(): number {
    return this.seconds + this.nanos / nanosPerSecond;
  }

  override property(name: string): Value | undefined {
    const { days, hours, minutes, seconds } = this.fields();
    const sign = this.isNegative ? -1 : 1;
    switch (name) {
      case 'days':
        return sign * days + 0;
      case 'hours':
        return sign * hours + 0;
      case 'minutes':
        return sign * minutes + 0;
      case 'seconds':
        return sign * Number(seconds) + 0;
      case 'years':
      case 'months':
        return null;
      default:
        return undefined;
    }
  }

  private fields() {
    const { seconds: all, nanos } = this.isNegative ? this.negated() : this;
    return {
      days: Math.floor(all / 86_400),
      hours: Math.floor(all / 3_600) % 24,
      minutes: Math.floor(all / 60) % 60,
      seconds: withFraction(all % 60, nanos),
    };
  }

  override toString(): string {
    const { days, hours, minutes, seconds } = this.fields();
    const date = days === 0 ? '' : `${days}D`;
    const time = [
      hours === 0 ? '' : `${hours}H`,
      minutes === 0 ? '' : `${minutes}M`,
      seconds === '0' ? '' : `${seconds}S`,
    ].join('');
    if (date === '' && time === '') return 'PT0S';
    return `${this.isNegative ? '-' : ''}P${date}${time === '' ? '' : `T${time}`}`;
  }
}

/** Seconds as text, with a fraction where there is one. */
export function withFraction(seconds: number, nanos: number): string {
  if (nanos === 0) return String(seconds);
  return `${seconds}.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
}
