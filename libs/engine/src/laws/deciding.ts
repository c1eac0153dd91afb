import type { CaseCommand } from '../commands.ts';
import type { decide, Decision } from '../decide.ts';
import type { Env, Models } from '../env.ts';
import type { CaseState } from '../state.ts';
import { require } from './broken.ts';

export type Decide = typeof decide;

/** What one step may add when the bound of a decision is reached: a scope that ends with all that lives in it. */
const mostAfterTheBound = 400;

/**
 * Decides, and holds the decision to what is true of every decision: it is the same both times, on a state that stays
 * as it was; it is bounded; and nothing is thrown but refusals.
 * @param before the state as text
 * @param env a new one each time, that gives the same keys
 * @throws Broken, or whatever `decide` throws
 */
export function decideLawfully(
  decider: Decide,
  models: Models,
  state: CaseState,
  before: string,
  command: CaseCommand,
  env: () => Env,
): Decision {
  const { limits } = env();
  const first = decider(models, state, command, env());
  const second = decider(models, state, command, env());
  require(snapshot(state) === before, 'deciding changed the state that it was given');
  const said = (it: Decision): string => JSON.stringify('rejection' in it ? it.rejection : it.events);
  require(said(first) === said(second), 'the same command is decided in two ways');
  const { length } = 'rejection' in first ? [] : first.events;
  require(length <= limits.events + mostAfterTheBound, `${length} events of one command`);
  return first;
}

/** Folding gives the state that was decided: event by event, and the whole history at once. */
export function foldsTo(state: CaseState, text: string, how: string): void {
  require(snapshot(state) === text, `${how} folds to another state than the decision`);
}

/** All of a state as text, maps in their order. */
export function snapshot(state: CaseState): string {
  return JSON.stringify(state, (_, value: unknown) =>
    value !== null && typeof value === 'object' && Symbol.iterator in value && !Array.isArray(value)
      ? [...(value as Iterable<unknown>)]
      : value,
  );
}
