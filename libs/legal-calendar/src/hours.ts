import { isSupported, parseDay, supportedYears } from './day.ts';
import { refuse } from './errors.ts';
import { formatRome, instantAtWall, readInstant, romeOffsetMs } from './rome.ts';
import { countInWords, inWords } from './words.ts';
import type { CalendarError, TermDates, TermRule } from './types.ts';

const hourMs = 3_600_000;

/**
 * Dates of a term in hours. They run through nights and holidays, and nothing rolls over: `nominalDate` is so many
 * real hours later; `legalDueDate` the full hour that ends the count when the initial hour is left out (R8);
 * `safeActionDate` the earlier of the real hours and the same time on the clock.
 * @param base instant with offset, or local time in Rome
 * Norm: art. 155 c. 1 c.p.c.; the three values: legal-calendar.md § 3
 */
export function computeHours(term: TermRule, base: string): TermDates | CalendarError {
  const at = readInstant(base);
  if (typeof at !== 'number') return at;
  const spanMs = term.amount * hourMs;
  const elapsed = at + spanMs;
  const sameClock = instantAtWall(at + romeOffsetMs(at) + spanMs);
  const safe = Math.min(elapsed, sameClock);
  const legal = (Math.floor(at / hourMs) + 1) * hourMs + spanMs;
  for (const instant of [at, legal]) {
    const day = parseDay(formatRome(instant).slice(0, 10));
    if (day !== null && isSupported(day)) continue;
    return refuse(
      'year-unsupported',
      `Il termine esce dagli anni ${supportedYears.first}–${supportedYears.last}.`,
    );
  }
  const span = countInWords(term.amount, 'h');
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

function show(at: number): string {
  const text = formatRome(at);
  return `${inWords(text.slice(0, 10))} ore ${text.slice(11, 16)} (UTC${text.slice(-6)})`;
}
