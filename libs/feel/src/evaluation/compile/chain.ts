import { parts } from '../../syntax.ts';
import type { Node } from '../../syntax.ts';
import { NotFeel, textOf } from './environment.ts';
import type { Environment } from './environment.ts';

/** An operand of `and` and `or`: a node, or a value and the test behind its `in`. */
export type Operand = Node | Membership;

export interface Membership {
  readonly value: Node;
  /** Of a test like `< 5`. */
  readonly operator: string | null;
  readonly test: Node;
}

export interface Chain {
  readonly operands: readonly Operand[];
  /** Between the operands. */
  readonly operators: readonly ('and' | 'or')[];
}

export const isMembership = (operand: Operand): operand is Membership => 'test' in operand;

/**
 * The operands and operators of a condition, as they stand one behind the other.
 * The grammar in use takes all that follows an `in` for its test: `x in [1, 2] and y` as `x in ([1, 2] and y)`. By
 * the standard comparison binds more tightly than conjunction, and that more than disjunction: the operands are laid
 * out flat here, to be grouped anew. Only a test that asks with `?`, where nobody else does, keeps all that follows.
 * Source: DMN 1.3 §10.3.1.2, grammar rules 2 and 49
 */
export function chainOf(node: Node, environment: Environment): Chain {
  if (node.name === 'Conjunction' || node.name === 'Disjunction') {
    const [left, operator, right] = parts(node);
    if (!left || !operator || !right) throw new NotFeel();
    const [before, after] = [chainOf(left, environment), chainOf(right, environment)];
    return {
      operands: [...before.operands, ...after.operands],
      operators: [...before.operators, operator.name === 'or' ? 'or' : 'and', ...after.operators],
    };
  }
  return openTest(node, environment) ?? { operands: [node], operators: [] };
}

/** The chain that a greedy `in` has swallowed; null when it has not. */
function openTest(node: Node, environment: Environment): Chain | null {
  const [value, operator, only, more] = parts(node);
  if (node.name !== 'Comparison' || operator?.name !== 'in' || only?.name !== 'PositiveUnaryTest' || more)
    return null;
  const [inner] = parts(only);
  if (!value || !inner) throw new NotFeel();
  const compared = endpointOf(inner);
  const swallowed = compared ?? inner;
  const known = environment.variables.has('?') || environment.bound.has('?');
  if (!known && asks(swallowed, environment)) return null;
  if (swallowed.name === 'Comparison') {
    throw new NotFeel(`What follows "in" must stand in parentheses: "${textOf(swallowed, environment)}".`);
  }
  const { operands, operators } = chainOf(swallowed, environment);
  const [test, ...rest] = operands;
  if (operators.length === 0 || !test || isMembership(test)) return null;
  const symbol = compared ? textOf(parts(inner)[0] ?? inner, environment) : null;
  return { operands: [{ value, operator: symbol, test }, ...rest], operators };
}

/** What a test like `< 5` compares with. */
function endpointOf(node: Node): Node | undefined {
  return node.name === 'SimplePositiveUnaryTest' ? parts(node)[1] : undefined;
}

/** Whether an expression looks at the tested value itself. */
export function asks(node: Node, environment: Environment): boolean {
  if (node.name === 'VariableName') return textOf(node, environment) === '?';
  return parts(node).some((part) => asks(part, environment));
}
