import { aroundEaster, squareAt } from './wall-calendar.ts';
import type { Square } from './wall-calendar.ts';

/** What is special about the place where a term runs. */
export interface Office {
  /** It is the Comune di Roma, where 29 June is a legal holiday. */
  readonly isRome?: boolean;
  /** Patron saints: `MM-DD`, or days after Easter Sunday; since and until when each is kept, where it has changed. */
  readonly patrons?: readonly {
    readonly on: string | number;
    readonly since?: string;
    readonly until?: string;
  }[];
  /** The reading, against the rule, by which the patron saint moves legal terms. */
  readonly patronMovesTerms?: boolean;
  readonly closedOn?: readonly string[];
  /** The office of the Province whose patron saint and closures count as well. */
  readonly seat?: Office;
}

function isPatronsDay({ patrons = [] }: Office, { date, year }: Square): boolean {
  return patrons.some(({ on, since = '', until = '9' }) => {
    const day = typeof on === 'string' ? `${year}-${on}` : aroundEaster(year, on);
    return date === day && date >= since && date <= until;
  });
}

/** Whether a square is *festivo* at law there. */
export function isFestivo(place: number, office: Office): boolean {
  const square = squareAt(place);
  if (square.red) return true;
  if (office.isRome === true && square.date.endsWith('-06-29')) return true;
  return office.patronMovesTerms === true && isPatronsDay(office, square);
}

/** Whether the desk works that day: neither Saturday nor *festivo*, no patron saint, nothing closed. */
export function isWorked(place: number, office: Office): boolean {
  const square = squareAt(place);
  if (square.weekday === 6 || isFestivo(place, office)) return false;
  return ![office, office.seat ?? {}].some(
    (one) => isPatronsDay(one, square) || one.closedOn?.includes(square.date),
  );
}
