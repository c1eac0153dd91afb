const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const pattern = /^(\w{3}) (\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}(?::\d{2})?)(?: ([+-]\d{2}:\d{2}))?)?$/;

/**
 * What a page prints as `Thu 2026-03-12`, `Thu 2026-03-12 09:20` or `Thu 2026-03-12 09:20 +01:00`: the date, the local
 * time or the instant.
 * @throws Error for another form, and for a weekday that is not that day's
 */
export function readPrinted(text: string): string {
  const [, weekday, date = '', time, offset = ''] = pattern.exec(text) ?? [];
  const at = new Date(`${date}T12:00:00Z`);
  if (Number.isNaN(at.getTime())) throw new Error(`Not printed as a date: ${text}`);
  if (weekday !== weekdays[at.getUTCDay()]) throw new Error(`${text} is a ${weekdays[at.getUTCDay()]}`);
  if (time === undefined) return date;
  return `${date}T${time}${time.length === 5 ? ':00' : ''}${offset}`;
}

/** A date or an instant as the pages print it, `Thu 2026-03-12`; of an instant its day in the zone it is written in. */
export function print(date: string): string {
  return `${weekdays[new Date(`${date.slice(0, 10)}T12:00:00Z`).getUTCDay()]} ${date.slice(0, 10)}`;
}
