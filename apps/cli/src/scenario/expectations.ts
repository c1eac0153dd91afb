import { isDeepStrictEqual } from 'node:util';
import { visibleVariables } from '@iter/engine';
import type { Deadline } from '@iter/engine';
import { formatRome } from '@iter/legal-calendar';
import type { World, WorldCase } from '../world/world.ts';
import type { Expectation } from './scenario.ts';

const show = (value: unknown): string => JSON.stringify(value);
const sorted = (items: readonly string[]): string[] => [...items].sort();

/** The state of a case in the words of `iter run`. */
export const stateOf = ({ state }: WorldCase): string => (state.status === 'none' ? 'active' : state.status);

/** A deadline as `iter run` prints it. */
export function deadlineView(deadline: Deadline): Readonly<Record<string, unknown>> {
  const { id, instance, status, plan } = deadline;
  const { nominalDate, legalDueDate, safeActionDate, earliestActionDate } = plan;
  return { id, key: instance, state: status, nominalDate, legalDueDate, safeActionDate, earliestActionDate };
}

/** The steps of its ladder that people were told, each with its first time in Rome; not those in whose place a later one was told. */
const toldOf = ({ events }: WorldCase, { key }: Deadline): Readonly<Record<string, string>> =>
  Object.fromEntries(
    events.flatMap(({ type, data, recordedAt }) =>
      type === 'LadderStepReached' && data.key === key && data.round === 1 && data.passed !== true
        ? [[data.step, formatRome(Date.parse(recordedAt))]]
        : [],
    ),
  );

/** `DL_X` or `DL_X[key]`, as scenarios name a deadline or one of its instances. */
export function deadlineName(name: string): { readonly id: string; readonly instance: string | null } {
  const [, id = name, instance = null] = /^([^[]+)(?:\[(.*)\])?$/.exec(name) ?? [];
  return { id, instance };
}

/** A variable of the case; as `called-process/name`, of the process that it calls at present. */
function variableOf(world: World, { state }: WorldCase, name: string): unknown {
  const [own, process] = name.split('/').reverse();
  if (own === undefined || process === undefined) return visibleVariables(state, null)[name];
  const hashes = new Set(world.definitions().flatMap(({ key, hash }) => (key === process ? [hash] : [])));
  const call = [...state.elements.values()].findLast(({ called }) => called !== null && hashes.has(called));
  return call && visibleVariables(state, call.key)[own];
}

/** What does not hold, one sentence each. Lists compare without order. */
export function failuresOf(world: World, it: WorldCase, expectation: Expectation): string[] {
  const failures: string[] = [];
  const compare = (what: string, expected: unknown, actual: unknown): void => {
    if (!isDeepStrictEqual(expected, actual))
      failures.push(`${what}: expected ${show(expected)}, got ${show(actual)}`);
  };
  const list = (what: string, expected: readonly string[] | undefined, actual: readonly string[]): void => {
    if (expected) compare(what, sorted(expected), sorted(actual));
  };
  const { state } = it;
  if (expectation.state !== undefined) compare('state', expectation.state, stateOf(it));
  list(
    'tasks',
    expectation.tasks,
    [...state.tasks.values()].map(({ element }) => element),
  );
  list(
    'jobs',
    expectation.jobs,
    [...state.jobs.values()].map(({ element }) => element),
  );
  list(
    'messages',
    expectation.messages,
    [...state.subscriptions.values()].map(({ name }) => name),
  );
  list(
    'incidents',
    expectation.incidents,
    [...state.incidents.values()].map(({ code }) => code),
  );
  for (const [name, value] of Object.entries(expectation.variables ?? {}))
    compare(`variable ${name}`, value, variableOf(world, it, name));
  const completed = world.trace
    .filter((line) => line.case === it.name && line.event === 'element-completed')
    .map(({ element }) => element);
  for (const element of expectation.completed ?? []) {
    if (!completed.includes(element)) failures.push(`completed: ${element} was not completed`);
  }
  for (const [name, expected] of Object.entries(expectation.deadlines ?? {})) {
    const { id, instance } = deadlineName(name);
    const deadline = [...state.deadlines.values()].findLast(
      (candidate) => candidate.id === id && (instance === null || candidate.instance === instance),
    );
    if (!deadline) {
      failures.push(`deadline ${name} is not there`);
      continue;
    }
    const view: Readonly<Record<string, unknown>> = {
      ...deadlineView(deadline),
      told: toldOf(it, deadline),
    };
    for (const [field, value] of Object.entries(expected)) compare(`${name} ${field}`, value, view[field]);
  }
  return failures;
}
