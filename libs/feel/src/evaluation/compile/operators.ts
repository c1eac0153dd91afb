import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { add, divide, multiply, negate as opposite, power, subtract } from '../arithmetic.ts';
import { and, equals, less, lessOrEqual, negate } from '../compare.ts';
import type { Truth } from '../compare.ts';
import type { Run } from '../run.ts';
import type { Value } from '../values.ts';
import { NotFeel, textOf } from './environment.ts';
import type { Environment } from './environment.ts';
import { constant, isConstant } from './scope.ts';
import type { Code, Evaluated } from './scope.ts';

type Binary = (a: Value, b: Value, run: Run) => Value;

const arithmetic: Readonly<Record<string, Binary>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
};

export function arithmeticExpression(node: Node, environment: Environment): Code {
  const [first, second, third] = parts(node);
  if (!first || !second) throw new NotFeel();
  if (!third) {
    const { at } = environment.compile(second, environment);
    return { at: (scope) => opposite(at(scope)) };
  }
  const operate = arithmetic[textOf(second, environment)];
  if (!operate) throw new NotFeel();
  const { at: left } = environment.compile(first, environment);
  const { at: right } = environment.compile(third, environment);
  return { at: (scope) => operate(left(scope), right(scope), scope.run) };
}

/** Three-valued: what is neither true nor false counts as unknown. DMN 1.3 §10.3.2.15 */
export function conjunction({ at: left }: Code, { at: right }: Code): Code {
  return {
    at: (scope) => {
      const a = left(scope);
      if (a === false) return false;
      const b = right(scope);
      if (b === false) return false;
      return a === true && b === true ? true : null;
    },
  };
}

export function disjunction({ at: left }: Code, { at: right }: Code): Code {
  return {
    at: (scope) => {
      const a = left(scope);
      if (a === true) return true;
      const b = right(scope);
      if (b === true) return true;
      return a === false && b === false ? false : null;
    },
  };
}

export function ifExpression(node: Node, environment: Environment): Code {
  const [, condition, , yes, , no] = parts(node);
  if (!condition || !yes || !no) throw new NotFeel();
  const [test, consequent, alternative] = [condition, yes, no].map(
    (part) => environment.compile(part, environment).at,
  ) as [Evaluated, Evaluated, Evaluated];
  return { at: (scope) => (test(scope) === true ? consequent(scope) : alternative(scope)) };
}

export type Comparison = (a: Value, b: Value, run: Run) => Truth;

export const comparisons: Readonly<Record<string, Comparison>> = {
  '=': equals,
  '!=': (a, b, run) => negate(equals(a, b, run)),
  '<': less,
  '<=': lessOrEqual,
  '>': (a, b) => less(b, a),
  '>=': (a, b) => lessOrEqual(b, a),
};

/** The same for two numbers, the most frequent case. */
const numeric: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `a = b`, `a < b` and their like; comparisons with a constant take a shorter way to the same answer. */
export function comparison(operator: string, left: Code, right: Code): Code {
  const general = comparisons[operator];
  const ofNumbers = numeric[operator];
  if (!general || !ofNumbers) throw new NotFeel();
  const a = left.at;
  if (!isConstant(right)) {
    const b = right.at;
    return { at: (scope) => general(a(scope), b(scope), scope.run) };
  }
  const k = right.constant;
  if (k === null && operator === '=') return { at: (scope) => a(scope) === null };
  if (k === null && operator === '!=') return { at: (scope) => a(scope) !== null };
  if (typeof k === 'number') {
    return {
      at: (scope) => {
        const value = a(scope);
        return typeof value === 'number' ? ofNumbers(value, k) : general(value, k, scope.run);
      },
    };
  }
  if (typeof k === 'string' && (operator === '=' || operator === '!=')) {
    const whenSame = operator === '=';
    return {
      at: (scope) => {
        const value = a(scope);
        if (typeof value === 'string') return (value === k) === whenSame;
        return general(value, k, scope.run);
      },
    };
  }
  return { at: (scope) => general(a(scope), k, scope.run) };
}

/** `a between b and c` is `a >= b and a <= c`. */
export function between(value: Code, start: Code, end: Code): Code {
  return {
    at: (scope) => {
      const it = value.at(scope);
      return and(lessOrEqual(start.at(scope), it), lessOrEqual(it, end.at(scope)));
    },
  };
}

/** A literal that is always the same. */
export const nullLiteral = constant(null);
