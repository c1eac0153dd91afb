import type { Bell, Heap } from '../world/bells.ts';
import type { WorldCase } from '../world/world.ts';

/** Something that somebody does at an instant. */
export interface Planned {
  readonly at: string;
  /** The same whenever the same is done; who acts with others draws by it. */
  readonly name: string;
  readonly nr: number;
  /** The case in which it is done; null: it begins one. */
  readonly of: WorldCase | null;
  act(): Promise<void>;
}

/** People who may act at the same time. */
export interface Crowd {
  /** So many at a time. */
  readonly atOnce: number;
  /** The instant at which a bell of a case rings next; null: none does. */
  nextBellOf(it: WorldCase): string | null;
}

/** What is done within this time may be done at once. */
const togetherMs = 4 * 60 * 60_000;
const soonAfter = (instant: string): string => new Date(Date.parse(instant) + togetherMs).toISOString();
/** So many things that wait for others in their cases are passed over in search of what may be done at once. */
const mostPassedOver = 64;

/** Of two at one instant the name decides: which was planned first may depend on the speed of answers. */
export const isBefore = (a: Planned, b: Planned): boolean =>
  a.at < b.at || (a.at === b.at && (a.name < b.name || (a.name === b.name && a.nr < b.nr)));

/** Whether a bell of its case rings up to an instant. */
function isRung({ of }: Planned, until: string, { nextBellOf }: Crowd): boolean {
  const dueAt = of && nextBellOf(of);
  return dueAt !== null && dueAt <= until;
}

/** Whether a bell may ring while the clock goes to what people do next: soon, and in other cases. */
export function ringsOnTheWay(
  { dueAt }: Bell,
  next: Planned | undefined,
  end: string,
  crowd: Crowd | undefined,
): boolean {
  if (!crowd || !next || next.at > end || next.at > soonAfter(dueAt)) return false;
  return !isRung(next, next.at, crowd);
}

/**
 * Takes off the agenda what comes next, and what different people do soon after it in other cases, as far as there are people.
 * Where a bell of its own case rings meanwhile, it waits: what comes before the bell and what comes after it is never mixed up.
 * @param agenda is not empty
 * @param end of the play: what is done later is left
 * @returns in their order, at least one
 */
export function takeTogether(
  agenda: Heap<Planned>,
  end: string,
  crowd: Crowd | undefined,
): readonly [Planned, ...Planned[]] {
  const first = agenda.pop()!;
  const together: [Planned, ...Planned[]] = [first];
  if (!crowd) return together;
  const soon = soonAfter(first.at);
  const bell = first.of && crowd.nextBellOf(first.of);
  const until = bell !== null && bell < soon ? bell : soon;
  const busy = new Set([first.of]);
  const later: Planned[] = [];
  while (together.length < crowd.atOnce && later.length < mostPassedOver) {
    const next = agenda.peek();
    if (!next || next.at >= until || next.at > end) break;
    const mustWait = next.of !== null && (busy.has(next.of) || isRung(next, until, crowd));
    (mustWait ? later : together).push(agenda.pop()!);
    busy.add(next.of);
  }
  for (const it of later) agenda.push(it);
  return together;
}
