import type { Expression, Shape } from '@iter/feel';
import type { Place } from '@iter/process-model';

/** What a file may hold; with `expressionLimits` of FEEL and the limits of the scan, what an evaluation may cost. */
export const decisionLimits = {
  /** Of a table. */
  rules: 5_000,
  /** Inputs and outputs of a table. */
  columns: 100,
  /** Of a chain of requirements. */
  requirements: 100,
  /** Of business knowledge and functions, in one evaluation. */
  calls: 1_000,
} as const;

export const hitPolicies = [
  'UNIQUE',
  'ANY',
  'PRIORITY',
  'FIRST',
  'RULE ORDER',
  'OUTPUT ORDER',
  'COLLECT',
] as const;
export type HitPolicy = (typeof hitPolicies)[number];

export const aggregations = ['SUM', 'COUNT', 'MIN', 'MAX'] as const;
export type Aggregation = (typeof aggregations)[number];

/** Types without parts. JSON writes dates, times and durations as ISO 8601 text. */
export type BaseType =
  | 'Any'
  | 'string'
  | 'number'
  | 'boolean'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration';

/** A type that a file names, with what its item definition says of it. DMN 1.3 §7.3.2 */
export interface DataType {
  /** As the file writes it. */
  readonly name: string;
  readonly is:
    | { readonly kind: 'base'; readonly base: BaseType }
    | { readonly kind: 'list'; readonly items: DataType }
    | { readonly kind: 'context'; readonly entries: Readonly<Record<string, DataType>> };
  /** Unary tests, all of which each value must pass. */
  readonly allowed: readonly Expression[];
}

/** Logic of every kind. DMN 1.3 §7.3, §10.2 (boxed expressions) */
export type Logic =
  | DecisionTable
  | LiteralExpression
  | ContextLogic
  | ListLogic
  | RelationLogic
  | Invocation
  | FunctionDefinition;

interface LogicBase {
  /** Null when the file gives none. */
  readonly id: string | null;
  /** What its value must be; null: anything. */
  readonly type: DataType | null;
}

export interface LiteralExpression extends LogicBase {
  readonly kind: 'literal-expression';
  readonly expression: Expression;
}

export interface InputClause {
  readonly id: string | null;
  /** Its label; else the text of its expression. */
  readonly label: string;
  readonly expression: Expression;
  readonly type: DataType | null;
  /** Unary tests: the values allowed; null: all. */
  readonly allowed: Expression | null;
}

export interface OutputClause {
  readonly id: string | null;
  /** Key in the result of a table with several outputs; null on a single output without a name. */
  readonly name: string | null;
  /** Its label; else its name. */
  readonly label: string;
  readonly type: DataType | null;
  /** One test for each value allowed, the most important first; null: all are allowed, none comes first. */
  readonly values: readonly Expression[] | null;
  /** `defaultOutputEntry` */
  readonly fallback: Expression | null;
}

export interface Rule {
  readonly id: string | null;
  /** Unary tests, one for each input. */
  readonly inputs: readonly Expression[];
  readonly outputs: readonly Expression[];
  readonly annotations: readonly Annotation[];
}

export interface Annotation {
  /** Of the column; empty for the rule's description. */
  readonly name: string;
  readonly text: string;
}

export interface DecisionTable extends LogicBase {
  readonly kind: 'decision-table';
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly InputClause[];
  readonly outputs: readonly OutputClause[];
  readonly rules: readonly Rule[];
}

export interface ContextLogic extends LogicBase {
  readonly kind: 'context';
  /** Each sees those before it. */
  readonly entries: readonly { readonly name: string; readonly logic: Logic }[];
  /** The entry without a name: the value of the whole. */
  readonly result: Logic | null;
}

export interface ListLogic extends LogicBase {
  readonly kind: 'list';
  readonly items: readonly Logic[];
}

export interface RelationLogic extends LogicBase {
  readonly kind: 'relation';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Logic[])[];
}

export interface Invocation extends LogicBase {
  readonly kind: 'invocation';
  /** Name of the business knowledge, decision service or function. */
  readonly called: string;
  readonly bindings: readonly { readonly parameter: string; readonly logic: Logic }[];
}

export interface FunctionDefinition extends LogicBase {
  readonly kind: 'function-definition';
  readonly parameters: readonly Parameter[];
  readonly body: Logic;
  readonly gives: Shape | null;
}

export interface Parameter {
  readonly name: string;
  readonly type: DataType | null;
}

/** Another element of the file, and what expressions here may call it by. */
export interface Requirement {
  readonly id: string;
  readonly names: readonly string[];
}

/** What an element uses. DMN 1.3 §6.3.13–15 */
export interface Requirements {
  readonly inputs: readonly Requirement[];
  readonly decisions: readonly Requirement[];
  /** Business knowledge models and decision services. */
  readonly knowledge: readonly Requirement[];
}

interface DrgElement {
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly place: Place;
}

export interface InputData extends DrgElement {
  /** Where its value may stand among the variables given, the first that does: the variable's name, its name, its id. */
  readonly names: readonly string[];
  readonly type: DataType | null;
}

export interface Decision extends DrgElement {
  readonly type: DataType | null;
  readonly logic: Logic;
  readonly requires: Requirements;
}

export interface BusinessKnowledge extends DrgElement {
  readonly function: FunctionDefinition;
  readonly requires: Requirements;
}

/** Decisions offered as one function. DMN 1.3 §6.3.9, §10.4 */
export interface DecisionService extends DrgElement {
  readonly type: DataType | null;
  /** Input data first, then decisions whose results are given, in the order of the file. */
  readonly parameters: readonly (Parameter & { readonly id: string; readonly of: 'input' | 'decision' })[];
  /** One: the result is its value; several: a context by these names. */
  readonly outputs: readonly { readonly id: string; readonly name: string }[];
  readonly gives: Shape | null;
}

/** One DMN file: frozen, checked, with nothing in it that an evaluation would ignore. */
export interface DecisionDefinitions {
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the file, hex: addresses the definitions for ever. */
  readonly hash: string;
  readonly inputs: ReadonlyMap<string, InputData>;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly knowledge: ReadonlyMap<string, BusinessKnowledge>;
  readonly services: ReadonlyMap<string, DecisionService>;
}
