/** One square of a calendar on the wall. */
export interface Square {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  /** 0 Sunday … 6 Saturday. */
  readonly weekday: number;
  /** Printed in red: a legal holiday of all Italy. */
  readonly red: boolean;
}

/** What is printed in red every year beside Sundays and Easter Monday. Source: legal-calendar.md, "What counts as festivo" */
const redDays: readonly { readonly on: string; readonly since?: number }[] = [
  { on: '01-01' },
  { on: '01-06' },
  { on: '04-25' },
  { on: '05-01' },
  { on: '06-02' },
  { on: '08-15' },
  { on: '10-04', since: 2026 },
  { on: '11-01' },
  { on: '12-08' },
  { on: '12-25' },
  { on: '12-26' },
];

const written = (at: Date): string => at.toISOString().slice(0, 10);

function dayAfter(at: Date): Date {
  const next = new Date(at);
  next.setUTCDate(next.getUTCDate() + 1);
  return next;
}

/**
 * Easter: the Sunday that follows the full moon of the church, found day by day.
 * Source: the lunar tables of the calendar of 1582, by golden number, corrections of sun and moon, and epact
 */
export function easterSunday(year: number): string {
  const golden = (year % 19) + 1;
  const century = Math.floor(year / 100) + 1;
  const sun = Math.floor((3 * century) / 4) - 12;
  const moon = Math.floor((8 * century + 5) / 25) - 5;
  let epact = (((11 * golden + 20 + moon - sun) % 30) + 30) % 30;
  if (epact === 24 || (epact === 25 && golden > 11)) epact += 1;
  const fullMoon = 44 - epact;
  let at = new Date(Date.UTC(year, 2, fullMoon < 21 ? fullMoon + 30 : fullMoon));
  do at = dayAfter(at);
  while (at.getUTCDay() !== 0);
  return written(at);
}

const found = new Map<string, string>();

/** The day so many days after Easter Sunday, or before; looked up once. */
export function aroundEaster(year: number, days: number): string {
  const known = found.get(`${year} ${days}`);
  if (known !== undefined) return known;
  const at = new Date(`${easterSunday(year)}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  found.set(`${year} ${days}`, written(at));
  return written(at);
}

function print(from: number, to: number): readonly Square[] {
  const squares: Square[] = [];
  let easterMonday = '';
  for (let at = new Date(Date.UTC(from, 0, 1)); at.getUTCFullYear() <= to; at = dayAfter(at)) {
    const [date, year] = [written(at), at.getUTCFullYear()];
    if (date.endsWith('-01-01')) easterMonday = aroundEaster(year, 1);
    const isRed = redDays.some(({ on, since = 0 }) => date.endsWith(on) && year >= since);
    const weekday = at.getUTCDay();
    const red = weekday === 0 || date === easterMonday || isRed;
    squares.push({ date, year, month: at.getUTCMonth() + 1, day: at.getUTCDate(), weekday, red });
  }
  return squares;
}

const squares = print(2012, 2052);
const places = new Map(squares.map(({ date }, place) => [date, place]));

/** The square at a place of the wall. @throws RangeError off the wall */
export function squareAt(place: number): Square {
  const square = squares[place];
  if (!square) throw new RangeError(`Nothing hangs at ${place}`);
  return square;
}

/** Where a date hangs. @throws RangeError for what is no date of the years on the wall */
export function placeOf(date: string): number {
  const place = places.get(date);
  if (place === undefined) throw new RangeError(`No square says ${date}`);
  return place;
}
