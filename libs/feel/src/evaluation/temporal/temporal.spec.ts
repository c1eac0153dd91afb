import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { add, subtract } from '../arithmetic.ts';
import { Meter, Run } from '../run.ts';
import { value } from '../testing/run.ts';
import {
  addMonths,
  civilOf,
  dayOf,
  dayOfYear,
  daysInMonth,
  isDate,
  weekdayOf,
  weekOfYear,
} from './calendar.ts';
import { DaysDuration, MonthsDuration } from './duration.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from './parse.ts';
import { DateTime, FeelDate, FeelTime, nanosPerDay } from './temporal.ts';
import { instantOf, isZone, offsetAt } from './zone.ts';

const day = fc.integer({ min: -200_000, max: 200_000 });
const farDay = fc.integer({ min: -365_000_000_000, max: 364_000_000_000 });
const nanos = fc.integer({ min: 0, max: nanosPerDay - 1 });
const zone = fc.constantFrom(
  'Europe/Rome',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
);
const means = new Run(
  new Meter(1_000_000, () => {}),
  { steps: 1_000_000, size: 10_000, depth: 10 },
  () => new DateTime(0, 0, 0),
  (match) => match(),
);

describe('the calendar', () => {
  it('counts days as the Gregorian calendar does, without end', () => {
    fc.assert(
      fc.property(day, (it) => {
        const date = new Date(it * 86_400_000);
        const { year, month, day: of } = civilOf(it);
        expect([year, month, of]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
        expect(weekdayOf(it) % 7).toBe(date.getUTCDay());
        expect(dayOfYear(it)).toBe(Math.round((it * 86_400_000 - Date.UTC(year, 0, 1)) / 86_400_000) + 1);
      }),
    );
    fc.assert(
      fc.property(farDay, (it) => {
        expect(isDate(civilOf(it))).toBe(true);
        expect(dayOf(civilOf(it))).toBe(it);
        expect(civilOf(it + 1)).not.toEqual(civilOf(it));
      }),
    );
  });

  it('numbers weeks by their Thursday', () => {
    fc.assert(
      fc.property(day, (it) => {
        const thursday = it - weekdayOf(it) + 4;
        expect(weekOfYear(it)).toBe(Math.ceil(dayOfYear(thursday) / 7));
        expect(weekOfYear(it)).toBe(weekOfYear(thursday));
      }),
    );
  });

  it('keeps the day of the month, or takes the last', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -5_000, max: 5_000 }), (it, months) => {
        const [from, to] = [civilOf(it), addMonths(civilOf(it), months)];
        expect(to.year * 12 + to.month - from.year * 12 - from.month).toBe(months);
        expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)));
      }),
    );
  });
});

describe('zones', () => {
  it.each([
    ['Europe/Rome', '2026-01-01T00:00:00Z', 3_600],
    ['Europe/Rome', '2026-07-01T00:00:00Z', 7_200],
    ['America/New_York', '2026-07-01T00:00:00Z', -14_400],
    ['Asia/Kathmandu', '2026-07-01T00:00:00Z', 20_700],
  ])('%s at %s is %d seconds from UTC', (name, at, offset) => {
    expect(offsetAt(name, Date.parse(at) / 1_000)).toBe(offset);
  });

  it('are the names of the IANA database, nothing else', () => {
    expect(
      ['Europe/Rome', 'Etc/UTC', 'Europe/Nowhere', '+01:00', '', '../etc', 'a'.repeat(100)].map(isZone),
    ).toEqual([true, true, false, false, false, false, false]);
  });

  it('show an instant that they showed', () => {
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 4_000_000_000 }), (name, at) => {
        const shown = DateTime.at(at, 0, name);
        expect(shown.epochSeconds).toBe(at);
        const again = instantOf(name, at + (shown.offset ?? 0));
        // The same, or the first of the two instants at which the clock shows this.
        expect(again).toBeLessThanOrEqual(at);
        expect(DateTime.at(again, 0, name).nanosOfDay).toBe(shown.nanosOfDay);
      }),
    );
  });

  it('skip an hour in spring and repeat one in autumn', () => {
    const at = (text: string) => String(parseDateTime(text));
    expect(at('2026-03-29T02:30:00@Europe/Rome')).toBe('2026-03-29T03:30:00@Europe/Rome');
    expect(parseDateTime('2026-10-25T02:30:00@Europe/Rome')?.offset).toBe(7_200);
    expect(
      value(
        'date and time("2026-10-25T02:30:00@Europe/Rome") + duration("PT1H") > date and time("2026-10-25T02:30:00@Europe/Rome")',
      ),
    ).toBe(true);
  });
});

describe('texts', () => {
  it('say again what they were read from', () => {
    const offset = fc.option(fc.integer({ min: -840, max: 840 }).map((it) => it * 60));
    fc.assert(
      fc.property(farDay, nanos, offset, zone, (on, at, off, name) => {
        const date = new FeelDate(on);
        expect(parseDate(String(date))).toEqual(date);
        const time = new FeelTime(at, off);
        expect(parseTime(String(time))).toEqual(time);
        const local = new DateTime(on, at, off);
        expect(parseDateTime(String(local))).toEqual(local);
        const zoned = DateTime.inZone(on % 30_000, at, name);
        const again = parseDateTime(String(zoned));
        expect(again?.toString()).toBe(zoned.toString());
      }),
    );
  });

  it('of durations are short and say again what they mean', () => {
    const months = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const seconds = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(months, seconds, fc.integer({ min: 0, max: 999_999_999 }), (m, s, n) => {
        expect(parseDuration(String(new MonthsDuration(m)))).toEqual(new MonthsDuration(m));
        const days = DaysDuration.of(s, n);
        expect(parseDuration(String(days))).toEqual(days);
        expect(days?.negated().negated()).toEqual(days);
      }),
    );
  });

  it('that are none give nothing, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-:TZPDHMS.+@/aE [] ') }), (text) => {
        for (const parse of [parseDate, parseTime, parseDateTime, parseDuration]) {
          const found = parse(text);
          if (found !== null) expect(typeof String(found)).toBe('string');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('shifting', () => {
  it('by days and time can be taken back', () => {
    const seconds = fc.integer({ min: -100_000_000, max: 100_000_000 });
    fc.assert(
      fc.property(day, nanos, seconds, zone, (on, at, s, name) => {
        const by = DaysDuration.of(s, 5);
        for (const from of [
          new DateTime(on, at, null),
          new DateTime(on, at, 3_600),
          DateTime.inZone(on, at, name),
        ]) {
          const to = add(from, by, means) as DateTime;
          expect(String(subtract(to, by))).toBe(String(from));
          expect(subtract(to, from)).toEqual(by);
        }
        const time = new FeelTime(at, null);
        expect(subtract(add(time, by, means), by)).toEqual(time);
      }),
    );
  });
});
