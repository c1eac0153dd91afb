import type { Callable, Json } from '@iter/feel';
import type { ContextLogic, FunctionDefinition, Invocation, Logic } from '../model.ts';
import { evaluateTable } from './decision-table.ts';
import { DecisionFailure } from './result.ts';
import type { Run, Trace } from './run.ts';
import type { Scope } from './scope.ts';
import { conform } from './types.ts';

/**
 * The value of logic of any kind, as its declared type wants it.
 * Source: DMN 1.3 §10.2, §10.3.2.13
 */
export function evaluateLogic(run: Run, logic: Logic, scope: Scope, trace: Trace, what: string): Json {
  return conform(run, valueOf(run, logic, scope, trace, what), logic.type, what);
}

function valueOf(run: Run, logic: Logic, scope: Scope, trace: Trace, what: string): Json {
  switch (logic.kind) {
    case 'literal-expression': {
      for (const name of logic.expression.names) {
        const value = scope.isOuter(name) ? scope.value(name) : undefined;
        if (value !== undefined) trace.read(name, value);
      }
      return run.feel(logic.expression, scope);
    }
    case 'decision-table':
      return evaluateTable(run, logic, scope, trace);
    case 'context':
      return evaluateContext(run, logic, scope, trace, what);
    case 'list':
      return logic.items.map((item, i) =>
        evaluateLogic(run, item, scope, trace, `${what}, elemento ${i + 1}`),
      );
    case 'relation':
      return logic.rows.map((row, n) =>
        Object.fromEntries(
          logic.columns.map((name, i): [string, Json] => {
            const cell = row[i];
            const place = `${what}, riga ${n + 1}, «${name}»`;
            return [name, cell ? evaluateLogic(run, cell, scope, trace, place) : null];
          }),
        ),
      );
    case 'invocation':
      return invoke(run, logic, scope, trace);
    case 'function-definition':
      // Read as an entry of a context or as business knowledge only: never a value.
      return null;
  }
}

function evaluateContext(run: Run, logic: ContextLogic, scope: Scope, trace: Trace, what: string): Json {
  const entries: [string, Json][] = [];
  let inner = scope;
  for (const { name, logic: entry } of logic.entries) {
    if (entry.kind === 'function-definition') {
      inner = inner.within(new Map(), new Map([[name, functionOf(run, entry, name, inner, trace)]]));
      continue;
    }
    const value = evaluateLogic(run, entry, inner, trace, `"${name}" of ${what}`);
    entries.push([name, value]);
    inner = inner.within(new Map([[name, value]]));
  }
  return logic.result ? evaluateLogic(run, logic.result, inner, trace, what) : Object.fromEntries(entries);
}

function invoke(run: Run, { called, bindings }: Invocation, scope: Scope, trace: Trace): Json {
  const callable = scope.callable(called);
  const given = new Map(
    bindings.map(({ parameter, logic }) => [
      parameter,
      evaluateLogic(run, logic, scope, trace, `"${parameter}" of ${called}`),
    ]),
  );
  const result = callable?.call(callable.parameters.map((name) => given.get(name) ?? null));
  if (!result) return null;
  if (!result.ok) throw new DecisionFailure(result.code, result.message);
  return result.value;
}

/** A function of a context, closed over what stands before it. */
function functionOf(
  run: Run,
  definition: FunctionDefinition,
  name: string,
  scope: Scope,
  trace: Trace,
): Callable {
  return callableOf(definition.parameters, definition.gives, (args) => {
    run.spendCall();
    const values = parametersOf(run, definition, args, name);
    const value = evaluateLogic(
      run,
      definition.body,
      scope.within(values),
      trace,
      `Il risultato di «${name}»`,
    );
    return conform(run, value, definition.type, `Il risultato di «${name}»`);
  });
}

/** What a function was given, by the names of its parameters. */
export function parametersOf(
  run: Run,
  { parameters }: Pick<FunctionDefinition, 'parameters'>,
  args: readonly Json[],
  name: string,
): ReadonlyMap<string, Json> {
  return new Map(
    parameters.map((parameter, i) => [
      parameter.name,
      conform(run, args[i] ?? null, parameter.type, `Il parametro «${parameter.name}» di «${name}»`),
    ]),
  );
}

/** A function for expressions: a failure inside becomes theirs. */
export function callableOf(
  parameters: readonly { readonly name: string }[],
  gives: FunctionDefinition['gives'],
  call: (args: readonly Json[]) => Json,
): Callable {
  return {
    parameters: parameters.map(({ name }) => name),
    ...(gives === null ? {} : { gives }),
    call(args) {
      try {
        return { ok: true, value: call(args) };
      } catch (error) {
        if (!(error instanceof DecisionFailure)) throw error;
        return { ok: false, code: error.code, message: error.message };
      }
    },
  };
}
