import type { Json } from '@iter/feel';
import type { DecisionTable, OutputClause, Rule } from '../model.ts';
import { cellInput } from '../read/cells.ts';
import { applyHitPolicy } from './hit-policies.ts';
import type { Hit } from './hit-policies.ts';
import type { Run, Trace } from './run.ts';
import { fail } from './run.ts';
import type { Scope } from './scope.ts';
import { conform } from './types.ts';

/**
 * Evaluates a decision table: its inputs, which rules match, what its hit policy makes of them.
 *
 * A rule matches when each of its cells is true of its input. A cell that is neither true nor false of a value is a
 * failure; of null, which has no order and no length, an unknown cell is merely not met.
 * @returns the bare value of a single output, a context of several; a list of those for RULE ORDER, OUTPUT ORDER and
 *   COLLECT without aggregation. When no rule matches: the default outputs (where a list is due, a list of one),
 *   else null or the empty list
 * Source: DMN 1.3 §7.3.1, §8.2.8, §8.2.11, §8.3
 */
export function evaluateTable(run: Run, table: DecisionTable, scope: Scope, trace: Trace): Json {
  const values = table.inputs.map((input) => {
    const what = `Il dato «${input.label}»`;
    const value = conform(run, run.feel(input.expression, scope), input.type, what);
    trace.inputs.push({ id: input.id, label: input.label, value });
    if (input.allowed && run.feel(input.allowed, scope, ['?', value]) !== true) {
      fail(
        'input-not-allowed',
        `${what} non ha uno dei valori che la tabella ammette: ${input.allowed.text}.`,
      );
    }
    return value;
  });
  const hits: Hit[] = [];
  for (const [i, rule] of table.rules.entries()) {
    if (!matches(run, table, rule, i + 1, values, scope)) continue;
    const what = `Regola ${i + 1}`;
    const outputs = table.outputs.map((clause, n) => outputOf(run, clause, rule.outputs[n], scope, what));
    hits.push({ number: i + 1, outputs });
    trace.matchedRules.push({
      id: rule.id,
      number: i + 1,
      annotations: rule.annotations,
      outputs: table.outputs.map(({ id, label, name }, n) => ({
        id,
        name: name ?? label,
        value: outputs[n] ?? null,
      })),
    });
    if (table.hitPolicy === 'FIRST') break;
  }
  return applyHitPolicy(run, table, hits, () =>
    table.outputs.some(({ fallback }) => fallback !== null)
      ? table.outputs.map((clause) =>
          outputOf(run, clause, clause.fallback ?? undefined, scope, 'Il valore predefinito'),
        )
      : null,
  );
}

function matches(
  run: Run,
  table: DecisionTable,
  rule: Rule,
  number: number,
  values: readonly Json[],
  scope: Scope,
): boolean {
  for (const [i, cell] of rule.inputs.entries()) {
    if (cell.constant === true) continue;
    const value = values[i] ?? null;
    const met = run.feel(cell, scope, [cellInput, value]);
    if (met === true) continue;
    if (met === false || (met === null && value === null)) return false;
    fail(
      'cell-not-boolean',
      `Regola ${number}, dato «${table.inputs[i]?.label ?? ''}»: del valore dato la condizione non è né vera né falsa. ` +
        'Si confrontano valori dello stesso tipo; le date vanno dichiarate tali.',
    );
  }
  return true;
}

function outputOf(
  run: Run,
  { label, type }: OutputClause,
  entry: Rule['outputs'][number] | undefined,
  scope: Scope,
  what: string,
): Json {
  return entry ? conform(run, run.feel(entry, scope), type, `${what}, esito «${label}»`) : null;
}
