import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { libraryFunction, isRepeatable } from '../library/index.ts';
import { Exhausted, Meter, Run } from '../run.ts';
import { FeelFunction, isList, putEntry } from '../values.ts';
import type { Value } from '../values.ts';
import { binding, nameIn, NotFeel } from './environment.ts';
import type { Environment } from './environment.ts';
import { constant, isConstant } from './scope.ts';
import type { Code, Scope } from './scope.ts';
import { typeTest } from './types.ts';
import type { TypeTest } from './types.ts';

type Arguments = readonly Value[] | ReadonlyMap<string, Value>;

/** `f(a, b)`, `f(x: a, y: b)`: null when it is no function or the arguments are not its own. DMN 1.3 §10.3.2.13 */
export function invocation(node: Node, environment: Environment): Code {
  const [callee, ...rest] = parts(node);
  if (!callee) throw new NotFeel();
  const given = argumentsOf(rest, environment);
  const name = nameIn(callee, environment);
  const builtIn = isLibrarys(callee, name, environment) ? libraryFunction(name) : undefined;
  if (!builtIn) {
    const { at } = environment.compile(callee, environment);
    return { at: (scope) => call(at(scope), given.at(scope), scope.run) };
  }
  if (given.constant && isRepeatable(name)) {
    const known = beforehand(builtIn, given.constant);
    if (known !== undefined) return constant(known);
  }
  return { at: (scope) => builtIn.call(given.at(scope), scope.run) };
}

/** `date(…)` and its like are the grammar's own; other names may be somebody else's. */
function isLibrarys(callee: Node, name: string, { bound }: Environment): boolean {
  if (callee.name === 'DateTimeConstructor') return true;
  return (callee.name === 'VariableName' || callee.name === 'SpecialFunctionName') && !bound.has(name);
}

function call(target: Value, given: Arguments, run: Run): Value {
  return target instanceof FeelFunction ? run.enter(() => target.call(given, run)) : null;
}

/** What cannot be computed beforehand is computed, and fails, when it is its turn. */
function beforehand(builtIn: FeelFunction, given: Arguments): Value | undefined {
  try {
    const meter = new Meter(10_000, () => {});
    return builtIn.call(given, new Run(meter, { steps: 10_000, size: 10_000, depth: 100 }, never, never));
  } catch {
    return undefined;
  }
}

const never = (): never => {
  throw new Exhausted();
};

interface Given {
  readonly at: (scope: Scope) => Arguments;
  readonly constant?: Arguments;
}

function argumentsOf(nodes: readonly Node[], environment: Environment): Given {
  const named = nodes.find(({ name }) => name === 'NamedParameters');
  if (named) {
    const parameters = parts(named).map((node) => {
      const [name, value] = parts(node);
      if (!name || !value) throw new NotFeel();
      return { name: nameIn(name, environment), at: environment.compile(value, environment).at };
    });
    return { at: (scope) => new Map(parameters.map(({ name, at }) => [name, at(scope)])) };
  }
  const positional = nodes.find(({ name }) => name === 'PositionalParameters');
  const codes = (positional ? parts(positional) : []).map((node) => environment.compile(node, environment));
  const evaluated = codes.map(({ at }) => at);
  const at = (scope: Scope): Arguments => evaluated.map((it) => it(scope));
  return codes.every(isConstant) ? { at, constant: codes.map((code) => code.constant) } : { at };
}

interface Parameter {
  readonly name: string;
  readonly test: TypeTest | null;
}

/** `function(a, b: number) e`, closed over the scope in which it stands. DMN 1.3 §10.3.2.8 */
export function functionDefinition(node: Node, environment: Environment): Code {
  const children = parts(node);
  const formal = children.find(({ name }) => name === 'FormalParameters');
  const body = children.find(({ name }) => name === 'FunctionBody');
  const expression = body ? parts(body)[0] : undefined;
  if (!expression || children.some(({ name }) => name === 'external')) throw new NotFeel();
  const parameters = (formal ? parts(formal) : []).map((parameter): Parameter => {
    const [name, type] = parts(parameter);
    if (!name) throw new NotFeel();
    return { name: nameIn(name, environment), test: type ? typeTest(type, environment) : null };
  });
  const names = parameters.map(({ name }) => name);
  const { at } = environment.compile(expression, binding(environment, names));
  return {
    at: (scope) =>
      new FeelFunction(names, (given) => {
        const bound = bind(parameters, given);
        return bound ? at(scope.within(bound)) : null;
      }),
  };
}

/** @returns null when an argument is missing, is of another type, or is nobody's */
function bind(parameters: readonly Parameter[], given: Arguments): Record<string, Value> | null {
  const positional = isPositional(given);
  if ((positional ? given.length : given.size) > parameters.length) return null;
  if (positional && given.length < parameters.length) return null;
  if (!positional && [...given.keys()].some((key) => !parameters.some(({ name }) => name === key)))
    return null;
  const bound: Record<string, Value> = {};
  for (const [index, { name, test }] of parameters.entries()) {
    const value = (positional ? given[index] : given.get(name)) ?? null;
    const fitting = fit(value, test);
    if (fitting === undefined) return null;
    putEntry(bound, name, fitting);
  }
  return bound;
}

const isPositional = (given: Arguments): given is readonly Value[] => Array.isArray(given);

/** The value as a parameter takes it: as it is, or out of a list of one. DMN 1.3 §10.3.2.9.4 */
function fit(value: Value, test: TypeTest | null): Value | undefined {
  if (test === null || value === null || test(value)) return value;
  const [only] = isList(value) && value.length === 1 ? value : [];
  return only !== undefined && test(only) ? only : undefined;
}
