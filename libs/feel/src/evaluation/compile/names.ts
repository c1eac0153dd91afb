import type { Node } from '../../syntax.ts';
import type { Run } from '../run.ts';
import { entryOf, isList } from '../values.ts';
import type { Value } from '../values.ts';
import { nameIn, NotFeel } from './environment.ts';
import type { Environment } from './environment.ts';
import { constant, lookUp } from './scope.ts';
import type { Code } from './scope.ts';

/**
 * A name: of a scope within the expression, else of a variable, else null. Built-in functions are no values: a
 * variable that happens to have the name of one (`count`, `duration`) and is missing is null like any other.
 * Source: DMN 1.3 §10.3.2.11
 */
export function variableName(node: Node, environment: Environment): Code {
  const name = nameIn(node, environment);
  const variable = environment.variables.get(name) ?? null;
  if (name === '?' && variable === null && !environment.bound.has(name)) {
    throw new NotFeel('"?" is the value that a test looks at; nothing is tested here.');
  }
  if (environment.scoped) {
    if (name === 'partial' && environment.bound.has(name) && !isPassedThrough(node)) {
      return { at: (scope) => copied(lookUp(scope, name, variable) ?? null, scope.run) };
    }
    return { at: (scope) => lookUp(scope, name, variable) ?? null };
  }
  if (variable === null) return constant(null);
  return { at: (scope) => entryOf(scope.context, variable) ?? null };
}

/** The results so far go on growing: only a filter or path, which gives a new list, may see them as they are. */
function isPassedThrough({ parent, from }: Node): boolean {
  return (
    (parent?.name === 'FilterExpression' || parent?.name === 'PathExpression') &&
    parent.firstChild?.from === from
  );
}

function copied(value: Value, run: Run): Value {
  if (!isList(value)) return value;
  run.spend(value.length >> 3);
  return value.slice();
}
