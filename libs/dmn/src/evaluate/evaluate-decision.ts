import type { Callable, Evaluate, Json } from '@iter/feel';
import type { DecisionDefinitions, DecisionService, Requirements } from '../model.ts';
import { callableOf, evaluateLogic, parametersOf } from './logic.ts';
import { DecisionFailure } from './result.ts';
import type { DecisionResult } from './result.ts';
import { Run, fail } from './run.ts';
import { Scope } from './scope.ts';
import { conform } from './types.ts';

/**
 * Decides: evaluates a decision (or a decision service) with all that it requires, each once.
 *
 * Pure and synchronous; the evaluator brings time and limits. The same definitions, context and evaluator give the
 * same result. Input data and names that no requirement declares are looked up among the variables of the context;
 * input data also by its id. What is not there is null.
 * @param id of a decision or decision service
 * @returns the value with the reasons for it, required decisions first; or why there is none, with the reasons up to
 *   there. Never throws on model or data
 * Source: DMN 1.3 §6.3, §10.4
 */
export function evaluateDecision(
  definitions: DecisionDefinitions,
  id: string,
  context: Readonly<Record<string, Json>>,
  evaluate: Evaluate,
): DecisionResult {
  const run = new Run(definitions, evaluate);
  try {
    const value = new World(run, context).answer(id);
    return { ok: true, value, evaluated: run.evaluated };
  } catch (error) {
    if (!(error instanceof DecisionFailure)) throw error;
    const { code, message } = error;
    return { ok: false, code, message, decision: run.failed ?? id, evaluated: run.evaluated };
  }
}

/** Inputs and what was decided on them; a decision service has a world of its own for each call. */
class World {
  private readonly run: Run;
  private readonly variables: Readonly<Record<string, Json>>;
  private readonly inputs: Map<string, Json>;
  private readonly decided: Map<string, Json>;

  constructor(
    run: Run,
    variables: Readonly<Record<string, Json>>,
    inputs: Map<string, Json> = new Map(),
    decided: Map<string, Json> = new Map(),
  ) {
    this.run = run;
    this.variables = variables;
    this.inputs = inputs;
    this.decided = decided;
  }

  answer(id: string): Json {
    const { decisions, services } = this.run.definitions;
    if (decisions.has(id)) return this.decide(id);
    const service = services.get(id);
    if (!service) fail('decision-unknown', `In «${this.run.definitions.name}» non c’è la decisione «${id}».`);
    return this.serve(
      service,
      service.parameters.map(({ name, id: parameter }) => this.variable([name, parameter])),
      this.variables,
    );
  }

  private decide(id: string): Json {
    const done = this.decided.get(id);
    if (done !== undefined) return done;
    const decision = this.run.definitions.decisions.get(id);
    if (!decision) return null;
    const { name, logic, type, requires } = decision;
    for (const required of requires.decisions) this.decide(required.id);
    const value = this.run.traced({ id, name, element: 'decision', kind: logic.kind }, (trace) => {
      const scope = this.scopeOf(requires, this.variables);
      const what = `La decisione «${name}»`;
      return conform(this.run, evaluateLogic(this.run, logic, scope, trace, what), type, what);
    });
    this.decided.set(id, value);
    return value;
  }

  private scopeOf({ inputs, decisions, knowledge }: Requirements, variables: Scope['variables']): Scope {
    const values = new Map<string, Json>();
    for (const { id, names } of inputs) for (const name of names) values.set(name, this.input(id));
    for (const { id, names } of decisions) for (const name of names) values.set(name, this.decide(id));
    const callables = new Map(
      knowledge.flatMap(({ id, names }) => {
        const callable = this.callable(id);
        return callable ? names.map((name): [string, Callable] => [name, callable]) : [];
      }),
    );
    return new Scope(values, callables, { variables });
  }

  private input(id: string): Json {
    const known = this.inputs.get(id);
    if (known !== undefined) return known;
    const data = this.run.definitions.inputs.get(id);
    const value = data
      ? conform(this.run, this.variable(data.names), data.type, `Il dato «${data.name}»`)
      : null;
    this.inputs.set(id, value);
    return value;
  }

  private variable(names: readonly string[]): Json {
    const found = names.find((name) => Object.hasOwn(this.variables, name));
    return found === undefined ? null : (this.variables[found] ?? null);
  }

  /** Business knowledge or a decision service, as a function. */
  private callable(id: string): Callable | null {
    const { knowledge, services } = this.run.definitions;
    const service = services.get(id);
    if (service) {
      return callableOf(service.parameters, service.gives, (args) => {
        this.run.spendCall();
        return this.serve(service, args, {});
      });
    }
    const known = knowledge.get(id);
    if (!known) return null;
    const { name, function: definition, requires } = known;
    return callableOf(definition.parameters, definition.gives, (args) => {
      this.run.spendCall();
      const kind = definition.body.kind;
      return this.run.traced({ id, name, element: 'business-knowledge', kind }, (trace) => {
        const values = parametersOf(this.run, definition, args, name);
        for (const [parameter, value] of values) trace.read(parameter, value);
        // Business knowledge knows its parameters and the knowledge it requires: the same arguments, the same result.
        const scope = this.scopeOf(requires, null).within(values);
        const what = `Il risultato di «${name}»`;
        return conform(
          this.run,
          evaluateLogic(this.run, definition.body, scope, trace, what),
          definition.type,
          what,
        );
      });
    });
  }

  private serve(
    { id, name, parameters, outputs, type }: DecisionService,
    args: readonly Json[],
    variables: Readonly<Record<string, Json>>,
  ): Json {
    return this.run.traced({ id, name, element: 'decision-service', kind: 'decision-service' }, (trace) => {
      const values = parametersOf(this.run, { parameters }, args, name);
      const given = (of: 'input' | 'decision'): Map<string, Json> =>
        new Map(parameters.filter((it) => it.of === of).map((it) => [it.id, values.get(it.name) ?? null]));
      for (const [parameter, value] of values) trace.read(parameter, value);
      const world = new World(this.run, variables, given('input'), given('decision'));
      const results = outputs.map((output): [string, Json] => [output.name, world.decide(output.id)]);
      const [only, ...more] = results;
      const value = only && more.length === 0 ? only[1] : Object.fromEntries(results);
      return conform(this.run, value, type, `Il risultato di «${name}»`);
    });
  }
}
