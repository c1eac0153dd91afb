import type { Expression } from '../../expression.ts';
import { parse, parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { entryOf } from '../values.ts';
import { functionDefinition, invocation } from './calls.ts';
import { environmentOf, NotFeel } from './environment.ts';
import type { Environment } from './environment.ts';
import { forExpression, quantifiedExpression } from './iteration.ts';
import { filterExpression, pathExpression } from './lists.ts';
import { atLiteral, context, list, numberLiteral, stringLiteral } from './literals.ts';
import { variableName } from './names.ts';
import { arithmeticExpression, ifExpression, nullLiteral } from './operators.ts';
import { constant } from './scope.ts';
import type { Code, Evaluated } from './scope.ts';
import { condition, rangeExpression, unaryTests } from './tests.ts';
import { instanceOfExpression } from './types.ts';

export { NotFeel } from './environment.ts';
export { Scope } from './scope.ts';
export type { Evaluated } from './scope.ts';

/**
 * Makes an expression ready to be evaluated any number of times: its tree becomes functions.
 * @throws NotFeel for a text that deployment would refuse
 */
export function compile(expression: Omit<Expression, 'cheap' | 'constant'>): Evaluated {
  const { text, names, unary, calls = [] } = expression;
  const top = parse(text, unary ? 'UnaryTests' : 'Expression', [...names, ...calls]);
  refuseErrors(top);
  return compileTree(top, expression);
}

/** The same of a tree that has been parsed, without errors. */
export function compileTree(top: Node, expression: Omit<Expression, 'cheap' | 'constant'>): Evaluated {
  const { unary } = expression;
  const environment = environmentOf(expression, codeOf);
  if (!unary) return codeOf(top, environment).at;
  const test = unaryTests(top, environment);
  return (scope) => test(entryOf(scope.context, '?') ?? null, scope);
}

function refuseErrors(top: Node): void {
  top.cursor().iterate(({ type }) => {
    if (type.isError) throw new NotFeel();
  });
}

/** The grammar's table of contents; DMN 1.3 §10.3.1.2. */
function codeOf(node: Node, environment: Environment): Code {
  switch (node.name) {
    case 'Expression':
      return codeOf(only(node, 0), environment);
    case 'ParenthesizedExpression':
      return codeOf(only(node, 1), environment);
    case 'null':
      return nullLiteral;
    case 'BooleanLiteral':
      return constant(environment.text.slice(node.from, node.to) === 'true');
    case 'NumericLiteral':
      return numberLiteral(node, environment);
    case 'StringLiteral':
      return stringLiteral(node, environment);
    case 'List':
      return list(node, environment);
    case 'Context':
      return context(node, environment);
    case 'VariableName':
      return variableName(node, environment);
    case 'ArithmeticExpression':
      return arithmeticExpression(node, environment);
    case 'Comparison':
    case 'Conjunction':
    case 'Disjunction':
      return condition(node, environment);
    case 'IfExpression':
      return ifExpression(node, environment);
    case 'ForExpression':
      return forExpression(node, environment);
    case 'QuantifiedExpression':
      return quantifiedExpression(node, environment);
    case 'FilterExpression':
      return filterExpression(node, environment);
    case 'PathExpression':
      return pathExpression(node, environment);
    case 'InstanceOfExpression':
      return instanceOfExpression(node, environment);
    case 'FunctionDefinition':
      return functionDefinition(node, environment);
    case 'FunctionInvocation':
      return invocation(node, environment);
    case 'DateTimeLiteral':
      return only(node, 0).name === 'AtLiteral'
        ? atLiteral(only(node, 0), environment)
        : invocation(node, environment);
    case 'SimplePositiveUnaryTest':
      return rangeExpression(node, environment);
    default:
      throw new NotFeel();
  }
}

function only(node: Node, index: number): Node {
  const part = parts(node)[index];
  if (!part) throw new NotFeel();
  return part;
}
