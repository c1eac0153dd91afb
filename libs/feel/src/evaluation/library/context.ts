import { entryOf, isContext, putEntry } from '../values.ts';
import type { Context, Value } from '../values.ts';
import type { Run } from '../run.ts';
import { any, builtIn, context, list, listOf, signature, string } from './define.ts';

function merged(contexts: readonly Context[], run: Run): Value {
  const made: Record<string, Value> = {};
  for (const it of contexts) {
    run.spend(Object.keys(it).length);
    for (const [key, value] of Object.entries(it)) putEntry(made, key, value);
  }
  return made;
}

/** Puts a value at the end of a path of keys; contexts that the path lacks are made, as in Camunda. */
function put(target: Value, [key, ...rest]: readonly string[], value: Value, run: Run): Value {
  if (key === undefined || !(target === null || isContext(target))) return null;
  const inner = rest.length === 0 ? value : put(target && (entryOf(target, key) ?? null), rest, value, run);
  // Nothing could be put there.
  if (rest.length > 0 && inner === null) return null;
  const made: Record<string, Value> = {};
  putEntry(made, key, inner);
  return merged(target === null ? [made] : [target, made], run);
}

function contextOf(entries: readonly Context[]): Value {
  const made: Record<string, Value> = {};
  for (const entry of entries) {
    const [key, value] = [entryOf(entry, 'key'), entryOf(entry, 'value')];
    if (typeof key !== 'string' || value === undefined || Object.hasOwn(made, key)) return null;
    putEntry(made, key, value);
  }
  return made;
}

/** DMN 1.3 §10.3.4.10; Camunda 8, "Context functions". */
export const contextFunctions = {
  'get value': builtIn(
    signature('m, key', [context, string], (it, key) => entryOf(it, key) ?? null),
    signature('context, key', [context, string], (it, key) => entryOf(it, key) ?? null),
    signature('context, keys', [context, listOf(string)], (it, keys) => {
      if (keys.length === 0) return null;
      return keys.reduce<Value>((at, key) => (isContext(at) ? (entryOf(at, key) ?? null) : null), it);
    }),
  ),
  'get entries': builtIn(
    signature('m', [context], (it, run) => {
      run.spend(Object.keys(it).length);
      return Object.entries(it).map(([key, value]) => ({ key, value }));
    }),
  ),
  context: builtIn(signature('entries', [listOf(context)], contextOf)),
  'context put': builtIn(
    signature('context, key, value', [context, string, any], (it, key, value, run) =>
      put(it, [key], value, run),
    ),
    signature('context, keys, value', [context, listOf(string), any], put),
  ),
  'context merge': builtIn(
    signature('contexts', [listOf(context)], merged),
    signature('...contexts', [listOf(context)], merged),
  ),
  put: builtIn(
    signature('context, key, value', [context, string, any], (it, key, value, run) =>
      put(it, [key], value, run),
    ),
  ),
  'put all': builtIn(
    signature('contexts', [list], (items, run) => (items.every(isContext) ? merged(items, run) : null)),
    signature('...contexts', [list], (items, run) => (items.every(isContext) ? merged(items, run) : null)),
  ),
};
