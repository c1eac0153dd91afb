import { parseDate, parseDateTime } from '../temporal/parse.ts';
import type { DateTime, FeelDate } from '../temporal/temporal.ts';
import type { Value } from '../values.ts';
import { builtIn, day, signature, string } from './define.ts';
import type { LegalDates, Run } from '../run.ts';

/** Computing a term looks at holidays: it takes as long as this many steps. */
const termSteps = 500;

const asked =
  (question: keyof LegalDates) =>
  (term: string, base: string | FeelDate | DateTime, run: Run): Value => {
    run.spend(termSteps);
    const found = run.legal?.[question](term, typeof base === 'string' ? base : String(base)) ?? null;
    return found === null ? null : (parseDate(found) ?? parseDateTime(found));
  };

const dated = (question: keyof LegalDates) =>
  builtIn(
    signature('term, base', [string, string], asked(question)),
    signature('term, base', [string, day], asked(question)),
  );

/**
 * Dates of the catalogue's terms, `legal due date("disciplinary.contestation", reportReceivedAt)`. Null where no calendar
 * is at hand, for a term that the catalogue does not know, and for a base that is no date.
 */
export const legalFunctions = {
  'legal due date': dated('dueDate'),
  'first lawful day': dated('firstLawfulDay'),
};
