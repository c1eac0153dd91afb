import type { Callable, Evaluate, Expression, Json } from '@iter/feel';
import { decisionLimits } from '../model.ts';
import type { DecisionDefinitions } from '../model.ts';
import { DecisionFailure } from './result.ts';
import type { EvaluatedDecision, EvaluatedInput, FailureCode, MatchedRule } from './result.ts';
import type { Scope } from './scope.ts';

/** One evaluation: its means, and what it has found so far. */
export class Run {
  readonly evaluated: EvaluatedDecision[] = [];
  /** The innermost element that failed. */
  failed: string | null = null;
  readonly definitions: DecisionDefinitions;
  private readonly evaluate: Evaluate;
  private calls = 0;

  constructor(definitions: DecisionDefinitions, evaluate: Evaluate) {
    this.definitions = definitions;
    this.evaluate = evaluate;
  }

  /** @throws DecisionFailure when functions were called too often */
  spendCall(): void {
    if (++this.calls > decisionLimits.calls) {
      fail('decision-limit', `Una decisione chiama funzioni al massimo ${decisionLimits.calls} volte.`);
    }
  }

  /**
   * The value of an expression.
   * @param given a name and its value beside those of the scope, as `?` of unary tests
   * @throws DecisionFailure as the evaluator, or what the expression called, failed
   */
  feel(expression: Expression, scope: Scope, given?: readonly [string, Json]): Json {
    if (expression.constant !== undefined) return expression.constant;
    const context: Record<string, Json> = Object.create(null) as Record<string, Json>;
    for (const name of expression.names) {
      const value = scope.value(name);
      if (value !== undefined) context[name] = value;
    }
    if (given) context[given[0]] = given[1];
    const callables: Record<string, Callable> = Object.create(null) as Record<string, Callable>;
    for (const name of expression.calls ?? []) {
      const callable = scope.callable(name);
      if (callable) callables[name] = callable;
    }
    const result = this.evaluate(expression, context, callables);
    if (!result.ok) throw new DecisionFailure(result.code, result.message);
    return result.value;
  }

  /** Traces what an element decides, also when it fails. Elements it needs are traced before it. */
  traced(
    what: Pick<EvaluatedDecision, 'id' | 'name' | 'element' | 'kind'>,
    decide: (trace: Trace) => Json,
  ): Json {
    const trace = new Trace();
    let output: Json = null;
    try {
      output = decide(trace);
      return output;
    } catch (error) {
      if (error instanceof DecisionFailure) this.failed ??= what.id;
      throw error;
    } finally {
      this.evaluated.push({ ...what, inputs: trace.inputs, matchedRules: trace.matchedRules, output });
    }
  }
}

/** What one element read and which rules matched. */
export class Trace {
  readonly inputs: EvaluatedInput[] = [];
  readonly matchedRules: MatchedRule[] = [];
  private readonly seen = new Set<string>();

  /** A name that an expression read from outside; told once. */
  read(label: string, value: Json): void {
    if (this.seen.has(label)) return;
    this.seen.add(label);
    this.inputs.push({ id: null, label, value });
  }
}

export function fail(code: FailureCode, message: string): never {
  throw new DecisionFailure(code, message);
}
