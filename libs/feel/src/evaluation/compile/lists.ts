import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { normalName } from '../../syntax.ts';
import { entryOf, isContext, isList, Special } from '../values.ts';
import type { Value } from '../values.ts';
import { binding, nameIn, NotFeel } from './environment.ts';
import type { Environment } from './environment.ts';
import { isConstant } from './scope.ts';
import type { Code } from './scope.ts';

/**
 * `list[n]`, `list[condition]`: an item by its place, or the items for which the condition is true.
 * Whether it is the one or the other the value of the brackets says, seen from the first item.
 * Source: DMN 1.3 §10.3.2.5
 */
export function filterExpression(node: Node, environment: Environment): Code {
  const [target, , condition] = parts(node);
  if (!target || !condition) throw new NotFeel();
  const { at } = environment.compile(target, environment);
  const inner = environment.compile(condition, binding(environment, ['item']));
  if (isConstant(inner) && typeof inner.constant === 'number') {
    const place = inner.constant;
    return { at: (scope) => itemAt(listOf(at(scope)), place) };
  }
  const test = inner.at;
  return {
    at: (scope) => {
      const list = listOf(at(scope));
      if (list === null) return null;
      if (list.length === 0) return typeof test(scope.withItem(null)) === 'number' ? null : [];
      const kept: Value[] = [];
      for (const [index, item] of list.entries()) {
        scope.run.spend(1);
        const found = test(scope.withItem(item));
        if (index === 0 && typeof found === 'number') return itemAt(list, found);
        if (found === true) kept.push(item);
        else if (found !== false && found !== null) return null;
      }
      return kept;
    },
  };
}

/** What is no list counts as a list of one; null has no items. */
function listOf(value: Value): readonly Value[] | null {
  if (value === null) return null;
  return isList(value) ? value : [value];
}

/** @param place from 1, or from -1 backwards */
function itemAt(list: readonly Value[] | null, place: number): Value {
  if (list === null || !Number.isInteger(place) || place === 0) return null;
  return list[place > 0 ? place - 1 : list.length + place] ?? null;
}

/** `context.name`, `date.year`; of a list, the list of what it gives of each item. DMN 1.3 §10.3.2.5, §10.3.2.15 */
export function pathExpression(node: Node, environment: Environment): Code {
  const [target, , path] = parts(node);
  if (!target || !path) throw new NotFeel();
  const { at } = environment.compile(target, environment);
  const name = nameIn(path, environment);
  return {
    at: (scope) => {
      const value = at(scope);
      if (!isList(value)) return select(value, name);
      return selectEach(value, name, scope.run.spend.bind(scope.run));
    },
  };
}

function selectEach(list: readonly Value[], name: string, spend: (steps: number) => void): Value {
  spend(list.length);
  return list.map((item) => (isList(item) ? selectEach(item, name, spend) : select(item, name)));
}

function select(value: Value, name: string): Value {
  if (value instanceof Special) return value.property(name) ?? null;
  if (!isContext(value)) return null;
  const found = entryOf(value, name);
  if (found !== undefined) return found;
  // Spaces in names do not count: the entry may be spelled with more of them.
  if (!/\W/.test(name)) return null;
  const key = Object.keys(value).find((it) => normalName(it) === name);
  return key === undefined ? null : (value[key] ?? null);
}
