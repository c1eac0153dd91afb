import type { Expression } from '@iter/feel';
import { aggregations, decisionLimits, hitPolicies } from '../model.ts';
import type {
  Aggregation,
  Annotation,
  DecisionTable,
  HitPolicy,
  InputClause,
  OutputClause,
  Rule,
} from '../model.ts';
import type { Tag } from '../xml/tag.ts';
import { readCell, splitTests } from './cells.ts';
import { readFeel, readTests } from './expressions.ts';
import { evenName } from './names.ts';
import type { Types } from './read-types.ts';
import type { Scope } from './scope.ts';
import { isTold, shapeOfText, shapeOfType } from './shapes.ts';

/**
 * Reads a decision table.
 * @returns the table without what is wrong in it; the problems say that it must not be used
 * Source: DMN 1.3 chapter 8
 */
export function readTable(tag: Tag, scope: Scope, types: Types): DecisionTable {
  const hitPolicy = oneOf(tag, 'hitPolicy', hitPolicies) ?? 'UNIQUE';
  const inputs = tag.children('input').map((input) => readInput(input, scope, types));
  const outputs = tag.children('output').map((output) => readOutput(output, scope, types));
  const table: DecisionTable = {
    kind: 'decision-table',
    id: tag.ownId,
    type: types.of(tag),
    hitPolicy,
    aggregation: readAggregation(tag, hitPolicy, outputs.length),
    inputs: inputs.flatMap((it) => it.clause ?? []),
    outputs,
    rules: [],
  };
  checkOutputs(tag, table);
  const rules = tag.children('rule');
  if (rules.length > decisionLimits.rules) {
    tag.error(
      'table-too-large',
      `A table has at most ${decisionLimits.rules} rules; this has ${rules.length}.`,
    );
    return table;
  }
  if (inputs.length + outputs.length > decisionLimits.columns) {
    tag.error(
      'table-too-large',
      `A table has at most ${decisionLimits.columns} inputs and outputs together.`,
    );
    return table;
  }
  const annotations = tag.children('annotation').map((it) => it.label('name') ?? '');
  const columns = inputs.map(({ shape, label }) => ({ shape, label }));
  return {
    ...table,
    rules: rules.map((rule, i) => readRule(rule, i + 1, { columns, outputs, annotations, scope })),
  };
}

function oneOf<T extends string>(tag: Tag, property: string, values: readonly T[]): T | null {
  const given = tag.text(property);
  if (given === null) return null;
  const value = values.find((it) => it === given);
  if (value === undefined) {
    tag.error('attribute-value', `${property} "${given}" is none of ${values.join(', ')}.`);
  }
  return value ?? null;
}

function readAggregation(tag: Tag, hitPolicy: HitPolicy, outputs: number): Aggregation | null {
  const aggregation = oneOf(tag, 'aggregation', aggregations);
  if (aggregation === null) return null;
  if (hitPolicy !== 'COLLECT') {
    tag.error(
      'aggregation-misplaced',
      `${aggregation} goes with hit policy COLLECT only, not with ${hitPolicy}.`,
    );
    return null;
  }
  if (outputs > 1 && aggregation !== 'COUNT') {
    tag.error(
      'aggregation-misplaced',
      `${aggregation} is not defined over several outputs: keep one, or collect without aggregation.`,
    );
  }
  return aggregation;
}

function readInput(tag: Tag, scope: Scope, types: Types) {
  const written = tag.child('inputExpression');
  const text = written?.text('text')?.trim() ?? '';
  const label = tag.label('label') ?? (evenName(text) || 'input');
  const type = types.of(written);
  const shape = isTold(type) ? shapeOfType(type) : shapeOfText(text, scope);
  const expression = readFeel(text, written ?? tag, scope, `Input "${label}"`);
  const values = tag.child('inputValues');
  const listed = values?.text('text')?.trim() ?? '';
  const allowed =
    values && listed !== '' ? readTests(listed, values, scope, `Values of input "${label}"`, shape) : null;
  const clause: InputClause | null = expression && { id: tag.ownId, label, expression, type, allowed };
  return { clause, label, shape };
}

function readOutput(tag: Tag, scope: Scope, types: Types): OutputClause {
  const name = tag.label('name');
  const label = tag.label('label') ?? name ?? 'output';
  const type = types.of(tag);
  const values = tag.child('outputValues');
  const tests = values
    ? splitTests(values.text('text') ?? '').flatMap(
        (test) => readTests(test, values, scope, `Values of output "${label}"`, shapeOfType(type)) ?? [],
      )
    : [];
  const fallback = tag.child('defaultOutputEntry');
  return {
    id: tag.ownId,
    name,
    label,
    type,
    values: tests.length > 0 ? tests : null,
    fallback: fallback ? readOutputEntry(fallback, scope, `Default of output "${label}"`) : null,
  };
}

function checkOutputs(tag: Tag, { outputs, hitPolicy }: DecisionTable): void {
  if (outputs.length === 0) tag.error('output-missing', 'The table has no output: it decides nothing.');
  if (outputs.length > 1) {
    const names = outputs.map(({ name }) => name);
    if (names.includes(null)) {
      tag.error('name-missing', 'Each of several outputs needs a name: it is the key in the result.');
    }
    const twice = names.find((name, i) => name !== null && names.indexOf(name) < i);
    if (twice !== undefined) tag.error('name-duplicate', `Two outputs are called "${twice}": rename one.`);
    const given = outputs.filter(({ fallback }) => fallback !== null).length;
    if (given > 0 && given < outputs.length) {
      tag.error('default-incomplete', 'Either each output has a default, or none has.');
    }
  }
  if (
    (hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER') &&
    outputs.every(({ values }) => values === null)
  ) {
    tag.error(
      'output-values-missing',
      `Hit policy ${hitPolicy} goes by the order of the output values: list them for an output.`,
    );
  }
}

interface Columns {
  readonly columns: readonly { readonly label: string; readonly shape: Parameters<typeof readTests>[4] }[];
  readonly outputs: readonly OutputClause[];
  readonly annotations: readonly string[];
  readonly scope: Scope;
}

function readRule(tag: Tag, number: number, { columns, outputs, annotations, scope }: Columns): Rule {
  const tests = tag.children('inputEntry');
  const entries = tag.children('outputEntry');
  // A table without inputs has rules that always match; some tools write one empty cell there.
  const isBare = columns.length === 0 && tests.every((it) => /^-?$/.test(it.text('text')?.trim() ?? ''));
  if (tests.length !== columns.length && !isBare) {
    tag.error(
      'rule-incomplete',
      `Rule ${number} has ${tests.length} conditions for ${columns.length} inputs.`,
    );
  }
  if (entries.length !== outputs.length) {
    tag.error(
      'rule-incomplete',
      `Rule ${number} has ${entries.length} conclusions for ${outputs.length} outputs.`,
    );
  }
  const inputs = columns.flatMap(({ label, shape }, i): Expression[] => {
    const cell = tests[i];
    if (!cell) return [];
    const test = readCell(cell.text('text') ?? '', cell, scope, `Rule ${number}, input "${label}"`, shape);
    return test ? [test] : [];
  });
  return {
    id: tag.ownId,
    inputs,
    outputs: outputs.flatMap(({ label, values }, i): Expression[] => {
      const cell = entries[i];
      const entry = cell && readOutputEntry(cell, scope, `Rule ${number}, output "${label}"`);
      if (entry && isOutside(entry, values)) {
        cell.error(
          'output-not-allowed',
          `Rule ${number} gives ${entry.text}, which is none of the values of "${label}".`,
        );
      }
      return entry ? [entry] : [];
    }),
    annotations: readAnnotations(tag, annotations),
  };
}

const nothing: Expression = { text: 'null', names: [], constant: null, cheap: true };

const literal = /^(?:"[^"\\]*"|-?\d+(?:\.\d+)?|true|false)$/;

/** Whether an entry can be seen to give none of the values listed; what must be evaluated is seen then. */
function isOutside({ text }: Expression, values: OutputClause['values']): boolean {
  if (values === null || !literal.test(text) || !values.every((it) => literal.test(it.text))) return false;
  return !values.some((it) => JSON.parse(it.text) === JSON.parse(text));
}

/** An entry that is left empty concludes nothing, as modelers write it. */
function readOutputEntry(tag: Tag, scope: Scope, what: string): Expression | null {
  const text = tag.text('text')?.trim() ?? '';
  return text === '' || text === '-' ? nothing : readFeel(text, tag, scope, what);
}

function readAnnotations(tag: Tag, names: readonly string[]): readonly Annotation[] {
  const description = tag.text('description')?.trim() ?? '';
  const entries = tag.children('annotationEntry').map((it, i) => ({
    name: names[i] ?? '',
    text: it.text('text')?.trim() ?? '',
  }));
  return [{ name: '', text: description }, ...entries].filter(({ text }) => text !== '');
}
