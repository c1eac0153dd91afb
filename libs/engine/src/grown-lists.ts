import type { Json } from '@iter/process-model';
import type { Variables } from './events.ts';
import { isSame } from './same.ts';

/** What was added at the end of lists, by variable. */
export type Appended = Readonly<Record<string, readonly Json[]>>;

/** Lists shorter than this are told whole: a history reads better so, and nothing is lost. */
const toldWhole = 16;

/**
 * What an event has to tell of variables that are set: of a list that has only grown what was added to it. The four
 * hundredth reply to a call then costs what the first one did, not the four hundred before it as well.
 * @param former what the variables of the scope were
 */
export function withoutWhatWasThere(
  former: Variables,
  set: Variables,
): { readonly variables: Variables; readonly appended?: Appended } {
  const variables: Record<string, Json> = {};
  const appended: Record<string, readonly Json[]> = {};
  for (const [name, value] of Object.entries(set)) {
    const before = former[name];
    if (isLong(before) && Array.isArray(value) && beginsWith(value as readonly Json[], before)) {
      appended[name] = (value as readonly Json[]).slice(before.length);
    } else variables[name] = value;
  }
  return Object.keys(appended).length > 0 ? { variables, appended } : { variables };
}

/** The variables of a scope after lists of it have grown. */
export function withAppended(former: Variables, appended: Appended): Variables {
  const grown = Object.entries(appended).map(([name, added]): [string, Json] => {
    const before = former[name];
    return [name, [...(Array.isArray(before) ? (before as readonly Json[]) : []), ...added]];
  });
  return Object.fromEntries(grown);
}

const isLong = (value: Json | undefined): value is readonly Json[] =>
  Array.isArray(value) && value.length >= toldWhole;

const beginsWith = (list: readonly Json[], start: readonly Json[]): boolean =>
  list.length >= start.length && start.every((item, i) => isSame(item, list[i]));
