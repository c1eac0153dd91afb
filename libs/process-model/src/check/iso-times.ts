/** Approximate length in milliseconds of an ISO 8601 duration; null when it is none. Months count 30 days. */
export function durationMs(text: string): number | null {
  const match =
    /^P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/.exec(
      text,
    );
  if (!match || text.length > 40) return null;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((it) => Number(it ?? 0));
  const inDays = years * 365 + months * 30 + weeks * 7 + days;
  return (inDays * 86_400 + hours * 3_600 + minutes * 60 + seconds) * 1_000;
}

/** A date, local time or time with offset that exists. */
export function isInstant(text: string): boolean {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?(?:\[Europe\/Rome\]|@Europe\/Rome)?)?$/.exec(
      text,
    );
  const [, date = '', time = '00:00'] = match ?? [];
  if (!match || /^2[4-9]|^[3-9]/.test(time)) return false;
  const day = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(Date.parse(`${date}T${time}Z`)) && new Date(day).toISOString().startsWith(date);
}
