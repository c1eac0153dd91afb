const inRome = new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', dateStyle: 'long' });
const clockInRome = new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', timeStyle: 'short' });
const calendar = new Intl.DateTimeFormat('it-IT', { timeZone: 'UTC', dateStyle: 'long' });

/** Dates that were computed stand in Italian words as people read them; what is part of a name or a number stays. */
export const withItalianDates = (words: string): string =>
  words.replaceAll(
    /(?<![\w/-])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::[\d.]+)?(?:Z|[+-]\d{2}:\d{2})?)?(?![\w/-]|\.\w)/g,
    italianDate,
  );

/**
 * A date as people read it: `27 aprile 2026`; with a time `27 aprile 2026, ore 10:00`, on Rome's clocks when it names
 * an offset, else as written.
 * @param text `YYYY-MM-DD`, with or without a time; anything else is given back as it is
 */
export function italianDate(text: string): string {
  const [, day = '', time, zone] =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::[\d.]+)?(Z|[+-]\d{2}:\d{2})?)?(?:[@[].*)?$/.exec(text) ?? [];
  const at = Date.parse(zone === undefined ? `${day}T00:00:00Z` : `${day}T${time}:00${zone}`);
  if (Number.isNaN(at)) return text;
  if (time === undefined) return calendar.format(at);
  if (zone === undefined) return `${calendar.format(at)}, ore ${time}`;
  return `${inRome.format(at)}, ore ${clockInRome.format(at)}`;
}
