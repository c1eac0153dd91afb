const zone = { timeZone: 'Europe/Rome' } as const;

/** Dates as people read them; `language` is `it` or `en`. Dates without a time stay on their civil day. */
export function formatDate(date: string, language: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return formatInstant(date, language);
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** As `formatDate`, with the day of the week: the three dates of a term are read against weekends. */
export function formatDay(date: string, language: string): string {
  const whole = date.length > 10 ? new Date(date) : new Date(`${date}T00:00:00Z`);
  return new Intl.DateTimeFormat(locale(language), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: date.length > 10 ? 'Europe/Rome' : 'UTC',
  }).format(whole);
}

/** A civil day as a heading says it: "lunedì 9 marzo". */
export const formatDayName = (day: string, language: string): string =>
  new Intl.DateTimeFormat(locale(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

/** An instant in Italian time, to the minute. */
export function formatInstant(instant: string, language: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(locale(language), {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...zone,
  }).format(date);
}

/** A day, or an instant with its hour: terms in hours have instants where others have days. */
export const formatDayOrInstant = (at: string, language: string): string =>
  at.length > 10 ? formatInstant(at, language) : formatDay(at, language);

/** The day of an instant in Italy. */
export const formatDayOf = (instant: string, language: string): string =>
  new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', ...zone }).format(new Date(instant));

/** From one instant to another in Italian time, to the minute; the day once where it is the same. */
export const formatFromTo = (from: string, to: string, language: string): string =>
  new Intl.DateTimeFormat(locale(language), {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...zone,
  }).formatRange(new Date(from), new Date(to));

/** A size as people say it. */
export function formatSize(bytes: number, language: string): string {
  const [value, unit] =
    bytes < 1024
      ? [bytes, 'byte']
      : bytes < 1_048_576
        ? [bytes / 1024, 'kilobyte']
        : [bytes / 1_048_576, 'megabyte'];
  return new Intl.NumberFormat(locale(language), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** A span of time in its largest sensible unit: 900 ms, 4 s, 3 min, 5 days. */
export function formatSpan(ms: number, language: string): string {
  const [value, unit] =
    ms < 1000
      ? [ms, 'millisecond']
      : ms < 120_000
        ? [ms / 1000, 'second']
        : ms < 7_200_000
          ? [ms / 60_000, 'minute']
          : ms < 172_800_000
            ? [ms / 3_600_000, 'hour']
            : [ms / 86_400_000, 'day'];
  return new Intl.NumberFormat(locale(language), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(value);
}

/** The conventions by which numbers and dates are written in a language of ours, `it` or `en`. */
export const locale = (language: string) => (language === 'en' ? 'en-GB' : 'it-IT');
