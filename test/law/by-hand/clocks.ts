const minute = 60_000;
const hour = 60 * minute;

/** The last Sunday of a month at 01:00 UTC, found from its last day backwards. */
function clockChange(year: number, month: number): Date {
  const at = new Date(Date.UTC(year, month, 0, 1));
  while (at.getUTCDay() !== 0) at.setUTCDate(at.getUTCDate() - 1);
  return at;
}

/** The instants of a year at which the clocks in Rome change: to summer time, and back. */
export function clockChanges(year: number): readonly [Date, Date] {
  return [clockChange(year, 3), clockChange(year, 10)];
}

/** What a clock in Rome shows at an instant, with its distance from UTC. */
export function shownInRome(at: Date): string {
  const [spring, autumn] = clockChanges(at.getUTCFullYear());
  const ahead = at >= spring && at < autumn ? 2 : 1;
  const face = new Date(at.getTime() + ahead * hour).toISOString();
  return `${face.slice(0, face.endsWith('.000Z') ? 19 : 23)}+0${ahead}:00`;
}

/** The instants at which a clock in Rome shows a face (`YYYY-MM-DDTHH:MM:SS`): none in spring's gap, two in autumn. */
export function whenRomeShows(face: string): readonly Date[] {
  return ['+02:00', '+01:00']
    .map((offset) => new Date(`${face}${offset}`))
    .filter((at) => shownInRome(at).startsWith(face));
}

export interface HourDates {
  /** So many real hours later. */
  readonly elapsed: string;
  /** The earlier of that and the same face of the clock; the same as `elapsed` where no clock shows that face. */
  readonly safe: string;
  /** The hours counted from the next full one. */
  readonly legal: string;
}

/** Counts a term in hours, one by one. Source: legal-calendar.md § 3 */
export function countHours(hours: number, base: Date): HourDates {
  const later = (from: Date): Date => {
    let at = from;
    for (let left = hours; left > 0; left--) at = new Date(at.getTime() + hour);
    return at;
  };
  const elapsed = later(base);
  const face = later(new Date(`${shownInRome(base).slice(0, -6)}Z`)).toISOString();
  const [sameFace = elapsed] = whenRomeShows(face.slice(0, face.endsWith('.000Z') ? 19 : 23));
  const fullHour = new Date(base);
  fullHour.setUTCMinutes(0, 0, 0);
  fullHour.setUTCHours(fullHour.getUTCHours() + 1);
  return {
    elapsed: shownInRome(elapsed),
    safe: shownInRome(sameFace < elapsed ? sameFace : elapsed),
    legal: shownInRome(later(fullHour)),
  };
}
