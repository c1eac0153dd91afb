import type { Decision, DecisionDefinitions, Rule } from '@iter/dmn';
import type { Expression } from '@iter/process-model';
import type { Deployed } from '../../env.ts';
import { feel, plain } from '../model.ts';

const about = { type: null, place: { line: 1, column: 1 } } as const;
const rule = (id: string, test: Expression, output: Expression): Rule => ({
  id,
  inputs: [test],
  outputs: [output],
  annotations: [],
});

/** A table of which the first rule that matches counts. The input of a cell is `__input`. */
const table: Decision = {
  ...about,
  id: 'table',
  name: 'table',
  logic: {
    kind: 'decision-table',
    id: 't',
    type: null,
    hitPolicy: 'FIRST',
    aggregation: null,
    inputs: [{ id: 'i', label: 'n', expression: feel('n'), type: null, allowed: null }],
    outputs: [{ id: 'o', name: null, label: 'o', type: null, values: null, fallback: null }],
    rules: [
      rule('r1', feel('__input < 2'), plain(1)),
      rule('r2', { ...feel('true'), constant: true }, feel('n')),
    ],
  },
  requires: { inputs: [], decisions: [], knowledge: [] },
};

const next: Decision = {
  ...about,
  id: 'next',
  name: 'next',
  logic: { kind: 'literal-expression', id: 'l', type: null, expression: feel('table + 1') },
  requires: { inputs: [], decisions: [{ id: 'table', names: ['table'] }], knowledge: [] },
};

const definitions: DecisionDefinitions = {
  id: 'd',
  name: 'd',
  hash: 'hash-of-decisions',
  inputs: new Map(),
  decisions: new Map([table, next].map((it) => [it.id, it])),
  knowledge: new Map(),
  services: new Map(),
};

/** The decisions of random processes: `next` counts one on from what `table` decides, which it requires. */
export const decision: Deployed['decision'] = (id) =>
  definitions.decisions.has(id) ? { definitions, version: 1, hash: definitions.hash } : null;
