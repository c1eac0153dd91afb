import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { negate, or } from '../compare.ts';
import type { Truth } from '../compare.ts';
import { isAmong, isIn, liesBetween, rangeBetween, rangeOf } from '../membership.ts';
import type { Ordering } from '../membership.ts';
import type { Value } from '../values.ts';
import { asks, chainOf, isMembership } from './chain.ts';
import type { Operand } from './chain.ts';
import { binding, NotFeel, textOf } from './environment.ts';
import type { Environment } from './environment.ts';
import { between, comparison, comparisons, conjunction, disjunction } from './operators.ts';
import type { Code, Scope } from './scope.ts';

/** Whether a value passes a test; null when it cannot be said. */
export type Test = (value: Value, scope: Scope) => Truth;

/** `a and b`, `a or b`, `a in …`, alone or in a chain. */
export function condition(node: Node, environment: Environment): Code {
  const { operands, operators } = chainOf(node, environment);
  const codes = operands.map((operand) => operandCode(operand, environment));
  // Conjunctions first, then what stands between the `or`s.
  const groups = codes.reduce<Code[][]>((found, code, index) => {
    if (index === 0 || operators[index - 1] === 'or') return [...found, [code]];
    found.at(-1)?.push(code);
    return found;
  }, []);
  return groups.map((group) => group.reduce(conjunction)).reduce(disjunction);
}

function operandCode(operand: Operand, environment: Environment): Code {
  if (!isMembership(operand)) {
    return operand.name === 'Comparison'
      ? comparisonExpression(operand, environment)
      : environment.compile(operand, environment);
  }
  const { at } = environment.compile(operand.value, environment);
  const test =
    operand.operator === null
      ? testBy(operand.test, environment)
      : orderTest(operand.operator, operand.test, environment);
  return { at: (scope) => test(at(scope), scope) };
}

/** `a = b`, `a between b and c`, `a in …`; DMN 1.3 §10.3.1.2, grammar rule 49. */
function comparisonExpression(node: Node, environment: Environment): Code {
  const [left, operator, ...rest] = parts(node);
  const [first, , third] = rest;
  if (!left || !operator || !first) throw new NotFeel();
  const value = environment.compile(left, environment);
  if (operator.name === 'in') {
    const test = anyOf(rest, environment);
    return { at: (scope) => test(value.at(scope), scope) };
  }
  const other = environment.compile(first, environment);
  if (operator.name === 'between') {
    if (!third) throw new NotFeel();
    return between(value, other, environment.compile(third, environment));
  }
  return comparison(textOf(operator, environment), value, other);
}

/** The tests within some nodes: the value passes when it passes one. */
function anyOf(nodes: readonly Node[], environment: Environment): Test {
  const tests = nodes.flatMap((node) => {
    if (node.name === 'PositiveUnaryTests') return parts(node).map((it) => positiveTest(it, environment));
    return node.name === 'PositiveUnaryTest' ? [positiveTest(node, environment)] : [];
  });
  const [only] = tests;
  if (!only) throw new NotFeel();
  if (tests.length === 1) return only;
  return (value, scope) => {
    let found: Truth = false;
    for (const test of tests) {
      found = or(found, test(value, scope));
      if (found === true) return true;
    }
    return found;
  };
}

/**
 * A decision table's cell: true or false of the value, null when its tests cannot be made of it. A value satisfies a
 * cell of which true is said; `not(…)` says true where its tests say false.
 * Source: DMN 1.3 §10.3.2.10
 */
export function unaryTests(node: Node, environment: Environment): Test {
  const children = parts(node);
  if (children[0]?.name === 'Wildcard') return () => true;
  const test = anyOf(children, environment);
  return children[0]?.name === 'not' ? (value, scope) => negate(test(value, scope)) : test;
}

function positiveTest(node: Node, environment: Environment): Test {
  const [inner] = parts(node);
  if (!inner) throw new NotFeel();
  return testBy(inner, environment);
}

/** The test that an expression is, where it stands as one. */
function testBy(node: Node, environment: Environment): Test {
  let inner: Node | undefined = node;
  while (inner?.name === 'ParenthesizedExpression' && parts(inner)[1]?.name === 'SimplePositiveUnaryTest') {
    inner = parts(inner)[1];
  }
  if (!inner) throw new NotFeel();
  if (inner.name === 'SimplePositiveUnaryTest') return simpleTest(inner, environment);
  if (asks(inner, environment)) {
    const { at } = environment.compile(inner, binding(environment, ['?']));
    return (value, scope) => truth(at(scope.within({ '?': value })));
  }
  if (inner.name === 'List') {
    const { at } = environment.compile(inner, environment);
    return (value, scope) => isAmong(value, at(scope) as readonly Value[], scope.run);
  }
  const { at } = environment.compile(inner, environment);
  if (!speaksForItself.has(inner.name)) return (value, scope) => isIn(value, at(scope), scope.run);
  // Camunda's tables also hold conditions that do not look at the value.
  return (value, scope) => {
    const found = at(scope);
    return typeof found === 'boolean' && typeof value !== 'boolean' ? found : isIn(value, found, scope.run);
  };
}

const speaksForItself = new Set([
  'Comparison',
  'Conjunction',
  'Disjunction',
  'QuantifiedExpression',
  'InstanceOfExpression',
  'FunctionInvocation',
]);

const truth = (value: Value): Truth => (typeof value === 'boolean' ? value : null);

function simpleTest(node: Node, environment: Environment): Test {
  const [first, second] = parts(node);
  if (!first) throw new NotFeel();
  if (first.name === 'Interval') {
    const { start, end, startIncluded, endIncluded } = interval(first, environment);
    return (value, scope) => liesBetween(value, start.at(scope), end.at(scope), startIncluded, endIncluded);
  }
  if (!second) throw new NotFeel();
  return orderTest(textOf(first, environment), second, environment);
}

/** `< 5` and its like. */
function orderTest(operator: string, endpoint: Node, environment: Environment): Test {
  const compare = comparisons[operator];
  if (!compare) throw new NotFeel();
  const { at } = endpointCode(endpoint, environment);
  return (value, scope) => compare(value, at(scope), scope.run);
}

/** A condition has no order: who writes `< 3 and x` means something else. */
function endpointCode(node: Node, environment: Environment): Code {
  if (conditions.has(node.name)) {
    throw new NotFeel(`"${textOf(node, environment)}" is a condition, not a value to compare with.`);
  }
  return environment.compile(node, environment);
}

const conditions = new Set(['Conjunction', 'Disjunction', 'Comparison', 'SimplePositiveUnaryTest']);

function interval(node: Node, environment: Environment) {
  const [open, start, , end, close] = parts(node);
  if (!open || !start || !end || !close) throw new NotFeel();
  return {
    start: environment.compile(start, environment),
    end: environment.compile(end, environment),
    startIncluded: open.name === '[',
    endIncluded: close.name === ']',
  };
}

/** A test that stands as a value: the range that it is. */
export function rangeExpression(node: Node, environment: Environment): Code {
  const [first, second] = parts(node);
  if (!first) throw new NotFeel();
  if (first.name === 'Interval') {
    const { start, end, startIncluded, endIncluded } = interval(first, environment);
    return { at: (scope) => rangeBetween(start.at(scope), end.at(scope), startIncluded, endIncluded) };
  }
  const operator = textOf(first, environment);
  if (!second || !/^[<>]=?$/.test(operator)) throw new NotFeel();
  const { at } = endpointCode(second, environment);
  return { at: (scope) => rangeOf(operator as Ordering, at(scope)) };
}
