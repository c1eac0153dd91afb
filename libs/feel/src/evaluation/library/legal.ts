import { parseDate, parseDateTime } from '../temporal/parse.ts';
import type { DateTime, FeelDate } from '../temporal/temporal.ts';
import type { Value } from '../values.ts';
import { builtIn, day, integer, signature, string } from './define.ts';
import type { Run } from '../run.ts';

/** Computing a term looks at holidays: it takes as long as this many steps. */
const termSteps = 500;

type Base = string | FeelDate | DateTime;
const written = (base: Base): string => (typeof base === 'string' ? base : String(base));

const asked =
  (question: 'dueDate' | 'firstLawfulDay') =>
  (term: string, base: Base, run: Run): Value => {
    run.spend(termSteps);
    const found = run.legal?.[question](term, written(base)) ?? null;
    return found === null ? null : (parseDate(found) ?? parseDateTime(found));
  };

const amount = (term: string, base: Base, run: Run): Value => {
  run.spend(termSteps);
  return run.legal?.amount(term, written(base)) ?? null;
};

const dated = (question: Parameters<typeof asked>[0]) =>
  builtIn(
    signature('term, base', [string, string], asked(question)),
    signature('term, base', [string, day], asked(question)),
  );

const dayOf = (instant: Base, run: Run): Value => {
  run.spend(termSteps);
  const found = run.legal?.dayOf(written(instant)) ?? null;
  return found === null ? null : parseDate(found);
};

/** More working days than this are no wait but a term: about a year. */
const mostWorkingDays = 250;

const workingDays = (base: Base, days: number, run: Run): Value => {
  run.spend(termSteps + 20 * Math.min(Math.abs(days), mostWorkingDays));
  if (Math.abs(days) > mostWorkingDays) return null;
  const found = run.legal?.plusWorkingDays(written(base), days) ?? null;
  return found === null ? null : parseDate(found);
};

const named =
  (question: 'holiday' | 'religiousFeast') =>
  (base: Base, run: Run): Value => {
    run.spend(termSteps);
    return run.legal?.[question](written(base)) ?? null;
  };

const naming = (question: Parameters<typeof named>[0]) =>
  builtIn(signature('day', [string], named(question)), signature('day', [day], named(question)));

/**
 * Dates of the catalogue's terms, `legal due date("disciplinary.contestation", reportReceivedAt)`. Null where no calendar
 * is at hand, for a term that the catalogue does not know, and for a base that is no date.
 * `legal amount("selection.reply", today())` is the 10 of ten days, for acts that must name it.
 * `legal day(adoptedAt)` is the day in Rome of an instant, in whatever offset it is written: acts bear that date.
 * `plus working days(today(), 2)` is no term but a wait: the desk's working days, with its local calendar.
 * `legal holiday(writtenAt)` names the holiday that a day is, null when it is none: on a Saturday one may work.
 * `religious feast(writtenAt)` names the Jewish or Waldensian feast on which no test is held, null when it is none.
 */
export const legalFunctions = {
  'legal due date': dated('dueDate'),
  'first lawful day': dated('firstLawfulDay'),
  'legal amount': builtIn(
    signature('term, base', [string, string], amount),
    signature('term, base', [string, day], amount),
  ),
  'legal day': builtIn(signature('instant', [string], dayOf), signature('instant', [day], dayOf)),
  'plus working days': builtIn(
    signature('base, days', [string, integer], workingDays),
    signature('base, days', [day, integer], workingDays),
  ),
  'legal holiday': naming('holiday'),
  'religious feast': naming('religiousFeast'),
};
