import type { Json } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import { legalDate } from '../deadlines/dates.ts';
import { emitDeadline, factsOf } from '../deadlines/emit.ts';
import { findDeclaration } from '../deadlines/find.ts';
import * as operation from '../deadlines/operations.ts';
import { unlessStuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { evaluate } from '../expressions.ts';
import type { Key, Variables } from '../events.ts';
import { refuse } from '../refused.ts';
import type { Deadline } from '../state.ts';
import type { Expression } from '@iter/process-model';
import { requireActive, requireReason, requireVariables } from './checks.ts';
import { asDate } from './deadlines.ts';

/**
 * Corrects what was entered wrongly, wherever the case holds it, and with it the terms that follow from it: their bases
 * and proofs, and the dates of the facts that met them. The flow stays where it is.
 */
export function rectifyCase(
  x: Execution,
  { variables, former, reason }: Extract<CaseCommand, { type: 'RectifyCase' }>,
): void {
  requireActive(x);
  requireReason(reason);
  requireVariables(variables);
  const holders = holdersOf(x, former);
  if (holders.length === 0) refuse('variables-invalid', 'The case does not hold what is to be corrected.');
  const concerned = [...x.state.deadlines.values()].filter(
    (it) => it.status !== 'replaced' && it.status !== 'closed',
  );
  const before = concerned.map((it) => readingOf(x, it));
  x.emit({ type: 'CaseRectified', data: { reason, variables, former } });
  for (const { scope, names } of holders) {
    const set = Object.fromEntries(names.map((name) => [name, variables[name] ?? null]));
    x.emit({ type: 'VariablesSet', data: { scope, variables: set, reason } });
  }
  concerned.forEach((deadline, i) => follow(x, deadline, before[i]!, reason));
}

interface Holder {
  readonly scope: Key | null;
  readonly names: readonly string[];
}

/** Where the wrong values stand: a called part has a copy of its own. */
function holdersOf(x: Execution, former: Variables): readonly Holder[] {
  const scopes = [
    { key: null, variables: x.state.root.variables },
    ...[...x.state.elements.values()].map(({ key, variables }) => ({ key, variables })),
  ];
  return scopes.flatMap(({ key: scope, variables }) => {
    const names = Object.keys(former).filter(
      (name) => Object.hasOwn(variables, name) && isSame(variables[name], former[name]),
    );
    return names.length === 0 ? [] : [{ scope, names }];
  });
}

const isSame = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the declaration of a deadline says from the case's values: dates and proofs of its bases, dates that meet it. */
interface Reading {
  readonly dates: readonly Json[];
  readonly proofs: readonly Json[];
  readonly met: readonly Json[];
}

function readingOf(x: Execution, deadline: Deadline): Reading {
  const { bases = [], met = [] } = findDeclaration(x, deadline) ?? {};
  const from = scopeOfDeclaration(x, deadline);
  const read = (it: Expression | null): Json => it && unlessStuck(() => evaluate(x, it, from));
  return {
    dates: bases.map(({ value }) => read(value)),
    proofs: bases.map(({ proof }) => read(proof)),
    met: met.map(({ date }) => read(date)),
  };
}

/** From where its expressions were read: its own scope, else the part that the declaring process runs as. */
function scopeOfDeclaration(x: Execution, { scope, definition }: Deadline): Key | null {
  if (scope !== null || definition === null) return scope;
  return [...x.state.elements.values()].find(({ called }) => called === definition)?.key ?? null;
}

function follow(x: Execution, { key }: Deadline, before: Reading, reason: string): void {
  const now = () => x.state.deadlines.get(key)!;
  const { bases = [], met = [] } = findDeclaration(x, now()) ?? {};
  const after = readingOf(x, now());
  const dated = (value: Json): string | null =>
    asDate(() => legalDate(value, operation.grainOfDeadline(now()), `The date of ${now().id}`));
  bases.forEach(({ name }, i) => {
    if (!isSame(before.dates[i], after.dates[i])) {
      const date = dated(after.dates[i] ?? null);
      if (date !== null) asDate(() => operation.rebase(x, now(), name, date, reason));
    }
    const proof = after.proofs[i];
    if (!isSame(before.proofs[i], proof) && (typeof proof === 'string' || typeof proof === 'number'))
      emitDeadline(x, {
        type: 'DeadlineProven',
        data: { ...factsOf(now()), base: name, proof: String(proof) },
      });
  });
  met.forEach(({ use }, i) => {
    if (use === 'quiets' || isSame(before.met[i], after.met[i]) || now().decidedOn === null) return;
    const on = dated(after.met[i] ?? null);
    if (on !== null && now().decidedOn === dated(before.met[i] ?? null))
      asDate(() => operation.rectify(x, now(), on, reason));
  });
}
