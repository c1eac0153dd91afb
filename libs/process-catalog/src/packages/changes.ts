/** A value as JSON has it, in trees of any make. */
export type Tree = null | boolean | number | string | readonly Tree[] | { readonly [name: string]: Tree };

export interface Change {
  /** Names and keys from the top, `/` between them; items of lists by what names them. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** What people call the nearest thing around the place; absent: nothing there has a name. */
  readonly of?: string;
  readonly before?: Tree;
  readonly after?: Tree;
}

/**
 * What has changed from one tree to another. Items of lists that have names (id, key, name, …) are followed by them, so that
 * what has only moved has not changed; other lists are compared place by place.
 */
export function changesBetween(before: Tree, after: Tree, path = '', around?: string): readonly Change[] {
  if (same(before, after)) return [];
  const of = calledBy(after) ?? calledBy(before) ?? around;
  const known = of === undefined ? {} : { of };
  const [a, b] = [partsOf(before), partsOf(after)];
  const alike = Array.isArray(before) === Array.isArray(after);
  if (!a || !b || !alike) return [{ path, kind: 'changed', ...known, before, after }];
  const at = (name: string): string => (path === '' ? name : `${path}/${name}`);
  const only = (it: Tree): Pick<Change, 'of'> => {
    const called = calledBy(it) ?? of;
    return called === undefined ? {} : { of: called };
  };
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((name): readonly Change[] => {
    const [was, is] = [a.get(name), b.get(name)];
    if (was === undefined) return [{ path: at(name), kind: 'added', ...only(is!), after: is! }];
    if (is === undefined) return [{ path: at(name), kind: 'removed', ...only(was), before: was }];
    return changesBetween(was, is, at(name), of);
  });
}

/** The name or label of a thing, in Italian where it has several; undefined: it has none for people. */
export function calledBy(item: Tree): string | undefined {
  if (item === null || typeof item !== 'object' || isList(item)) return undefined;
  const label = item['label'] ?? item['name'];
  const text = typeof label === 'object' && label !== null && !isList(label) ? label['it'] : label;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

const same = (a: Tree, b: Tree): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The parts of a value by name; null: it has none to be compared one by one. */
function partsOf(value: Tree): ReadonlyMap<string, Tree> | null {
  if (value === null || typeof value !== 'object') return null;
  if (!isList(value)) return new Map(Object.entries(value));
  const names = value.map(nameOf);
  const named = names.every((name) => name !== null) && new Set(names).size === names.length;
  return new Map(value.map((item, i) => [named ? (names[i] as string) : String(i + 1), item]));
}

const isList = (value: object): value is readonly Tree[] => Array.isArray(value);

/** What tells an item of a list from its neighbours; entries of the catalogue also by when they begin to hold. */
function nameOf(item: Tree): string | null {
  if (item === null || typeof item !== 'object' || isList(item)) return null;
  const name = ['id', 'key', 'path', 'code', 'name', 'value']
    .map((it) => item[it])
    .find((it) => typeof it === 'string');
  if (name === undefined) return null;
  return typeof item['validFrom'] === 'string' ? `${name as string}@${item['validFrom']}` : (name as string);
}
