import { verifyBundle } from '@iter/documents/case-bundle';
import { romeDate } from '@iter/legal-calendar';
import type { Remote } from '../../commands/http.ts';
import { pages } from '../../commands/lists.ts';
import type { WorldCase } from '../../world/world.ts';
import { recountDeadlines, recountEscalations, recountTasks } from '../recount.ts';
import type { Histories } from './histories.ts';
import { inTurns } from './in-turns.ts';

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

const filesAtOnce = 4;

/** Of these the date is the first day on which something is lawful or takes effect: nobody is late. */
const waits = ['DILATORY', 'EFFECT'];

/**
 * What a running system lists of cases against what their histories say, the states of deadlines against the dates of the
 * acts that decided them, and each chain by the file that the system hands out of the case.
 * @param readers who may read the cases, each some
 * @returns a sentence for each thing that does not agree
 */
export async function disagreements(
  readers: readonly Remote[],
  { cases, readerOf }: Pick<Histories, 'cases' | 'readerOf'>,
  now: string,
): Promise<readonly string[]> {
  const found: string[] = [];
  const owners = new Map(cases.map((it) => [it.id, it]));
  const list = <T extends Listed>(path: string, state: string) => listed<T>(readers, path, state, owners);
  const deadlines = await list<ListedDeadline>('/deadlines', 'all');
  const escalations = await list('/escalations', 'all');
  const tasks = await list('/tasks', 'open');
  const states = await list('/cases', 'all');
  for (const it of cases) {
    const differs = (what: string, told: unknown, recounted: unknown): void => {
      const [a, b] = [JSON.stringify(told), JSON.stringify(recounted)];
      if (a !== b) found.push(`${it.name} (${it.id}): ${what}: listed ${a}, recounted ${b}`);
    };
    const { state } = it;
    differs('state', states.get(it)?.[0]?.state, state.suspended ? 'suspended' : state.status);
    const told = deadlines.get(it) ?? [];
    differs('deadlines', statesOf(told), sorted(recountDeadlines(it.events)));
    differs('escalations', statesOf(escalations.get(it) ?? []), sorted(recountEscalations(it.events)));
    const open = [...recountTasks(it.events)].filter(([, task]) => task.state === 'open');
    differs('open tasks', keysOf(tasks.get(it) ?? []), open.map(([key]) => key).sort());
    for (const one of told) {
      const contradiction = contradictionOf(one, now);
      if (contradiction !== null) found.push(`${it.name} (${it.id}): ${one.deadline} ${contradiction}`);
    }
  }
  await inTurns(cases, filesAtOnce, async (it) => {
    const file = await readerOf(it).download(`/cases/${it.id}/export?format=bundle`);
    const verdict = verifyBundle(file);
    if (!verdict.whole) found.push(`${it.name} (${it.id}): its file is not whole: ${verdict.fault.message}`);
    else if (verdict.events !== it.events.length)
      found.push(
        `${it.name} (${it.id}): its file has ${verdict.events} events, its history ${it.events.length}`,
      );
  });
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

/** What a list shows of these cases, by case; what several readers see counts once. */
async function listed<T extends Listed>(
  readers: readonly Remote[],
  path: string,
  state: string,
  owners: ReadonlyMap<string, WorldCase>,
): Promise<ReadonlyMap<WorldCase, readonly T[]>> {
  const found = new Map<WorldCase, Map<string, T>>();
  for (const reader of readers) {
    for await (const item of pages<T & { caseId?: string }>(reader, path, { state })) {
      const owner = owners.get(item.caseId ?? item.id);
      if (!owner) continue;
      const others = found.get(owner);
      if (others) others.set(item.id, item);
      else found.set(owner, new Map([[item.id, item]]));
    }
  }
  return new Map([...found].map(([owner, items]) => [owner, [...items.values()]]));
}

const sorted = (pairs: Iterable<readonly [string, string]>): readonly (readonly [string, string])[] =>
  [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));

/** An id is that of the case, a full stop and the key. */
const keyOf = (id: string): string => id.slice(id.indexOf('.') + 1);
const keysOf = (items: readonly Listed[]): readonly string[] => items.map(({ id }) => keyOf(id)).sort();
const statesOf = (items: readonly Listed[]): readonly (readonly [string, string])[] =>
  sorted(items.map(({ id, state }) => [keyOf(id), state] as const));
