import { daysBetween } from '../time/due.ts';

const mostDays = 366;

/** A period of the page's address, or this year so far. */
export function periodOf(
  params: URLSearchParams,
  today: string,
): { readonly from: string; readonly to: string } {
  return { from: dayIn(params, 'from') ?? `${today.slice(0, 4)}-01-01`, to: dayIn(params, 'to') ?? today };
}

/** A day of the page's address; null: it has none. */
export function dayIn(params: URLSearchParams, name: string): string | null {
  const asked = params.get(name) ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : null;
}

/** Whether figures can be asked for it: from a day to the same or a later one, at most a year. */
export function isPeriod(from: string, to: string): boolean {
  const days = daysBetween(from, to);
  return days >= 0 && days < mostDays;
}

/**
 * Whether the log can be asked for it, from a day to the same or a later one, each left open where it is empty. While somebody
 * types a year its first digits are a year as well (0020), and every question to the log is recorded: those are not asked.
 */
export const isLogPeriod = ({ from, to }: Readonly<Record<'from' | 'to', string>>): boolean =>
  [from, to].every((day) => day === '' || day >= '1900') && (from === '' || to === '' || from <= to);
