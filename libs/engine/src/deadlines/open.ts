import { grainOfTerm } from '@iter/legal-calendar';
import type { Setting, Term } from '@iter/legal-calendar';
import { isLive } from '../deadline-state.ts';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { evaluate, holds } from '../expressions.ts';
import type { BaseFact, Key } from '../events.ts';
import type { Deadline } from '../state.ts';
import type { DeadlineDecl, Expression } from '@iter/process-model';
import { grainOf, legalDate } from './dates.ts';
import type { Grain } from './dates.ts';
import { emitDeadline, factsOf } from './emit.ts';
import { currentDeadlines } from './find.ts';
import { evaluateKey } from './key.ts';
import { freeze, ladderOf, planDeadline, prudentBase, termOn } from './plan.ts';

/**
 * Opens a declared deadline if its condition holds. One of the same id and key that counts from the same base
 * already is left alone, be it open, met or missed, but for proof that it lacked; an open one from another base is replaced.
 * @throws Stuck `deadline-base-missing`, `term-unknown`, `date-invalid` …: never silently without a deadline
 */
export function openDeadline(x: Execution, declaration: DeadlineDecl, scope: Key | null): void {
  if (declaration.when && !holds(x, declaration.when, scope)) return;
  const { id, element, term: termKey } = declaration;
  const instance = declaration.key && evaluateKey(x, declaration.key, scope);
  const owner = declaration.scope === 'local' ? scope : null;
  const { term, bases, base } = baseOf(x, declaration, scope);

  const former = currentDeadlines(x, id, instance).find(
    (it) => it.instance === instance && it.scope === owner,
  );
  if (former && former.plan.base === base && former.status !== 'replaced' && former.status !== 'closed') {
    proveBases(x, former, bases);
    return;
  }
  const frozen = freeze(term);
  const plan = planDeadline(x, {
    ...{ rule: frozen.rule, base, bases, extraDays: 0, openedAt: x.env.now },
    setting: settingOf(x, declaration, term, scope),
    ladder: ladderOf(x, declaration, term),
  });
  if (former && isLive(former)) {
    emitDeadline(x, { type: 'DeadlineReplaced', data: { ...factsOf(former), reason: 'base-changed' } });
  }
  const { label, norm, mark, nature, binds, onMissed } = term;
  emitDeadline(x, {
    type: 'DeadlineOpened',
    data: {
      key: x.env.newKey(),
      ...{ id, instance, element, scope: owner, term: termKey },
      ...{ label, norm, mark, nature, binds, bases, plan, frozen, onMissed },
      ...x.otherDefinition(scope),
      openedAt: x.env.now,
    },
  });
}

/** A base that was known before its proof is proven by the declaration that knows it. */
function proveBases(x: Execution, deadline: Deadline, bases: readonly BaseFact[]): void {
  for (const { name, date, proof } of bases) {
    const known = deadline.bases.find((it) => it.name === name);
    if (proof === null || known?.date !== date || known.proof !== null) continue;
    emitDeadline(x, { type: 'DeadlineProven', data: { ...factsOf(deadline), base: name, proof } });
  }
}

/** What the act that opens it sets in place of the norm's length; the calendar judges whether it may. @throws Stuck */
function settingOf(
  x: Execution,
  { id, amount, until }: DeadlineDecl,
  term: Term,
  scope: Key | null,
): Setting | null {
  if (amount) {
    const given = evaluate(x, amount, scope);
    if (given === null) return null;
    if (typeof given === 'number') return { amount: given };
    throw new Stuck('amount-invalid', `«${amount.text}» non dà un numero per la durata di ${id}.`);
  }
  const end =
    until &&
    legalDate(evaluate(x, until, scope), grainOfTerm(term), {
      it: `La fine di ${id}`,
      en: `The end of ${id}`,
    });
  return end === null ? null : { until: end };
}

function baseOf(
  x: Execution,
  declaration: DeadlineDecl,
  scope: Key | null,
): { term: ReturnType<typeof termOn>; bases: readonly BaseFact[]; base: string } {
  const { id, term: key } = declaration;
  const values = declaration.bases.map((it) => ({ ...it, given: evaluate(x, it.value, scope) }));
  const known = values.find(({ given }) => given !== null);
  if (!known) {
    const names = declaration.bases.map(({ name }) => name).join(', ');
    throw new Stuck(
      'deadline-base-missing',
      `${id} non si può calcolare: di ciò da cui decorre (${names}) non si sa nessuna data.`,
    );
  }
  // Which date counts depends on the term, and which version of the term on the date.
  const first = legalDate(known.given, grainOfValue(known.given), calledBase(known.name, id));
  const draft = termOn(x, key, first ?? '');
  const grain = grainOfTerm(draft);
  const bases = values.map(({ name, given, proof }): BaseFact => ({
    name,
    date: legalDate(given, grain, calledBase(name, id)),
    proof: proofOf(x, proof, scope),
  }));
  const base = prudentBase(bases, draft.prudentBase) ?? '';
  return { term: termOn(x, key, base), bases, base };
}

function proofOf(x: Execution, proof: Expression | null, scope: Key | null): string | null {
  const proven = proof && evaluate(x, proof, scope);
  return proven === null || typeof proven === 'object' ? null : String(proven);
}

/**
 * The bases of a running deadline, with those that were not known when it was opened and are now.
 * @returns null when none has come to be known
 * @throws Stuck `date-invalid`
 */
export function lateBases(
  x: Execution,
  { bases, id, plan }: Deadline,
  declaration: DeadlineDecl,
  scope: Key | null,
): readonly BaseFact[] | null {
  const grain = grainOf(plan.legalDueDate);
  const next = bases.map((base): BaseFact => {
    const declared = base.date === null && declaration.bases.find(({ name }) => name === base.name);
    if (!declared) return base;
    const date = legalDate(evaluate(x, declared.value, scope), grain, calledBase(base.name, id));
    return date === null ? base : { ...base, date, proof: base.proof ?? proofOf(x, declared.proof, scope) };
  });
  return next.some(({ date }, i) => date !== bases[i]?.date) ? next : null;
}

function grainOfValue(value: unknown): Grain {
  return typeof value === 'string' && /(Z|[+-]\d{2}:\d{2})$/.test(value) ? 'instant' : 'day';
}

const calledBase = (name: string, id: string) => ({
  it: `La base ${name} di ${id}`,
  en: `The base ${name} of ${id}`,
});
