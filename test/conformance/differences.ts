import type { Canonical } from './canonical.ts';

export interface Difference {
  readonly kind:
    | 'element-missing'
    | 'element-added'
    | 'attribute-missing'
    | 'attribute-added'
    | 'attribute-changed'
    | 'text-changed'
    | 'order-changed';
  /** Where, as the names and ids from the root down. */
  readonly path: string;
  /** What: an element, an attribute, or the children whose order changed. */
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** What the file says and what was written back does not, or says otherwise; empty: they mean the same. */
export function differences(before: Canonical, after: Canonical): readonly Difference[] {
  if (before.key !== after.key) {
    const path = '/';
    return [
      { kind: 'element-missing', path, name: label(before) },
      { kind: 'element-added', path, name: label(after) },
    ];
  }
  return within(before, after, `/${label(before)}`);
}

function within(before: Canonical, after: Canonical, path: string): readonly Difference[] {
  return [...ofAttributes(before, after, path), ...ofContent(before, after, path)];
}

function ofAttributes(before: Canonical, after: Canonical, path: string): readonly Difference[] {
  const keys = new Set([...before.attributes.keys(), ...after.attributes.keys()]);
  return [...keys].flatMap((key): readonly Difference[] => {
    const [was, is] = [before.attributes.get(key), after.attributes.get(key)];
    if (was === is) return [];
    const name = `@${short(key)}`;
    if (is === undefined)
      return [{ kind: 'attribute-missing', path, name, ...(was === undefined ? {} : { before: was }) }];
    if (was === undefined) return [{ kind: 'attribute-added', path, name, after: is }];
    return [{ kind: 'attribute-changed', path, name, before: was, after: is }];
  });
}

type Part = Canonical | string;

function ofContent(before: Canonical, after: Canonical, path: string): readonly Difference[] {
  const pairs = match(before.content, after.content);
  const found: Difference[] = [];
  const places: number[] = [];
  for (const [i, part] of before.content.entries()) {
    const place = pairs[i] ?? -1;
    const other = after.content[place];
    if (other === undefined) found.push(absence('element-missing', part, path));
    else {
      places.push(place);
      if (typeof part !== 'string' && typeof other !== 'string') {
        found.push(...within(part, other, `${path}/${label(part)}`));
      } else if (typeof part === 'string' && typeof other === 'string' && part !== other) {
        found.push({ kind: 'text-changed', path, name: 'text', before: part, after: other });
      }
    }
  }
  const met = new Set(pairs);
  for (const [i, part] of after.content.entries()) {
    if (!met.has(i)) found.push(absence('element-added', part, path));
  }
  if (places.some((place, i) => i > 0 && place < (places[i - 1] ?? 0))) {
    const order = (content: readonly Part[]): string => content.map(label).join(' ');
    found.push({
      kind: 'order-changed',
      path,
      name: 'children',
      before: order(before.content),
      after: order(after.content),
    });
  }
  return found;
}

function absence(kind: 'element-missing' | 'element-added', part: Part, path: string): Difference {
  if (typeof part !== 'string') return { kind, path, name: label(part) };
  return kind === 'element-missing'
    ? { kind: 'text-changed', path, name: 'text', before: part, after: '' }
    : { kind: 'text-changed', path, name: 'text', before: '', after: part };
}

/**
 * For each part the place of its counterpart: by id, then the very same, then what stands at the same turn among
 * those of its name.
 */
function match(before: readonly Part[], after: readonly Part[]): readonly (number | undefined)[] {
  const free = new Set(after.keys());
  const pairs: (number | undefined)[] = before.map(() => undefined);
  for (const keyBy of [identity, exact, nameOf]) {
    const places = new Map<string, number[]>();
    for (const place of free) {
      const key = keyBy(after[place] ?? '');
      if (key !== null) places.set(key, [...(places.get(key) ?? []), place]);
    }
    for (const [i, part] of before.entries()) {
      if (pairs[i] !== undefined) continue;
      const key = keyBy(part);
      const place = key === null ? undefined : places.get(key)?.shift();
      if (place === undefined) continue;
      pairs[i] = place;
      free.delete(place);
    }
  }
  return pairs;
}

const identity = (part: Part): string | null =>
  typeof part === 'string' || part.id === null ? null : `${part.key} ${part.id}`;
const nameOf = (part: Part): string => (typeof part === 'string' ? '' : part.key);
const exact = (part: Part): string =>
  JSON.stringify(part, (_, value: unknown) => (value instanceof Map ? [...value].sort() : value));

const prefixes = new Map([
  ['http://www.omg.org/spec/BPMN/20100524/MODEL', 'bpmn'],
  ['http://www.omg.org/spec/BPMN/20100524/DI', 'bpmndi'],
  ['http://www.omg.org/spec/DD/20100524/DI', 'di'],
  ['http://www.omg.org/spec/DD/20100524/DC', 'dc'],
  ['http://www.w3.org/2001/XMLSchema-instance', 'xsi'],
  ['http://camunda.org/schema/zeebe/1.0', 'zeebe'],
  ['urn:iter:bpmn:1', 'iter'],
]);

/** A name for people: the usual prefix for what is usual. */
function short(key: string): string {
  const [, uri = '', local = ''] = /^\{(.*)\}(.*)$/.exec(key) ?? [];
  const prefix = prefixes.get(uri);
  return prefix === undefined ? key : `${prefix}:${local}`;
}

function label(part: Part): string {
  if (typeof part === 'string') return part.length > 40 ? `“${part.slice(0, 40)}…”` : `“${part}”`;
  const [only] = part.content;
  const value = part.id === null && part.content.length === 1 && typeof only === 'string' ? `=${only}` : '';
  return `${short(part.key)}${part.id === null ? value : `#${part.id}`}`;
}
