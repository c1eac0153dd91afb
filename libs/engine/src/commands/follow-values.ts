import type { Expression, Json } from '@iter/process-model';
import { compareDates, isFuture, legalDate } from '../deadlines/dates.ts';
import { emitDeadline, factsOf } from '../deadlines/emit.ts';
import { isForwardWait } from '../deadlines/expiry.ts';
import { findDeclaration } from '../deadlines/find.ts';
import * as operation from '../deadlines/operations.ts';
import { unlessStuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import { evaluate } from '../expressions.ts';
import type { Key } from '../events.ts';
import { refuse } from '../refused.ts';
import { isSame } from '../same.ts';
import type { Deadline } from '../state.ts';
import { asDate } from './deadlines.ts';
import { refuseMoved } from './unfollowed.ts';

/** What the declaration of a deadline says from the case's values: dates and proofs of its bases, dates that meet it. */
interface Reading {
  readonly dates: readonly Json[];
  readonly proofs: readonly Json[];
  readonly met: readonly Json[];
}

/**
 * Reads the declarations of all terms as they are before values change.
 * @returns reads them again, and lets the terms follow what has changed by then
 */
export function followValues(x: Execution): (reason: string) => void {
  const concerned = [...x.state.deadlines.values()]
    .filter(({ status }) => status !== 'replaced' && status !== 'closed')
    .map((deadline) => ({ key: deadline.key, before: readingOf(x, deadline) }));
  return (reason) => {
    for (const { key, before } of concerned) {
      followBases(x, key, before, reason);
      followFacts(x, key, before, reason);
    }
  };
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

const dated = (deadline: Deadline, value: Json): string | null =>
  asDate(() =>
    legalDate(value, operation.grainOfDeadline(deadline), {
      it: `La data di ${deadline.id}`,
      en: `The date of ${deadline.id}`,
    }),
  );

const asBefore = (deadline: Deadline, value: Json): string | null =>
  unlessStuck(() =>
    legalDate(value, operation.grainOfDeadline(deadline), {
      it: `La data di ${deadline.id}`,
      en: `The date of ${deadline.id}`,
    }),
  );

/** The new date of a term, which must be one. */
function newDate(deadline: Deadline, value: Json): string {
  const missing = {
    it: `Da questo dato dipende il termine ${deadline.id}: la data è necessaria.`,
    en: `The deadline ${deadline.id} depends on this value: the date is needed.`,
  };
  return dated(deadline, value) ?? refuse('date-invalid', missing);
}

function refuseFuture(x: Execution, date: string): void {
  if (isFuture(x, date))
    refuse('date-in-the-future', { it: `${date} è dopo la data di oggi.`, en: `${date} is after today.` });
}

/** A base that somebody has set to another date since stays as they set it. */
function followBases(x: Execution, key: Key, before: Reading, reason: string): void {
  const now = (): Deadline => x.state.deadlines.get(key)!;
  const after = readingOf(x, now());
  now().bases.forEach(({ name }) => {
    const i = (findDeclaration(x, now())?.bases ?? []).findIndex((it) => it.name === name);
    const [was, is] = [before.dates[i] ?? null, after.dates[i] ?? null];
    const base = now().bases.find((it) => it.name === name);
    if (!isSame(was, is) && base?.date === asBefore(now(), was)) {
      const date = newDate(now(), is);
      const { plan, bases } = now();
      // Interrupted, it counts from a day of its own.
      if (bases.every((it) => it.date !== plan.base)) refuseMoved();
      if (compareDates(plan.base, plan.nominalDate) <= 0) refuseFuture(x, date);
      asDate(() => operation.rebase(x, now(), name, date, reason));
    }
    const proof = after.proofs[i];
    if (!isSame(before.proofs[i], proof) && (typeof proof === 'string' || typeof proof === 'number'))
      emitDeadline(x, {
        type: 'DeadlineProven',
        data: { ...factsOf(now()), base: name, proof: String(proof) },
      });
  });
}

function followFacts(x: Execution, key: Key, before: Reading, reason: string): void {
  const now = (): Deadline => x.state.deadlines.get(key)!;
  const after = readingOf(x, now());
  (findDeclaration(x, now())?.met ?? []).forEach(({ use }, i) => {
    const [was, is] = [before.met[i] ?? null, after.met[i] ?? null];
    if (use === 'quiets' || isSame(was, is)) return;
    const { decidedOn, status } = now();
    // A fact that came too late, or that had no date, is not on the term.
    if (decidedOn === null && (status === 'missed' || was === null)) refuseMoved();
    if (decidedOn === null || decidedOn !== asBefore(now(), was)) return;
    const on = newDate(now(), is);
    refuseFuture(x, on);
    const { earliestActionDate: earliest } = now().plan;
    if (isForwardWait(now()) && earliest !== null && compareDates(on, earliest) < 0)
      refuse('act-too-early', {
        it: `L’atto è lecito dal ${earliest}, non già il ${on}.`,
        en: `The act is lawful from ${earliest}, not on ${on} already.`,
      });
    asDate(() => operation.rectify(x, now(), on, reason));
  });
}
