import { civilOf, parseDay, weekdayOf } from './day.ts';
import type { LocalDate, TermUnit } from './types.ts';

const weekdays = ['domenica', 'lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato'];
const months = [
  'gennaio',
  'febbraio',
  'marzo',
  'aprile',
  'maggio',
  'giugno',
  'luglio',
  'agosto',
  'settembre',
  'ottobre',
  'novembre',
  'dicembre',
];

/** A date in Italian, `venerdì 6 marzo 2026`; the text itself when it is no date. */
export function inWords(date: LocalDate): string {
  const number = parseDay(date);
  if (number === null) return date;
  const { year, month, day } = civilOf(number);
  return `${weekdays[weekdayOf(number)]} ${day === 1 ? '1º' : day} ${months[month - 1]} ${year}`;
}

const units: Readonly<Record<TermUnit, readonly [string, string]>> = {
  d: ['giorno', 'giorni'],
  m: ['mese', 'mesi'],
  y: ['anno', 'anni'],
  h: ['ora', 'ore'],
};

const englishUnits: Readonly<Record<TermUnit, string>> = { d: 'day', m: 'month', y: 'year', h: 'hour' };

/** An amount in English, `1 month`, `30 days`. */
export const countInEnglish = (amount: number, unit: TermUnit): string =>
  `${amount} ${englishUnits[unit]}${amount === 1 ? '' : 's'}`;

/** An amount in Italian, `1 mese`, `30 giorni`. */
export function countInWords(amount: number, unit: TermUnit): string {
  return `${amount} ${units[unit][amount === 1 ? 0 : 1]}`;
}
