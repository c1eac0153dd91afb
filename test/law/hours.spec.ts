import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computeTerm, italianCalendar, parseLocalInstant } from '@iter/legal-calendar';
import type { Term } from '@iter/legal-calendar';
import { clockChanges, countHours, shownInRome, whenRomeShows } from './by-hand/clocks.ts';
import { catalogue, named } from './compare.ts';
import { seeded } from './seed.ts';

// Terms in hours, around every change of the clocks of 2024 to 2032 and anywhere else.

const calendar = italianCalendar();
const hourTerms = catalogue
  .terms()
  .filter((term): term is Term & { amount: number } => 'unit' in term && term.unit === 'h');
const years = Array.from({ length: 9 }, (_, i) => 2024 + i);
const changes = years.flatMap(clockChanges);
const hour = 3_600_000;

/** Every half hour from three days before a change to a day after it. */
const around = (change: Date): readonly Date[] =>
  Array.from({ length: 4 * 48 + 1 }, (_, i) => new Date(change.getTime() - 72 * hour + i * (hour / 2)));

const byTheCalendar = (term: Term, base: string): object => {
  const dates = computeTerm(term, base, { calendar });
  if ('code' in dates) return dates;
  return { elapsed: dates.nominalDate, safe: dates.safeActionDate, legal: dates.legalDueDate };
};

it('the clocks change when legal-calendar.md § 3 says', () => {
  const days = [2026, 2027].flatMap(clockChanges).map((at) => at.toISOString());
  expect(days).toEqual([
    '2026-03-29T01:00:00.000Z',
    '2026-10-25T01:00:00.000Z',
    '2027-03-28T01:00:00.000Z',
    '2027-10-31T01:00:00.000Z',
  ]);
});

it('the clocks by hand are those of the zone Europe/Rome', () => {
  const zone = new Intl.DateTimeFormat('sv', {
    timeZone: 'Europe/Rome',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const isOther = (at: Date): boolean => zone.format(at).replace(' ', 'T') !== shownInRome(at).slice(0, 19);
  expect(changes.flatMap(around).filter(isOther)).toEqual([]);
});

describe('every half hour around the changes of the clocks', () => {
  it.each(named(hourTerms))('%s', (_, term) => {
    const { amount } = term as Term & { amount: number };
    const other = changes.flatMap(around).filter((at) => {
      const byHand = JSON.stringify(countHours(amount, at));
      return [shownInRome(at), at.toISOString()].some(
        (base) => JSON.stringify(byTheCalendar(term, base)) !== byHand,
      );
    });
    expect(other).toEqual([]);
  });
});

it('local times: one is taken, two are asked for, none is refused', () => {
  for (const change of changes) {
    for (const at of around(change)) {
      const face = new Date(at.getTime() + hour).toISOString().slice(0, 19);
      const answers = whenRomeShows(face).map(shownInRome);
      const [first, second] = answers;
      if (answers.length === 1) expect(parseLocalInstant(face)).toBe(first);
      else {
        const code = answers.length === 2 ? 'time-ambiguous' : 'time-not-existing';
        expect(parseLocalInstant(face)).toMatchObject({ code });
      }
      if (answers.length !== 2) continue;
      expect([parseLocalInstant(face, 'first'), parseLocalInstant(face, 'second')]).toEqual([first, second]);
    }
  }
});

it('anywhere, of any length: the safe instant is not after the real hours, the legal one within the hour', () => {
  const [from, to] = [Date.UTC(2024, 0, 1), Date.UTC(2033, 0, 1)];
  const instant = fc.integer({ min: from / 1000, max: to / 1000 }).map((seconds) => new Date(seconds * 1000));
  fc.assert(
    fc.property(
      fc.constantFrom(...hourTerms),
      instant,
      fc.integer({ min: 1, max: 500 }),
      (term, at, amount) => {
        const dates = byTheCalendar({ ...term, amount }, shownInRome(at)) as ReturnType<typeof countHours>;
        expect(dates).toEqual(countHours(amount, at));
        const [elapsed, safe, legal] = [dates.elapsed, dates.safe, dates.legal].map((it) =>
          Date.parse(it),
        ) as [number, number, number];
        expect(elapsed - at.getTime()).toBe(amount * hour);
        expect(safe <= elapsed && elapsed - safe <= hour).toBe(true);
        expect(legal > elapsed && legal - elapsed <= hour).toBe(true);
      },
    ),
    seeded(500),
  );
});
