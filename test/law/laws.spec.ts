import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  computeTerm,
  inWords,
  isCalendarError,
  italianCalendar,
  plusWorkingDays,
  proposedDate,
} from '@iter/legal-calendar';
import type { Span, Term, TermDates, TermRule } from '@iter/legal-calendar';
import { countTerm } from './by-hand/clerk.ts';
import { shownInRome, whenRomeShows } from './by-hand/clocks.ts';
import { isFestivo, isWorked } from './by-hand/office.ts';
import { placeOf, squareAt } from './by-hand/wall-calendar.ts';
import { bases, byHand, byTheCalendar, catalogue, countsByDays, italy } from './compare.ts';
import { seed, seeded } from './seed.ts';

// Laws that hold for all terms, of the catalogue and drawn at random.

const calendar = italianCalendar();
const day = fc.constantFrom(...bases);
const terms = catalogue.terms().filter((term) => countsByDays(term) && !('until' in term));
const term = fc.constantFrom(...terms);
const extra = fc.integer({ min: -5, max: 120 });

/** Any rule that is consistent, of any length that ends on the wall. */
const anyRule: fc.Arbitrary<TermRule> = fc
  .record({
    length: fc.oneof(
      fc.record({ amount: fc.integer({ min: 1, max: 400 }), unit: fc.constant('d' as const) }),
      fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit: fc.constant('m' as const) }),
      fc.record({ amount: fc.integer({ min: 1, max: 10 }), unit: fc.constant('y' as const) }),
    ),
    direction: fc.constantFrom('forward' as const, 'backward' as const),
    freeDays: fc.boolean(),
    rollover: fc.boolean(),
    earliest: fc.constantFrom(null, 'dayAfter' as const, 'lastDay' as const),
    duration: fc.boolean(),
  })
  .map(({ length, duration, ...rest }) =>
    duration
      ? { ...length, direction: 'forward', freeDays: false, rollover: false, earliest: null, duration }
      : { ...length, ...rest, duration },
  );
const inDays = fc.record({
  amount: fc.integer({ min: 1, max: 400 }),
  unit: fc.constant('d' as const),
  freeDays: fc.boolean(),
});
const inMonths = fc.record({
  amount: fc.integer({ min: 1, max: 60 }),
  unit: fc.constant('m' as const),
  freeDays: fc.constant(false),
});
type Length = Span & { readonly freeDays: boolean };
const going = (direction: TermRule['direction'], length: Length): TermRule => ({
  ...{ ...length, direction },
  ...{ rollover: true, earliest: null, duration: false },
});

function dates(rule: TermRule, base: string, extraDays = 0): TermDates {
  const found = computeTerm(rule, base, { calendar, extraDays });
  if (isCalendarError(found)) throw new Error(found.message.it);
  return found;
}
const between = (from: string, to: string): readonly number[] => {
  const [first, last] = [placeOf(from), placeOf(to)].sort((a, b) => a - b) as [number, number];
  return Array.from({ length: Math.max(0, last - first - 1) }, (_, i) => first + 1 + i);
};
const plus = (date: string, days: number): string => squareAt(placeOf(date) + days).date;

describe(`the laws of terms (seed ${seed})`, () => {
  it('the two programs agree on any rule from any day', () => {
    fc.assert(
      fc.property(anyRule, day, extra, (rule, base, extraDays) => {
        const asked = { ...italy, extraDays };
        expect(byTheCalendar(rule, base, asked, calendar)).toBe(byHand(rule, base, asked));
      }),
      seeded(1500),
    );
  });

  it('forward and then backward is where one began, in days and in free days', () => {
    fc.assert(
      fc.property(inDays, day, (length, base) => {
        const { nominalDate, legalDueDate } = dates(going('forward', length), base);
        expect(dates(going('backward', length), nominalDate).nominalDate).toBe(base);
        const shift = placeOf(legalDueDate) - placeOf(nominalDate);
        expect(dates(going('backward', length), legalDueDate).nominalDate).toBe(plus(base, shift));
      }),
      seeded(400),
    );
  });

  it('forward and then backward in months never ends later than one began, and there up to the 28th', () => {
    fc.assert(
      fc.property(inMonths, day, (length, base) => {
        const { nominalDate } = dates(going('forward', length), base);
        const back = dates(going('backward', length), nominalDate).nominalDate;
        expect(back <= base).toBe(true);
        if (squareAt(placeOf(base)).day <= 28) expect(back).toBe(base);
      }),
      seeded(400),
    );
  });

  it('no term ends on a holiday that moves it, and none moves further than it must', () => {
    fc.assert(
      fc.property(fc.oneof(term, anyRule), day, extra, (rule, base, extraDays) => {
        const { nominalDate, legalDueDate, safeActionDate } = dates(rule, base, extraDays);
        const moves = rule.rollover || rule.direction === 'backward';
        expect(moves && isFestivo(placeOf(legalDueDate), {})).toBe(false);
        expect(isWorked(placeOf(safeActionDate), {})).toBe(true);
        expect(safeActionDate <= nominalDate).toBe(true);
        if (rule.direction === 'backward') expect(legalDueDate <= nominalDate).toBe(true);
        else expect(moves ? legalDueDate >= nominalDate : legalDueDate === nominalDate).toBe(true);
        expect(between(nominalDate, legalDueDate).filter((place) => !isFestivo(place, {}))).toEqual([]);
        expect(between(safeActionDate, nominalDate).filter((place) => isWorked(place, {}))).toEqual([]);
      }),
      seeded(600),
    );
  });

  it('who waits may act on the end or the day after, never before, and is proposed a working day', () => {
    const waiting = fc.constantFrom(
      ...terms.filter(({ earliest, direction }) => earliest !== null && direction === 'forward'),
    );
    fc.assert(
      fc.property(waiting, day, extra, (rule, base, extraDays) => {
        const found = dates(rule, base, extraDays);
        const end = rule.rollover ? found.legalDueDate : found.nominalDate;
        expect(found.earliestActionDate).toBe(plus(end, rule.earliest === 'dayAfter' ? 1 : 0));
        const proposed = proposedDate(found, { calendar }) ?? '';
        expect(proposed >= (found.earliestActionDate ?? '') && isWorked(placeOf(proposed), {})).toBe(true);
      }),
      seeded(300),
    );
  });

  const four = (found: TermDates): readonly string[] => [
    found.nominalDate,
    found.legalDueDate,
    found.safeActionDate,
    found.earliestActionDate ?? '',
  ];
  const isOrdered = (before: TermDates, after: TermDates): boolean =>
    four(before).every((date, i) => date <= (four(after)[i] ?? ''));

  it('a later base, a longer term and more days never end earlier', () => {
    fc.assert(
      fc.property(fc.oneof(term, anyRule), day, fc.nat(60), extra, (rule, base, more, extraDays) => {
        const before = dates(rule, base, extraDays);
        expect(isOrdered(before, dates(rule, plus(base, more), extraDays))).toBe(true);
        expect(isOrdered(before, dates(rule, base, extraDays + more))).toBe(true);
        if (!('amount' in rule)) return;
        const longer = dates({ ...rule, amount: rule.amount + (more % 12) }, base, extraDays);
        expect(rule.direction === 'backward' ? isOrdered(longer, before) : isOrdered(before, longer)).toBe(
          true,
        );
      }),
      seeded(600),
    );
  });

  it('days are added to the nominal date, and the end moves once, at the last', () => {
    fc.assert(
      fc.property(term, day, extra, extra, (rule, base, one, two) => {
        const both = dates(rule, base, one + two);
        expect(both.nominalDate).toBe(plus(dates(rule, base, one).nominalDate, two));
        expect(both.legalDueDate).toBe(countTerm(rule, base, { extraDays: one + two }).legal);
      }),
      seeded(300),
    );
  });

  it('a base with a time counts as its day in Rome', () => {
    const time = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(term, day, time, (rule, base, minutes) => {
        const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((n) =>
          String(n).padStart(2, '0'),
        );
        for (const at of whenRomeShows(`${base}T${hour}:${minute}:00`)) {
          for (const text of [shownInRome(at), at.toISOString()]) {
            expect(byDates(dates(rule, text))).toBe(byDates(dates(rule, base)));
          }
        }
      }),
      seeded(200),
    );
  });

  it('working days are counted as by hand', () => {
    const byFinger = (from: string, days: number): string => {
      let place = placeOf(from);
      if (days === 0) while (!isWorked(place, {})) place--;
      for (let left = Math.abs(days); left > 0; left--) {
        do place += Math.sign(days);
        while (!isWorked(place, {}));
      }
      return squareAt(place).date;
    };
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), (from, days) => {
        expect(plusWorkingDays(from, days, calendar)).toBe(byFinger(from, days));
      }),
      seeded(300),
    );
  });

  it('the explanation says the dates in words, and tells of a shift only where there is one', () => {
    fc.assert(
      fc.property(term, day, extra, (rule: Term, base, extraDays) => {
        const { nominalDate, legalDueDate, safeActionDate, earliestActionDate, explanation } = dates(
          rule,
          base,
          extraDays,
        );
        const text = explanation.join('\n');
        for (const date of [base, nominalDate, legalDueDate, safeActionDate, earliestActionDate]) {
          if (date !== null) expect(text).toContain(inWords(date));
        }
        expect(/passa al primo giorno non festivo|è il non festivo precedente/.test(text)).toBe(
          nominalDate !== legalDueDate,
        );
        expect(/in più per sospensioni|in meno per sospensioni/.test(text)).toBe(extraDays !== 0);
        if (rule.norm !== '–') expect(text).toContain(rule.norm);
      }),
      seeded(300),
    );
  });

  it('whatever is given for a date is answered, with a refusal that has a code', () => {
    const given = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      day.map((date) => `${date}T25:00`),
      fc.constant('2026-02-30'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...catalogue.terms()), given, given, (rule, base, until) => {
        for (const setting of [null, { until }, { amount: Number(until) }]) {
          const found = computeTerm(rule, base, { calendar, setting });
          if (isCalendarError(found)) expect(found.code).toMatch(/^[a-z-]+$/);
          else expect(found.legalDueDate).toMatch(/^\d{4}-/);
        }
      }),
      seeded(400),
    );
  });
});

const byDates = (found: TermDates | { readonly code: string }): string =>
  'code' in found ? found.code : [found.nominalDate, found.legalDueDate, found.safeActionDate].join(' ');
