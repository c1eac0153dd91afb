import { isSupported, parseDay, supportedYears } from './day.ts';
import { refuse } from './errors.ts';
import { formatRome, instantAtWall, readInstant, romeOffsetMs } from './rome.ts';
import type { SettledReach } from './reach.ts';
import { countInEnglish, countInWords, inWords } from './words.ts';
import type { CalendarError, TermDates, TermRule } from './types.ts';

const hourMs = 3_600_000;

/**
 * Dates of a term that counts by instants: in hours, or until the instant that an act sets. Hours run through nights and holidays, and nothing rolls over: `nominalDate` is so many
 * real hours later; `legalDueDate` the full hour that ends the count when the initial hour is left out (R8);
 * `safeActionDate` the earlier of the real hours and the same time on the clock.
 * @param base instant with offset, or local time in Rome
 * Norm: art. 155 c. 1 c.p.c.; the three values: legal-calendar.md § 3
 */
export function computeInstants(
  term: TermRule,
  base: string,
  reach: SettledReach,
): TermDates | CalendarError {
  const at = readInstant(base);
  if (typeof at !== 'number') return at;
  if ('end' in reach) return untilInstant(term, at, reach.end);
  if (!('amount' in reach))
    return refuse('term-inconsistent', {
      it: 'Un giorno del calendario non si raggiunge a ore.',
      en: 'A day of the calendar is not reached by hours.',
    });
  const outside = checkHours(reach.amount * hourMs, term);
  if (outside) return outside;
  const spanMs = reach.amount * hourMs;
  const elapsed = at + spanMs;
  const sameClock = instantAtWall(at + romeOffsetMs(at) + spanMs);
  const safe = Math.min(elapsed, sameClock);
  const legal = (Math.floor(at / hourMs) + 1) * hourMs + spanMs;
  const unknown = checkYears(at, legal);
  if (unknown) return unknown;
  const span = countInWords(reach.amount, 'h');
  const explanation = [
    `Decorre da ${show(at)}; le ore corrono anche di notte, di sabato e nei festivi (R8; art. 155 c. 1 c.p.c.).`,
    `${span} effettive dopo: ${show(elapsed)}; un termine a ore non slitta per i festivi.`,
    `L’ora iniziale non si conta: scadenza di legge allo scoccare dell’ora, ${show(legal)} (R8; art. 155 c. 1 c.p.c.).`,
  ];
  if (sameClock !== elapsed) {
    explanation.push(`Nel mezzo cambia l’ora legale: la stessa ora dell’orologio cade ${show(sameClock)}.`);
  }
  explanation.push(`Per prudenza si agisce entro la prima delle due, ${show(safe)}.`);
  if (term.norm) explanation.push(`Norma: ${term.norm}.`);
  return {
    nominalDate: formatRome(elapsed),
    legalDueDate: formatRome(legal),
    safeActionDate: formatRome(safe),
    earliestActionDate: null,
    explanation,
  };
}

/** The end is what the act says, to the second: no hour is left out and nothing rolls over. */
function untilInstant(term: TermRule, at: number, text: string): TermDates | CalendarError {
  const end = readInstant(text);
  if (typeof end !== 'number') return end;
  const problem = checkYears(at, end) ?? checkHours(end - at, term);
  if (problem) return problem;
  const date = formatRome(end);
  return {
    nominalDate: date,
    legalDueDate: date,
    safeActionDate: date,
    earliestActionDate: term.earliest === null ? null : date,
    explanation: [
      `Decorre da ${show(at)}.`,
      `La scadenza è fissata dall’atto: ${show(end)}; un termine a ore non slitta per i festivi.`,
      ...(term.earliest === null ? [] : [`Si può agire da ${show(end)}; prima l’atto non è ammesso.`]),
      ...(term.norm && term.norm !== '–' ? [`Norma: ${term.norm}.`] : []),
    ],
  };
}

function checkYears(...instants: readonly number[]): CalendarError | null {
  const isKnown = instants.every((instant) => {
    const day = parseDay(formatRome(instant).slice(0, 10));
    return day !== null && isSupported(day);
  });
  if (isKnown) return null;
  return refuse('year-unsupported', {
    it: `Il termine esce dagli anni ${supportedYears.first}–${supportedYears.last}.`,
    en: `The term leaves the years ${supportedYears.first}–${supportedYears.last}.`,
  });
}

/** Bounds of a term in hours are hours. */
function checkHours(spanMs: number, { bounds }: TermRule): CalendarError | null {
  if (spanMs < 0)
    return refuse('term-too-short', {
      it: 'La scadenza fissata precede l’inizio.',
      en: 'The due date that was set comes before the start.',
    });
  const { min, max } = bounds ?? {};
  if (min && spanMs < min.amount * hourMs) {
    return refuse('term-too-short', {
      it: `Il termine fissato è più breve del minimo di ${countInWords(min.amount, 'h')}.`,
      en: `The term that was set is shorter than the minimum of ${countInEnglish(min.amount, 'h')}.`,
    });
  }
  if (max && spanMs > max.amount * hourMs) {
    return refuse('term-too-long', {
      it: `Il termine fissato è più lungo del massimo di ${countInWords(max.amount, 'h')}.`,
      en: `The term that was set is longer than the maximum of ${countInEnglish(max.amount, 'h')}.`,
    });
  }
  return null;
}

function show(at: number): string {
  const text = formatRome(at);
  return `${inWords(text.slice(0, 10))} ore ${text.slice(11, 16)} (UTC${text.slice(-6)})`;
}
