import type { CaseState, Variables } from '@iter/engine';
import type { Json } from '@iter/event-store';

/** Somebody whom a body has enrolled. */
export interface OwnPerson {
  readonly employeeRef: string;
  readonly account: string | null;
  /** From 1; null: they have a seat. */
  readonly waitingPlace: number | null;
}

/** An edition as a body sees it that enrols its people: nothing of anybody else's. */
export interface OwnEnrolments {
  readonly courseRef: string;
  readonly title: string;
  readonly maxSeats: number;
  readonly freeSeats: number;
  /** All who wait, of whichever body. */
  readonly waiting: number;
  /** Null: no limit. */
  readonly seatsPerComune: number | null;
  /** The last day on which people are taken; null: it is not published. */
  readonly closesOn: string | null;
  readonly people: readonly OwnPerson[];
}

/** What of the case of an edition is a body's own, those with a seat first, in the order in which they were enrolled. */
export function ownEnrolments(state: CaseState, body: string): OwnEnrolments {
  const { variables } = state.root;
  const term = [...state.deadlines.values()].findLast(({ id }) => id === 'DL_ENROL');
  const [enrolled, waiting] = [entries(variables['enrolled']), entries(variables['waiting'])];
  const isOwn = ({ employer }: Variables): boolean => employer === body;
  const person = (it: Variables, waitingPlace: number | null): OwnPerson => ({
    ...{ employeeRef: text(it['employeeRef']) ?? '', account: text(it['account']), waitingPlace },
  });
  const maxSeats = number(variables['maxSeats']) ?? 0;
  return {
    ...{ courseRef: text(variables['courseRef']) ?? '', title: text(variables['title']) ?? '', maxSeats },
    ...{ freeSeats: Math.max(0, maxSeats - enrolled.length), waiting: waiting.length },
    seatsPerComune: number(variables['seatsPerComune']),
    closesOn: term?.plan.legalDueDate ?? null,
    people: [
      ...enrolled.filter(isOwn).map((it) => person(it, null)),
      ...waiting
        .map((it, at) => ({ it, place: at + 1 }))
        .flatMap(({ it, place }) => (isOwn(it) ? [person(it, place)] : [])),
    ],
  };
}

const entries = (value: Json | undefined): readonly Variables[] =>
  Array.isArray(value) ? (value as readonly Variables[]) : [];
const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);
