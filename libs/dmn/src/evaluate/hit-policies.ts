import { readExpression } from '@iter/feel';
import type { Expression, Json, Shape } from '@iter/feel';
import type { Aggregation, DecisionTable, OutputClause } from '../model.ts';
import { shapeOfType } from '../read/shapes.ts';
import { equal } from './equal.ts';
import type { Run } from './run.ts';
import { fail } from './run.ts';
import { Scope } from './scope.ts';

/** A rule that matched. */
export interface Hit {
  readonly number: number;
  readonly outputs: readonly Json[];
}

const nothing = new Scope(new Map(), new Map());

/**
 * What the hit policy makes of the rules that matched, in the order of the table.
 *
 * - UNIQUE: the one; several are a violation. ANY: the first of equals; different ones are a violation.
 * - FIRST: the first. PRIORITY: the first by the order of the output values.
 * - RULE ORDER and COLLECT: a list in the order of the table. OUTPUT ORDER: by the order of the output values.
 * - COLLECT with SUM, MIN, MAX: FEEL's `sum`, `min`, `max` of all outputs, equal ones included (as since DMN 1.2),
 *   null of none. COUNT: their number, 0 of none.
 * @param fallback the default outputs, for when none matched; null when there are none
 * @throws DecisionFailure `hit-policy-violated`, `output-not-allowed`, `aggregation-failed`
 * Source: DMN 1.3 §8.2.8, §8.2.10 (compound outputs: priorities from the left), §8.2.11
 */
export function applyHitPolicy(
  run: Run,
  table: DecisionTable,
  hits: readonly Hit[],
  fallback: () => readonly Json[] | null,
): Json {
  const { hitPolicy, aggregation } = table;
  const ranked = hits.map((hit) => ({ ...hit, ranks: ranksOf(run, table.outputs, hit) }));
  const isList = aggregation === null && (hitPolicy === 'COLLECT' || hitPolicy.endsWith('ORDER'));
  if (hits.length === 0) {
    const outputs = fallback();
    if (outputs) return isList ? [valueOf(table, outputs)] : valueOf(table, outputs);
    return isList ? [] : aggregation === 'COUNT' ? 0 : null;
  }
  const values = (some: readonly Hit[]): readonly Json[] =>
    some.map(({ outputs }) => valueOf(table, outputs));
  const [first = null] = values(hits);
  switch (hitPolicy) {
    case 'UNIQUE':
      return hits.length === 1 ? first : violated('ne può valere una sola', hits);
    case 'ANY': {
      const other = hits.find(({ outputs }) => !equal(outputs, hits[0]?.outputs ?? []));
      return other ? violated('quelle che valgono devono concludere lo stesso', hits) : first;
    }
    case 'FIRST':
      return first;
    case 'PRIORITY':
      return values(ranked.toSorted(byRank))[0] ?? null;
    case 'RULE ORDER':
      return values(hits);
    case 'OUTPUT ORDER':
      return values(ranked.toSorted(byRank));
    case 'COLLECT':
      return aggregation === null ? values(hits) : aggregate(run, aggregation, values(hits), table.outputs);
  }
}

function valueOf({ outputs }: DecisionTable, values: readonly Json[]): Json {
  if (outputs.length === 1) return values[0] ?? null;
  return Object.fromEntries(
    outputs.map(({ name, label }, i): [string, Json] => [name ?? label, values[i] ?? null]),
  );
}

function violated(rule: string, hits: readonly Hit[]): never {
  const numbers = hits.map(({ number }) => number).join(', ');
  return fail('hit-policy-violated', `Valgono le regole ${numbers}, e ${rule}.`);
}

/** Where each output stands among its output values; an empty output comes last. */
function ranksOf(run: Run, outputs: readonly OutputClause[], hit: Hit): readonly number[] {
  return outputs.map(({ values, label }, i) => {
    const value = hit.outputs[i] ?? null;
    if (values === null) return 0;
    const rank = values.findIndex((test) => run.feel(test, nothing, ['?', value]) === true);
    if (rank === -1 && value !== null) {
      fail('output-not-allowed', `La regola ${hit.number} non dà per «${label}» uno dei valori ammessi.`);
    }
    return rank === -1 ? values.length : rank;
  });
}

function byRank(a: { readonly ranks: readonly number[] }, b: { readonly ranks: readonly number[] }): number {
  for (const [i, rank] of a.ranks.entries()) {
    const difference = rank - (b.ranks[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const functionsOf = { SUM: 'sum', MIN: 'min', MAX: 'max' } as const;

function aggregate(
  run: Run,
  aggregation: Aggregation,
  values: readonly Json[],
  [output]: readonly OutputClause[],
): Json {
  if (aggregation === 'COUNT') return values.length;
  const read = readExpression(`${functionsOf[aggregation]}(outputs)`, { plainString: false });
  if (!read.ok) throw new Error(read.message);
  const shape = shapeOfType(output?.type ?? null);
  const expression: Expression = shape === null ? read.expression : withShape(read.expression, shape);
  const value = run.feel(expression, nothing, ['outputs', values]);
  return value ?? fail('aggregation-failed', `Di ciò che le regole concludono non c’è ${aggregation}.`);
}

function withShape(expression: Expression, shape: Shape): Expression {
  return { ...expression, shapes: { outputs: { items: shape } } };
}
