import type { Label } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import { isLive } from '../deadline-state.ts';
import { isFuture, legalDate } from '../deadlines/dates.ts';
import { emitDeadline, factsOf } from '../deadlines/emit.ts';
import { hasQuietingFact } from '../deadlines/facts.ts';
import { declarationOf } from '../deadlines/find.ts';
import * as operation from '../deadlines/operations.ts';
import { Stuck } from '../execution.ts';
import type { Execution } from '../execution.ts';
import type { Key } from '../events.ts';
import { refuse } from '../refused.ts';
import type { Deadline } from '../state.ts';
import { requireActive, requireReason } from './checks.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/** What the flow would be stuck on, a person is told at once. */
export function asDate<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof Stuck) return refuse('date-invalid', inWords(error));
    throw error;
  }
}

/** What the flow would tell its maker alone is of no use to who gives a date: the code is for those who help. */
const inWords = ({ code, said: { it, en } }: Stuck): Label =>
  en === null
    ? { it: `Il termine non si può calcolare (${code}).`, en: `The deadline cannot be computed (${code}).` }
    : { it, en };

const standings: Readonly<Record<Deadline['status'], Label>> = {
  open: { it: 'è aperto', en: 'is open' },
  suspended: { it: 'è sospeso', en: 'is suspended' },
  met: { it: 'è stato osservato', en: 'was met' },
  missed: { it: 'è scaduto', en: 'was missed' },
  replaced: { it: 'è stato sostituito', en: 'was replaced' },
  closed: { it: 'è chiuso', en: 'is closed' },
};

const standingOf = ({ id, status }: Deadline): Label => ({
  it: `Il termine ${id} ${standings[status].it}.`,
  en: `The deadline ${id} ${standings[status].en}.`,
});

function find(x: Execution, key: Key): Deadline {
  requireActive(x);
  return (
    x.state.deadlines.get(key) ??
    refuse('deadline-not-found', {
      it: 'Il caso non ha questo termine.',
      en: 'The case has no such deadline.',
    })
  );
}

function refuseUnlessLive(deadline: Deadline): void {
  if (!isLive(deadline)) refuse('deadline-not-open', standingOf(deadline));
}

function pastDate(
  x: Execution,
  deadline: Deadline,
  date: string,
  grain = operation.grainOfDeadline(deadline),
): string {
  const given = asDate(() => legalDate(date, grain, { it: 'La data', en: 'The date' }) ?? '');
  if (isFuture(x, given))
    refuse('date-in-the-future', { it: `${given} è dopo la data di oggi.`, en: `${given} is after today.` });
  return given;
}

export function suspendDeadline(x: Execution, command: Command<'SuspendDeadline'>): void {
  const deadline = find(x, command.deadline);
  if (deadline.status !== 'open') refuse('deadline-not-open', standingOf(deadline));
  requireReason(command.reason);
  const on = pastDate(x, deadline, command.on, 'day');
  asDate(() => operation.suspend(x, deadline, on, command.reason));
}

export function resumeDeadline(x: Execution, command: Command<'ResumeDeadline'>): void {
  const deadline = find(x, command.deadline);
  if (deadline.status !== 'suspended') refuse('deadline-not-suspended', standingOf(deadline));
  requireReason(command.reason);
  const on = pastDate(x, deadline, command.on, 'day');
  asDate(() => operation.resume(x, deadline, on, command.reason));
}

/** Ten years are more than any extension that a norm knows. */
const mostDays = 3660;

export function extendDeadline(
  x: Execution,
  { deadline: key, days, reason }: Command<'ExtendDeadline'>,
): void {
  const deadline = find(x, key);
  refuseUnlessLive(deadline);
  requireReason(reason);
  if (!Number.isInteger(days) || days < 1 || days > mostDays) {
    refuse('limit-exceeded', {
      it: `Una proroga va da 1 a ${mostDays} giorni interi: cambiare il numero.`,
      en: `An extension is of 1 to ${mostDays} whole days: change the number.`,
    });
  }
  asDate(() => operation.extend(x, deadline, days, reason));
}

export function interruptDeadline(x: Execution, command: Command<'InterruptDeadline'>): void {
  const deadline = find(x, command.deadline);
  refuseUnlessLive(deadline);
  requireReason(command.reason);
  const base = pastDate(x, deadline, command.base);
  asDate(() => operation.interrupt(x, deadline, base, command.reason));
}

export function rebaseDeadline(x: Execution, command: Command<'RebaseDeadline'>): void {
  const { baseName, reason } = command;
  const deadline = find(x, command.deadline);
  if (deadline.status === 'replaced' || deadline.status === 'closed') refuseUnlessLive(deadline);
  requireReason(reason);
  requireBase(deadline, baseName);
  const grain = operation.grainOfDeadline(deadline);
  const date = asDate(() => legalDate(command.date, grain, { it: 'La data', en: 'The date' }) ?? '');
  const backward = deadline.plan.base > deadline.plan.nominalDate;
  if (!backward && isFuture(x, date))
    refuse('date-in-the-future', { it: `${date} è dopo la data di oggi.`, en: `${date} is after today.` });
  asDate(() => operation.rebase(x, deadline, baseName, date, reason));
}

function requireBase(deadline: Deadline, name: string): void {
  if (deadline.bases.some((it) => it.name === name)) return;
  const names = deadline.bases.map((it) => it.name).join(', ');
  refuse('base-not-found', {
    it: `${deadline.id} non ha la decorrenza ${name}; ha: ${names}.`,
    en: `${deadline.id} has no base ${name}; it has: ${names}.`,
  });
}

/** A fact recorded late or wrongly: the state is worked out again from its date. */
export function rectifyDeadline(x: Execution, command: Command<'RectifyDeadline'>): void {
  const { reason } = command;
  const deadline = find(x, command.deadline);
  if (deadline.status === 'replaced' || deadline.status === 'closed') refuseUnlessLive(deadline);
  requireReason(reason);
  const on = pastDate(x, deadline, command.on);
  asDate(() => operation.rectify(x, deadline, on, reason));
  if (hasQuietingFact(declarationOf(x, deadline)) || deadline.quieted) return;
  const by = 'rectification';
  emitDeadline(x, { type: 'DeadlineMet', data: { ...factsOf(deadline), by, on, use: 'quiets' } });
}

/** The same proof again changes nothing. */
export function proveDeadline(x: Execution, command: Command<'ProveDeadline'>): void {
  const { baseName: base, proof } = command;
  const deadline = find(x, command.deadline);
  requireBase(deadline, base);
  if (proof.trim() === '')
    refuse('reason-required', {
      it: 'Occorre la prova: numero di protocollo o ricevuta.',
      en: 'Proof is needed: a protocol number or a receipt.',
    });
  if (deadline.bases.some((it) => it.name === base && it.proof === proof)) return;
  emitDeadline(x, { type: 'DeadlineProven', data: { ...factsOf(deadline), base, proof } });
}

/** Of a deadline that can still ring. */
export function reissueLadder(x: Execution, command: Command<'ReissueLadder'>): void {
  const deadline = find(x, command.deadline);
  if (deadline.status === 'replaced' || deadline.status === 'closed') refuseUnlessLive(deadline);
  requireReason(command.reason);
  try {
    operation.reissueLadder(x, deadline, command.reason);
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    const { it, en } = error.said;
    refuse('ladder-unknown', {
      it: `Questa scala di solleciti non c’è: ${it}`,
      en: `There is no such ladder: ${en ?? it}`,
    });
  }
}
