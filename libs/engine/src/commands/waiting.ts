import type { CaseCommand } from '../commands.ts';
import { ring } from '../deadlines/expiry.ts';
import type { Execution } from '../execution.ts';
import type { Key, Variables } from '../events.ts';
import { isFuture, legalDate } from '../deadlines/dates.ts';
import { refuse } from '../refused.ts';
import { keepRules } from '../refusals.ts';
import { deadlineMissedMessage } from '../run.ts';
import type { CaseState, Subscription } from '../state.ts';
import { nextFiring } from '../timers.ts';
import { deliverSignal } from '../signals.ts';
import { occur } from '../triggers.ts';
import { requireActive, requireRunning, requireVariables } from './checks.ts';
import { asDate } from './deadlines.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/** Early bells change nothing. A cycle goes on from when it was due. */
export function triggerTimer(x: Execution, { timer: key }: Command<'TriggerTimer'>): void {
  requireActive(x);
  const timer = x.state.timers.get(key);
  if (!timer)
    return refuse('timer-not-armed', {
      it: 'Il timer non è attivo: è già scattato, o nessuno lo attende.',
      en: 'The timer is not armed: it has fired already, or nobody awaits it.',
    });
  if (Date.parse(timer.dueAt) > Date.parse(x.env.now)) return;
  requireRunning(x);
  const { element } = timer;
  const node = x.waitingNode(timer);
  const goesOn = (node.attachedTo !== null || node.type === 'bpmn:StartEvent') && !node.interrupting;
  const isParallel = node.event.kind === 'multiple' && node.event.parallel;
  const next = goesOn && !isParallel ? nextFiring(timer) : null;
  const again = next && { ...timer, ...next };
  occur(x, timer, (partial) => ({ type: 'TimerFired', data: { key, element, ...partial } }), {}, { again });
}

/** Everything that is due of a deadline up to now happens, in its order. */
export function triggerDeadline(x: Execution, { deadline }: Command<'TriggerDeadline'>): void {
  requireActive(x);
  if (!x.state.deadlines.has(deadline))
    refuse('deadline-not-found', {
      it: 'Il caso non ha questo termine.',
      en: 'The case has no such deadline.',
    });
  ring(x, deadline);
}

/** The subscription that waits longest for a message. A null key, on either side, matches by name. */
export function awaiting(
  state: CaseState,
  name: string,
  correlationKey: string | null,
): Subscription | undefined {
  if (name === deadlineMissedMessage) return undefined;
  for (const it of state.subscriptions.values()) {
    if (it.name !== name) continue;
    if (correlationKey === null || it.correlationKey === null || it.correlationKey === correlationKey)
      return it;
  }
  return undefined;
}

export function correlateMessage(x: Execution, command: Command<'CorrelateMessage'>): void {
  requireRunning(x);
  requireVariables(command.variables);
  const subscription =
    command.subscription === undefined
      ? awaiting(x.state, command.name, command.correlationKey)
      : x.state.subscriptions.get(command.subscription);
  const isAwaited = subscription?.name === command.name && command.name !== deadlineMissedMessage;
  if (!subscription || !isAwaited) return refuseUnawaited(command.name);
  correlateByRules(x, subscription, command.messageId, command.variables);
}

function refuseUnawaited(name: string): never {
  return refuse('message-not-awaited', {
    it: `Il caso non attende ora il messaggio ${name}.`,
    en: `The case does not await the message ${name} now.`,
  });
}

/** By the rules of what awaits the message (`iter:refuse`); a receipt is a fact, and none refuses it. */
function correlateByRules(...[x, it, messageId, variables, more]: Parameters<typeof correlate>): void {
  keepRules(x, x.waitingNode(it), it.host, { ...more, ...variables });
  correlate(x, it, messageId, variables, more);
}

/** @param more what the output mappings of the event may read beside what the message brings */
export function correlate(
  x: Execution,
  it: Subscription,
  messageId: string,
  variables: Variables,
  more: Variables = {},
): void {
  const { key, element, name } = it;
  const data = { key, element, name, messageId, variables };
  // Without mappings all that is given becomes variables of the case.
  const payload = x.waitingNode(it).outputs.length > 0 ? { ...more, ...variables } : variables;
  occur(x, it, (partial) => ({ type: 'MessageCorrelated', data: { ...data, ...partial } }), payload);
}

/** A signal that nobody here awaits is nothing to refuse: it was for all. */
export function receiveSignal(x: Execution, command: Command<'ReceiveSignal'>): void {
  requireRunning(x);
  requireVariables(command.variables);
  deliverSignal(x, command);
}

/**
 * What arrived is registered and moves the case, or neither. Output mappings of the event read `incoming`, its cover:
 * `protocolNo`, `receivedOn`, `sender`; so a term can run from the day on which the document came in.
 */
export function registerIncoming(x: Execution, command: Command<'RegisterIncoming'>): void {
  requireRunning(x);
  const { type: _, variables, ...data } = command;
  requireVariables(variables);
  if (command.protocolNo.trim() === '')
    refuse(
      'variables-invalid',
      { it: 'Occorre il numero di protocollo.', en: 'The protocol number is needed.' },
      '/protocolNo',
    );
  const receivedOn = asDate(
    () =>
      legalDate(command.receivedOn, 'day', { it: 'La data di ricezione', en: 'The date of receipt' }) ?? '',
  );
  if (isFuture(x, receivedOn))
    refuse(
      'date-in-the-future',
      { it: `${receivedOn} è dopo la data di oggi.`, en: `${receivedOn} is after today.` },
      '/receivedOn',
    );
  requireDocuments(x, command.documents);
  const subscription = awaiting(x.state, command.message, null);
  if (!subscription) return refuseUnawaited(command.message);
  const key = x.env.newKey();
  x.emit({ type: 'IncomingRegistered', data: { key, ...data, receivedOn } });
  const { protocolNo, sender } = command;
  correlateByRules(x, subscription, key, variables, { incoming: { protocolNo, receivedOn, sender } });
}

function requireDocuments(x: Execution, keys: readonly Key[]): void {
  const missing = keys.find((key) => !x.state.documents.has(key));
  if (missing !== undefined)
    refuse('document-not-found', {
      it: `Il caso non ha il documento ${missing}: va prima allegato.`,
      en: `The case has no document ${missing}: attach it first.`,
    });
}
