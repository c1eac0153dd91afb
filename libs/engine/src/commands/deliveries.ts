import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { refuse } from '../refused.ts';
import type { CaseState, Delivery, Subscription } from '../state.ts';
import { requireActive, requireSha256, requireVariables, workInstance } from './checks.ts';
import { correlate } from './waiting.ts';

type Command<T extends CaseCommand['type']> = Extract<CaseCommand, { type: T }>;

/** A letter that is known was given over before: the job is asked for what has not happened yet. */
export function recordDelivery(x: Execution, command: Command<'RecordDelivery'>): void {
  requireActive(x);
  const { type: _, job, messageId, ...data } = command;
  if (x.state.deliveries.has(messageId)) return;
  const { element, scope } = workInstance(x, 'jobs', job);
  const key = x.env.newKey();
  x.emit({
    type: 'DeliverySent',
    data: { key, channel: 'CERTIFIED_MAIL', messageId, job, element, scope, ...data },
  });
}

/**
 * The receipt is filed also when nobody waits for it: the desk has gone on without, or has not come to wait yet.
 * A suspended case files it and does not move.
 */
export function recordDeliveryReceipt(x: Execution, command: Command<'RecordDeliveryReceipt'>): void {
  requireActive(x);
  const { messageId, receipt, file, gives } = command;
  const delivery = x.state.deliveries.get(messageId);
  if (!delivery)
    return refuse('delivery-not-found', {
      it: 'Il caso non ha spedito questa lettera.',
      en: 'The case has not sent this letter.',
    });
  if (delivery.receipts.some((known) => known.receipt === receipt.receipt)) return;
  requireSha256(file.sha256);
  requireVariables(gives?.variables ?? {});
  const document = x.env.newKey();
  x.emit({ type: 'DocumentAttached', data: { key: document, ...file, protocolNo: null, task: null } });
  const key = x.env.newKey();
  x.emit({ type: 'DeliveryReceiptRecorded', data: { key, delivery: delivery.key, document, ...receipt } });
  const waiting = gives && !x.state.suspended ? awaitingBeside(x.state, delivery, gives.message) : undefined;
  if (gives && waiting) correlate(x, waiting, key, gives.variables);
}

/** Who waits for the message in the scope in which the letter was sent: another attempt waits for its own. */
export function awaitingBeside(
  state: CaseState,
  { scope }: Pick<Delivery, 'scope'>,
  message: string,
): Subscription | undefined {
  for (const it of state.subscriptions.values()) {
    if (it.name !== message) continue;
    const around = it.host === null || it.inside ? it.host : state.elements.get(it.host)?.scope;
    if (around === scope) return it;
  }
  return undefined;
}

/** Letters of which nobody knows yet whether they arrived, and whose receipts somebody may still wait for. */
export const lettersUnderWay = (state: CaseState): readonly Delivery[] =>
  [...state.deliveries.values()].filter(
    (letter) => isOnItsWay(state, letter) && !letter.receipts.some((receipt) => isEnd(receipt.state)),
  );

const isEnd = (state: string): boolean => state === 'delivered' || state === 'failed';

/** Whether somebody may still come to wait for the receipts of a letter. */
export const isOnItsWay = (state: CaseState, { scope }: Pick<Delivery, 'scope'>): boolean =>
  state.status === 'active' && (scope === null || state.elements.has(scope));
