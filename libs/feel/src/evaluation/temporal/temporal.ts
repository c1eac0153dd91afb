import { Special } from '../values.ts';
import type { Value } from '../values.ts';
import { civilOf, dayOf, weekdayOf } from './calendar.ts';
import type { Civil } from './calendar.ts';
import { DaysDuration, nanosPerSecond, withFraction } from './duration.ts';
import { instantOf, offsetAt } from './zone.ts';

export const secondsPerDay = 86_400;
export const nanosPerDay = secondsPerDay * nanosPerSecond;

const two = (n: number): string => String(n).padStart(2, '0');

function dateText({ year, month, day }: Civil): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function timeText(nanosOfDay: number): string {
  const seconds = Math.floor(nanosOfDay / nanosPerSecond);
  const text = withFraction(seconds % 60, nanosOfDay % nanosPerSecond);
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${text.replace(/^\d(?!\d)/, '0$&')}`;
}

/** `Z`, `+02:00`, `@Europe/Rome`, or nothing. */
function offsetText(offset: number | null, zone: string | null): string {
  if (zone !== null) return `@${zone}`;
  if (offset === null) return '';
  if (offset === 0) return 'Z';
  const all = Math.abs(offset);
  const seconds = all % 60 === 0 ? '' : `:${two(all % 60)}`;
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(all / 3_600))}:${two(Math.floor(all / 60) % 60)}${seconds}`;
}

const offsetDuration = (offset: number | null): Value => (offset === null ? null : DaysDuration.of(offset));

/** A day of the calendar; DMN 1.3 §10.3.2.3.5. */
export class FeelDate extends Special {
  readonly kind = 'date';
  /** @param day since 1970-01-01 */
  constructor(readonly day: number) {
    super();
  }

  get civil(): Civil {
    return civilOf(this.day);
  }

  override property(name: string): Value | undefined {
    return dateProperty(this.day, name);
  }

  override toString(): string {
    return dateText(this.civil);
  }
}

function dateProperty(day: number, name: string): Value | undefined {
  switch (name) {
    case 'year':
      return civilOf(day).year;
    case 'month':
      return civilOf(day).month;
    case 'day':
      return civilOf(day).day;
    case 'weekday':
      return weekdayOf(day);
    default:
      return undefined;
  }
}

/** A time of day: local, or with an offset from UTC that may come from a zone; DMN 1.3 §10.3.2.3.4. */
export class FeelTime extends Special {
  readonly kind = 'time';
  constructor(
    readonly nanosOfDay: number,
    /** Seconds; null for a local time. A zone's is that of 1970-01-01: a time alone knows no season. */
    readonly offset: number | null,
    readonly zone: string | null = null,
  ) {
    super();
  }

  static inZone(nanosOfDay: number, zone: string): FeelTime {
    return new FeelTime(nanosOfDay, offsetAt(zone, 0), zone);
  }

  override property(name: string): Value | undefined {
    return timeProperty(this, name);
  }

  override toString(): string {
    return timeText(this.nanosOfDay) + offsetText(this.offset, this.zone);
  }
}

function timeProperty(it: FeelTime | DateTime, name: string): Value | undefined {
  const seconds = Math.floor(it.nanosOfDay / nanosPerSecond);
  switch (name) {
    case 'hour':
      return Math.floor(seconds / 3_600);
    case 'minute':
      return Math.floor(seconds / 60) % 60;
    case 'second':
      return Number(withFraction(seconds % 60, it.nanosOfDay % nanosPerSecond));
    case 'time offset':
      return offsetDuration(it.offset);
    case 'timezone':
      return it.zone;
    default:
      return undefined;
  }
}

/** A day and a time of day: local, with an offset, or in a zone; DMN 1.3 §10.3.2.3.6. */
export class DateTime extends Special {
  readonly kind = 'date and time';
  constructor(
    readonly day: number,
    readonly nanosOfDay: number,
    readonly offset: number | null,
    readonly zone: string | null = null,
  ) {
    super();
  }

  /** What a zone's clock shows; see `instantOf` for the hours that it shows twice or never. */
  static inZone(day: number, nanosOfDay: number, zone: string): DateTime {
    const shown = day * secondsPerDay + Math.floor(nanosOfDay / nanosPerSecond);
    return DateTime.at(instantOf(zone, shown), nanosOfDay % nanosPerSecond, zone);
  }

  /** An instant as a zone's clock shows it, or with an offset. */
  static at(epochSeconds: number, nanos: number, zoneOrOffset: string | number): DateTime {
    const zone = typeof zoneOrOffset === 'string' ? zoneOrOffset : null;
    const offset = typeof zoneOrOffset === 'string' ? offsetAt(zoneOrOffset, epochSeconds) : zoneOrOffset;
    const shown = epochSeconds + offset;
    const day = Math.floor(shown / secondsPerDay);
    return new DateTime(day, (shown - day * secondsPerDay) * nanosPerSecond + nanos, offset, zone);
  }

  /** Whole seconds since 1970 in UTC; of a local one as if it were in UTC. */
  get epochSeconds(): number {
    return this.day * secondsPerDay + Math.floor(this.nanosOfDay / nanosPerSecond) - (this.offset ?? 0);
  }

  get nanos(): number {
    return this.nanosOfDay % nanosPerSecond;
  }

  override property(name: string): Value | undefined {
    return dateProperty(this.day, name) ?? timeProperty(this, name);
  }

  override toString(): string {
    return `${dateText(civilOf(this.day))}T${timeText(this.nanosOfDay)}${offsetText(this.offset, this.zone)}`;
  }
}

/** A calendar date, when there is one. */
export const dateOf = (civil: Civil): FeelDate => new FeelDate(dayOf(civil));
