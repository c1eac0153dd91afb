import { addDays, workingDayOnOrAfter } from './dates.ts';
import { isSupported, parseDay } from './day.ts';
import { refuse } from './errors.ts';
import { localDateOf } from './rome.ts';
import { countInWords, inWords } from './words.ts';
import type { Circumstances } from './term.ts';
import type { CalendarError, LocalDate } from './types.ts';

export interface HearingDates {
  /** First working day on which the hearing is lawful. */
  readonly earliest: LocalDate;
  /** One working day of margin after it: what the desk proposes. */
  readonly proposed: LocalDate;
  readonly explanation: readonly string[];
}

/**
 * The first days for a hearing whose summons was received on a day: the notice must have run in full.
 * @param receipt `YYYY-MM-DD`, or an instant that counts as its day in Rome
 * @param noticeDays at least 1
 * @returns or `date-invalid`, `amount-invalid`, `year-unsupported`
 * Norm: art. 55-bis c. 4 and 55-quater c. 3-ter D.Lgs. 165/2001; legal-calendar.md § 4
 */
export function earliestHearing(
  receipt: string,
  noticeDays: number,
  { calendar, comune, freeDays = false }: Circumstances & { readonly freeDays?: boolean },
): HearingDates | CalendarError {
  const date = localDateOf(receipt);
  const start = date === null ? null : parseDay(date);
  if (date === null || start === null) {
    return refuse('date-invalid', {
      it: `«${receipt.slice(0, 40)}» non è un giorno del calendario (AAAA-MM-GG).`,
      en: `“${receipt.slice(0, 40)}” is not a day of the calendar (YYYY-MM-DD).`,
    });
  }
  if (!Number.isInteger(noticeDays) || noticeDays < 1) {
    return refuse('amount-invalid', {
      it: 'Il preavviso è un numero intero di giorni, da 1 in su.',
      en: 'The notice is a whole number of days, 1 or more.',
    });
  }
  const days = noticeDays + (freeDays ? 1 : 0);
  if (!isSupported(start) || !isSupported(start + days)) {
    return refuse('year-unsupported', {
      it: `Fuori dagli anni per i quali il calendario è noto: ${date}.`,
      en: `Outside the years for which the calendar is known: ${date}.`,
    });
  }
  const nominal = addDays(date, days);
  const earliest = workingDayOnOrAfter(nominal, calendar, comune);
  const proposed = workingDayOnOrAfter(addDays(earliest, 1), calendar, comune);
  const notice = `${countInWords(noticeDays, 'd')} ${freeDays ? 'liberi ' : ''}di preavviso`;
  const moved = earliest === nominal ? '' : '; l’audizione si tiene in un giorno lavorativo';
  return {
    earliest,
    proposed,
    explanation: [
      `Ricevuta ${inWords(date)}, con ${notice}: non prima di ${inWords(nominal)}${moved}.`,
      `Prima data ammessa: ${inWords(earliest)}; data proposta, con un giorno di margine: ${inWords(proposed)}.`,
    ],
  };
}
