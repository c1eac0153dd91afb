import { refuse } from './errors.ts';
import type { CalendarError, CountedRule, Span, TermUnit } from './types.ts';

/** Reads `30d`, `6m`, `3y`, `48h`. @returns `amount-invalid` for anything else, also for zero */
export function parseTermSpec(text: string): Span | CalendarError {
  const match = /^(\d{1,6})([dmyh])$/.exec(text.trim());
  if (match && Number(match[1]) > 0) return { amount: Number(match[1]), unit: match[2] as TermUnit };
  const given = text.slice(0, 40);
  return refuse('amount-invalid', {
    it: `«${given}» non è un termine: serve un numero da 1 in su e d (giorni), m (mesi), y (anni) oppure h (ore), per esempio 30d.`,
    en: `“${given}” is not a term: a number, 1 or more, and d (days), m (months), y (years) or h (hours), such as 30d.`,
  });
}

export interface BareTermOptions {
  readonly direction?: 'forward' | 'backward';
  readonly freeDays?: boolean;
}

/** The rule of a bare amount, without a catalogue: days, months and years move over a holiday, hours do not. */
export function ruleOf({ amount, unit }: Span, options: BareTermOptions = {}): CountedRule {
  const { direction = 'forward', freeDays = false } = options;
  return { amount, unit, direction, freeDays, rollover: unit !== 'h', earliest: null, duration: false };
}

/** The rule of a text like `30d`: `parseTermSpec` and `ruleOf` in one. */
export function termFromSpec(text: string, options: BareTermOptions = {}): CountedRule | CalendarError {
  const spec = parseTermSpec(text);
  return 'code' in spec ? spec : ruleOf(spec, options);
}
