import { withElisions } from '../acts/elision.ts';
import type { Label, Said } from '../model.ts';

type Language = keyof Label;

const locales = { it: 'it-IT', en: 'en-GB' } as const;
const formatsOf = (locale: string) => ({
  inRome: new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Rome', dateStyle: 'long' }),
  clockInRome: new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Rome', timeStyle: 'short' }),
  calendar: new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'long' }),
});
const formats = { it: formatsOf(locales.it), en: formatsOf(locales.en) };
const before = { it: 'ore ', en: '' };

/** Rome's, in winter and in summer. */
const offsets: readonly string[] = ['+01:00', '+02:00'];

const dates =
  /(?<![\w/-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::[\d.]+)?(?:Z|[+-]\d{2}:\d{2})?)?(?![\w/-]|\.\w)/g;

/** Dates that were computed stand in Italian words as people read them; what is part of a name or a number stays. */
export const withItalianDates = (words: string): string => withElisions(words.replaceAll(dates, italianDate));

/** The same of what is said in both languages, each with its own dates. */
export const withDates = ({ it, en }: Said): Said => ({
  it: withItalianDates(it),
  en: en?.replaceAll(dates, (date) => dateIn('en', date)) ?? null,
});

/**
 * A date as people read it: `27 aprile 2026`; with a time `27 aprile 2026, ore 10:00`, on Rome's clocks when it names
 * an offset, else as written.
 * @param text `YYYY-MM-DD`, with or without a time; anything else is given back as it is
 */
export const italianDate = (text: string): string => dateIn('it', text);

function dateIn(language: Language, text: string): string {
  const [, day = '', time, zone] =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::[\d.]+)?(Z|[+-]\d{2}:\d{2})?)?(?:[@[].*)?$/.exec(text) ?? [];
  // A day that does not exist is told as it was written, not as the one that a clock would make of it.
  if (!isDay(day)) return text;
  const at = Date.parse(zone === undefined ? `${day}T00:00:00Z` : `${day}T${time}:00${zone}`);
  if (Number.isNaN(at)) return text;
  const { inRome, clockInRome, calendar } = formats[language];
  if (time === undefined) return calendar.format(at);
  if (zone === undefined || isSkipped(day, time, zone))
    return `${calendar.format(Date.parse(`${day}T00:00:00Z`))}, ${before[language]}${time}`;
  return `${inRome.format(at)}, ${before[language]}${clockInRome.format(at)}`;
}

/** A time that Rome's clocks leave out in spring, with one of Rome's offsets: told as written too. */
const isSkipped = (day: string, time: string, zone: string): boolean =>
  offsets.includes(zone) &&
  offsets.every((offset) => formats.it.clockInRome.format(Date.parse(`${day}T${time}:00${offset}`)) !== time);

function isDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
