import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { entryOf, FeelFunction, isContext, isList, kindOf } from '../values.ts';
import type { Value } from '../values.ts';
import { nameIn, NotFeel, textOf } from './environment.ts';
import type { Environment } from './environment.ts';
import type { Code } from './scope.ts';

/** Whether a value is of a type. */
export type TypeTest = (value: Value) => boolean;

const named: Readonly<Record<string, TypeTest>> = {
  Any: (value) => value !== null,
  Null: (value) => value === null,
  duration: (value) => /duration$/.test(kindOf(value)),
};
const kinds = new Set([
  'boolean',
  'number',
  'string',
  'list',
  'context',
  'date',
  'time',
  'date and time',
  'days and time duration',
  'years and months duration',
  'range',
  'function',
]);

/**
 * `value instance of type`.
 * `list`, `context`, `range` and `function` may stand without their parameters, as in Camunda.
 * Source: DMN 1.3 §10.3.2.15, "Semantics of type-checking"
 */
export function instanceOfExpression(node: Node, environment: Environment): Code {
  const [target, , , type] = parts(node);
  if (!target || !type) throw new NotFeel();
  const { at } = environment.compile(target, environment);
  const test = typeTest(type, environment);
  return { at: (scope) => test(at(scope)) };
}

/** @throws NotFeel for a type that does not exist */
export function typeTest(node: Node, environment: Environment): TypeTest {
  switch (node.name) {
    case 'Type': {
      const [inner] = parts(node);
      if (!inner) throw new NotFeel();
      return typeTest(inner, environment);
    }
    case 'ListType': {
      const element = parts(node).find(({ name }) => name === 'Type');
      if (!element) throw new NotFeel();
      const test = typeTest(element, environment);
      return (value) => isList(value) && value.every((item) => item === null || test(item));
    }
    case 'ContextType':
      return contextTest(node, environment);
    case 'FunctionType': {
      const arity = parts(node).find(({ name }) => name === 'ArgumentTypes');
      const count = arity ? parts(arity).length : 0;
      return (value) => value instanceof FeelFunction && value.parameters.length === count;
    }
    default: {
      const name = textOf(node, environment).replace(/\s+/g, ' ').trim();
      if (kinds.has(name)) return (value) => kindOf(value) === name;
      const test = Object.hasOwn(named, name) ? named[name] : undefined;
      if (!test) throw new NotFeel(`There is no type "${name}".`);
      return test;
    }
  }
}

function contextTest(node: Node, environment: Environment): TypeTest {
  const list = parts(node).find(({ name }) => name === 'ContextEntryTypes');
  const entries = (list ? parts(list) : []).map((entry) => {
    const [name, type] = parts(entry);
    if (!name || !type) throw new NotFeel();
    return { key: nameIn(name, environment), test: typeTest(type, environment) };
  });
  return (value) =>
    isContext(value) &&
    entries.every(({ key, test }) => {
      const entry = entryOf(value, key);
      return entry !== undefined && (entry === null || test(entry));
    });
}
