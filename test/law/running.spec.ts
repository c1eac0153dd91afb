import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  computeTerm,
  datesOf,
  extendTerm,
  interruptTerm,
  isCalendarError,
  italianCalendar,
  rebaseTerm,
  resumeTerm,
  startTerm,
  suspendTerm,
} from '@iter/legal-calendar';
import type { CalendarError, RunningTerm, TermDates, TermRule } from '@iter/legal-calendar';
import { placeOf, squareAt } from './by-hand/wall-calendar.ts';
import { bases, catalogue, countsByDays } from './compare.ts';
import { seed, seeded } from './seed.ts';

// Laws of terms that are suspended, extended, interrupted and rebased. Source: legal-calendar.md § 2

const calendar = italianCalendar();
const day = fc.constantFrom(...bases);
const term = fc.constantFrom(...catalogue.terms().filter((it) => countsByDays(it) && !('until' in it)));
const plus = (date: string, days: number): string => squareAt(placeOf(date) + days).date;

function done<T extends object>(result: T | CalendarError): T {
  if (isCalendarError(result)) throw new Error(`${result.code}: ${result.message}`);
  return result;
}
const three = ({ nominalDate, legalDueDate, safeActionDate }: TermDates): string =>
  [nominalDate, legalDueDate, safeActionDate].join(' ');
const shown = (running: RunningTerm): string => three(done(datesOf(running, { calendar })));
const dates = (rule: TermRule, base: string, extraDays = 0): string =>
  three(done(computeTerm(rule, base, { calendar, extraDays })));

it(`a suspension is an extension by its days, in whatever order; an interruption forgets them, a rebase does not (seed ${seed})`, () => {
  const days = fc.integer({ min: 1, max: 90 });
  fc.assert(
    fc.property(term, day, fc.nat(90), days, day, (rule, base, stood, more, other) => {
      const running = startTerm(rule, base);
      const pause = (it: RunningTerm): RunningTerm =>
        done(resumeTerm(done(suspendTerm(it, base)), plus(base, stood)));
      const pausedFirst = done(extendTerm(pause(running), more));
      expect(shown(pausedFirst)).toBe(shown(pause(done(extendTerm(running, more)))));
      expect(shown(pausedFirst)).toBe(dates(rule, base, stood + more));
      expect(shown(interruptTerm(pausedFirst, other))).toBe(dates(rule, other));
      expect(shown(rebaseTerm(pausedFirst, other))).toBe(dates(rule, other, stood + more));
    }),
    seeded(200),
  );
});

it('what cannot be done to a term as it stands is refused', () => {
  fc.assert(
    fc.property(term, day, fc.integer({ min: 1, max: 90 }), (rule, base, days) => {
      const running = startTerm(rule, base);
      const suspended = done(suspendTerm(running, plus(base, days)));
      const codes = [
        suspendTerm(suspended, base),
        resumeTerm(running, base),
        resumeTerm(suspended, base),
        extendTerm(running, -days),
        extendTerm(running, days + 0.5),
      ].map((it) => ('code' in it ? it.code : 'done'));
      expect(codes).toEqual([
        'operation-not-allowed',
        'operation-not-allowed',
        'operation-not-allowed',
        'days-invalid',
        'days-invalid',
      ]);
    }),
    seeded(100),
  );
});
