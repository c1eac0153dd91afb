import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import type { Truth } from '../compare.ts';
import { and, or } from '../compare.ts';
import { FeelRange } from '../range.ts';
import { FeelDate } from '../temporal/temporal.ts';
import { isList } from '../values.ts';
import type { Value } from '../values.ts';
import { binding, nameIn, NotFeel } from './environment.ts';
import type { Environment } from './environment.ts';
import type { Code, Evaluated, Scope } from './scope.ts';

/** One `name in domain`. A domain that is neither list nor range of whole numbers or days is null. */
interface Iterator {
  readonly name: string;
  readonly domain: (scope: Scope) => Iterable<Value> | null;
}

/**
 * `for i in xs, j in 1..3 return e`: the later iterators turn faster; `partial` holds the results so far.
 * Source: DMN 1.3 §10.3.2.14
 */
export function forExpression(node: Node, environment: Environment): Code {
  const [, iterators, , body] = parts(node);
  if (!iterators || !body) throw new NotFeel();
  const [all, inner] = iteratorsOf(iterators, binding(environment, ['partial']));
  const { at } = environment.compile(body, inner);
  return {
    at: (scope) => {
      const partial: Value[] = [];
      const complete = iterate(all, scope.within({ partial }), (within) => {
        partial.push(at(within));
        return true;
      });
      return complete ? partial : null;
    },
  };
}

/** `some x in xs satisfies e`, `every …`: three-valued `or` and `and`. DMN 1.3 §10.3.2.15 */
export function quantifiedExpression(node: Node, environment: Environment): Code {
  const [quantifier, iterators, , condition] = parts(node);
  if (!quantifier || !iterators || !condition) throw new NotFeel();
  const [all, inner] = iteratorsOf(iterators, environment);
  const { at } = environment.compile(condition, inner);
  const isSome = quantifier.name === 'some';
  return {
    at: (scope) => {
      let found: Truth = !isSome;
      const complete = iterate(all, scope, (within) => {
        const value = at(within);
        const truth = typeof value === 'boolean' ? value : null;
        found = isSome ? or(found, truth) : and(found, truth);
        return found !== isSome;
      });
      return complete ? found : null;
    },
  };
}

function iteratorsOf(node: Node, environment: Environment): [Iterator[], Environment] {
  let inner = environment;
  const iterators = parts(node).map((part) => {
    const [name, , domain] = parts(part);
    if (!name || !domain) throw new NotFeel();
    const iterator = { name: nameIn(name, environment), domain: domainOf(domain, inner) };
    inner = binding(inner, [iterator.name]);
    return iterator;
  });
  return [iterators, inner];
}

function domainOf(node: Node, environment: Environment): Iterator['domain'] {
  const [first, , last] = parts(node);
  if (!first) throw new NotFeel();
  const start: Evaluated = environment.compile(first, environment).at;
  if (!last) return (scope) => itemsOf(start(scope));
  const end = environment.compile(last, environment).at;
  return (scope) => between(start(scope), end(scope));
}

function itemsOf(value: Value): Iterable<Value> | null {
  if (isList(value)) return value;
  if (!(value instanceof FeelRange) || !value.startIncluded || !value.endIncluded) return null;
  return between(value.start, value.end);
}

/** Whole numbers or days from one to another, upwards or downwards. */
function between(start: Value, end: Value): Iterable<Value> | null {
  if (start instanceof FeelDate && end instanceof FeelDate) {
    return map(count(start.day, end.day), (day) => new FeelDate(day));
  }
  return Number.isSafeInteger(start) && Number.isSafeInteger(end)
    ? count(start as number, end as number)
    : null;
}

function* count(from: number, to: number): Iterable<number> {
  const step = from <= to ? 1 : -1;
  for (let at = from; at !== to; at += step) yield at;
  yield to;
}

function* map<T, U>(items: Iterable<T>, change: (item: T) => U): Iterable<U> {
  for (const item of items) yield change(item);
}

/**
 * Visits the cross product of the domains until a visit says to stop.
 * @returns false when a domain gives nothing to iterate over
 */
function iterate(iterators: readonly Iterator[], scope: Scope, visit: (within: Scope) => boolean): boolean {
  let stopped = false;
  const turn = (index: number, within: Scope): boolean => {
    const iterator = iterators[index];
    if (!iterator) {
      stopped = !visit(within);
      return true;
    }
    const items = iterator.domain(within);
    if (items === null) return false;
    for (const item of items) {
      scope.run.spend(1);
      if (!turn(index + 1, within.within({ [iterator.name]: item }))) return false;
      if (stopped) return true;
    }
    return true;
  };
  return turn(0, scope);
}
