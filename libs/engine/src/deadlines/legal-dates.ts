import type { LegalDates } from '@iter/feel/evaluation';
import {
  computeTerm,
  earliestHearing,
  localDateOf,
  plusWorkingDays,
  religiousFeast,
} from '@iter/legal-calendar';
import type { LegalCalendar, Term } from '@iter/legal-calendar';
import type { Catalogue } from '../env.ts';

/**
 * What expressions may ask of the legal calendar: the version of a term that is in force on the day of the base, by the
 * rules that deadlines follow. Null for an unknown term, a base that is no date, and a question that the term does not
 * answer (the first lawful day of a term that nobody has to wait for).
 * @param comune IPA code: its local calendar; null: that of all Italy
 */
export function legalDates(catalogue: Catalogue, calendar: LegalCalendar, comune: string | null): LegalDates {
  const ask = <T>(key: string, base: string, answer: (term: Term) => T | null): T | null => {
    const on = localDateOf(base);
    const term = on === null ? null : catalogue.term(key, on);
    return term && answer(term);
  };
  const circumstances = { calendar, comune };
  return {
    dueDate: (key, base) =>
      ask(key, base, (term) => {
        const dates = computeTerm(term, base, circumstances);
        return 'code' in dates ? null : dates.legalDueDate;
      }),
    firstLawfulDay: (key, base) =>
      ask(key, base, (term) => {
        // A notice that must have run before the act: from its receipt on.
        if (term.direction === 'backward') {
          if (!('amount' in term) || term.unit !== 'd') return null;
          const hearing = earliestHearing(base, term.amount, { ...circumstances, freeDays: term.freeDays });
          return 'code' in hearing ? null : hearing.earliest;
        }
        const dates = computeTerm(term, base, circumstances);
        return 'code' in dates ? null : dates.earliestActionDate;
      }),
    amount: (key, base) => ask(key, base, (term) => ('amount' in term ? term.amount : null)),
    dayOf: localDateOf,
    plusWorkingDays: (base, days) => {
      const on = localDateOf(base);
      return on === null ? null : plusWorkingDays(on, days, calendar, comune);
    },
    holiday: (day) => {
      const on = localDateOf(day);
      return on === null ? null : calendar.holidayName(on, comune);
    },
    religiousFeast: (day) => {
      const on = localDateOf(day);
      return on === null ? null : religiousFeast(on);
    },
  };
}
