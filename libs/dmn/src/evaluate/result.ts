import type { Json } from '@iter/feel';
import type { Annotation, Logic } from '../model.ts';

/** What was decided, and why: what the event keeps and the desk shows. */
export interface EvaluatedDecision {
  /** Of the decision, business knowledge or decision service. */
  readonly id: string;
  readonly name: string;
  readonly element: 'decision' | 'business-knowledge' | 'decision-service';
  readonly kind: Logic['kind'] | 'decision-service';
  /** Of tables: their inputs; else what the expressions read from outside, and what parameters were given. */
  readonly inputs: readonly EvaluatedInput[];
  /** Of all its tables, in the order of evaluation, each with its rules in the order of the table. */
  readonly matchedRules: readonly MatchedRule[];
  /** Null also when it failed. */
  readonly output: Json;
}

export interface EvaluatedInput {
  /** Of the input clause; null when there is none. */
  readonly id: string | null;
  readonly label: string;
  readonly value: Json;
}

export interface MatchedRule {
  /** Null when the file gives none. */
  readonly id: string | null;
  /** From 1, as tables are numbered. */
  readonly number: number;
  readonly annotations: readonly Annotation[];
  readonly outputs: readonly { readonly id: string | null; readonly name: string; readonly value: Json }[];
}

export type FailureCode =
  /** There is no decision or decision service of this id. */
  | 'decision-unknown'
  /** UNIQUE with several matches, ANY with different outputs. */
  | 'hit-policy-violated'
  /** A value that is none of the input values of the table. */
  | 'input-not-allowed'
  /** A value that is none of the output values of the table. */
  | 'output-not-allowed'
  /** A condition of a rule that is neither true nor false of a value. */
  | 'cell-not-boolean'
  /** A value that is not of the type declared. */
  | 'value-not-of-type'
  /** A value that its type does not allow. */
  | 'value-not-allowed'
  /** Outputs of which there is no sum, least or greatest. */
  | 'aggregation-failed'
  /** More calls than `decisionLimits` allow. */
  | 'decision-limit';

export type DecisionResult =
  | { readonly ok: true; readonly value: Json; readonly evaluated: readonly EvaluatedDecision[] }
  | {
      readonly ok: false;
      /** A `FailureCode`, or the evaluator's: `expression-failed`, `expression-timeout`, `expression-too-large`. */
      readonly code: string;
      /** Says what would be right, and repeats no values: those may be personal. */
      readonly message: string;
      /** The element that failed, or the one asked for. */
      readonly decision: string;
      /** Up to the failure; last the one that failed, then those that were calling it. */
      readonly evaluated: readonly EvaluatedDecision[];
    };

/** Ends an evaluation; caught where it began, or where an expression called. */
export class DecisionFailure extends Error {
  readonly code: string;

  constructor(code: FailureCode, message: string);
  /** @param code as the evaluator gave it */
  constructor(code: string, message: string);
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
