import { romeDate } from '@iter/legal-calendar';
import type { Remote } from '../../commands/http.ts';
import { pages } from '../../commands/lists.ts';
import type { WorldCase } from '../../world/world.ts';
import { recountDeadlines, recountEscalations, violationsIn } from '../recount.ts';

interface Listed {
  readonly id: string;
  readonly state: string;
}

interface ListedDeadline extends Listed {
  readonly deadline: string;
  readonly nature: string;
  readonly legalDueDate: string;
  readonly decidedOn: string | null;
}

/** Of these the date is the first day on which something is lawful or takes effect: nobody is late. */
const waits = ['DILATORY', 'EFFECT'];

/**
 * What a running system lists of cases against what their histories say, and the states of deadlines against the dates of the
 * acts that decided them. @returns a sentence for each thing that does not agree
 */
export async function disagreements(
  remote: Remote,
  cases: readonly WorldCase[],
  now: string,
): Promise<readonly string[]> {
  const found = cases.flatMap((it) => [...violationsIn(it)]);
  const owners = new Map(cases.map((it) => [it.id, it]));
  const deadlines = await listed<ListedDeadline>(remote, '/deadlines', owners);
  const escalations = await listed<Listed>(remote, '/escalations', owners);
  const states = new Map<string, string>();
  for await (const { id, state } of pages<Listed>(remote, '/cases', { state: 'all' }))
    if (owners.has(id)) states.set(id, state);
  for (const it of cases) {
    const differs = (what: string, told: unknown, recounted: unknown): void => {
      const [a, b] = [JSON.stringify(told), JSON.stringify(recounted)];
      if (a !== b) found.push(`${it.name} (${it.id}): ${what}: listed ${a}, recounted ${b}`);
    };
    const { state } = it;
    differs('state', states.get(it.id), state.suspended ? 'suspended' : state.status);
    const told = deadlines.get(it) ?? [];
    differs('deadlines', statesOf(told), sorted(recountDeadlines(it.events)));
    differs('escalations', statesOf(escalations.get(it) ?? []), sorted(recountEscalations(it.events)));
    for (const one of told) {
      const contradiction = contradictionOf(one, now);
      if (contradiction !== null) found.push(`${it.name} (${it.id}): ${one.deadline} ${contradiction}`);
    }
  }
  return found;
}

/** How a deadline's state contradicts its dates; null: it does not. */
export function contradictionOf(
  { state, nature, legalDueDate, decidedOn }: Omit<ListedDeadline, 'id' | 'deadline'>,
  now: string,
): string | null {
  if (waits.includes(nature)) return null;
  const isAfter = (moment: string): boolean =>
    moment.length > 10 && legalDueDate.length > 10
      ? Date.parse(moment) > Date.parse(legalDueDate)
      : dayOf(moment) > dayOf(legalDueDate);
  if (state === 'met' && decidedOn !== null && isAfter(decidedOn))
    return `is met though what decided it is of ${decidedOn}, after ${legalDueDate}`;
  if (state === 'missed' && decidedOn !== null && !isAfter(decidedOn))
    return `is missed though what decided it is of ${decidedOn}, not after ${legalDueDate}`;
  if (state === 'missed' && !isAfter(now)) return `is missed though ${legalDueDate} is still to come`;
  if (state === 'open' && isAfter(now)) return `runs though ${legalDueDate} has passed`;
  return null;
}

const dayOf = (moment: string): string =>
  moment.length > 10 ? romeDate(new Date(moment).toISOString()) : moment;

/** What a list shows of these cases, by case. */
async function listed<T extends Listed>(
  remote: Remote,
  path: string,
  owners: ReadonlyMap<string, WorldCase>,
): Promise<ReadonlyMap<WorldCase, readonly T[]>> {
  const found = new Map<WorldCase, T[]>();
  for await (const item of pages<T & { caseId: string }>(remote, path, { state: 'all' })) {
    const owner = owners.get(item.caseId);
    if (!owner) continue;
    const others = found.get(owner);
    if (others) others.push(item);
    else found.set(owner, [item]);
  }
  return found;
}

const sorted = (pairs: Iterable<readonly [string, string]>): readonly (readonly [string, string])[] =>
  [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));

/** By key: an id is that of the case, a full stop and the key. */
const statesOf = (items: readonly Listed[]): readonly (readonly [string, string])[] =>
  sorted(items.map(({ id, state }) => [id.slice(id.indexOf('.') + 1), state] as const));
