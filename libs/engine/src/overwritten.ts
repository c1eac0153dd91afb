import type { Json } from '@iter/process-model';
import type { Key, Variables } from './events.ts';
import { isSame } from './same.ts';
import { scopeOf } from './state.ts';
import type { CaseState } from './state.ts';

/** Values of a scope that a command put in place of others; `before` is null where there was none. */
export interface Overwritten {
  readonly scope: Key | null;
  readonly before: Variables;
  readonly after: Variables;
}

/**
 * What the completion of a task overwrote, by its outputs and by what ran after it in the same command. What was typed where
 * nothing had been stays out: it is what the form shows when the task is done anew.
 */
export function overwrittenBy(before: CaseState, after: CaseState, typed: Variables): readonly Overwritten[] {
  return [null, ...before.elements.keys()].flatMap((scope) => {
    const was = scopeOf(before, scope)?.variables ?? {};
    const is = scopeOf(after, scope)?.variables;
    const names = Object.keys(is ?? {}).filter(
      (name) =>
        !isSame(is?.[name], was[name]) && (Object.hasOwn(was, name) || !isSame(is?.[name], typed[name])),
    );
    if (!is || names.length === 0) return [];
    const pick = (from: Variables): Variables =>
      Object.fromEntries(names.map((name): [string, Json] => [name, from[name] ?? null]));
    return [{ scope, before: pick(was), after: pick(is) }];
  });
}
