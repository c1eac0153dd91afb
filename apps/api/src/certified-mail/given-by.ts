import type { Daticert, Judgement } from '@iter/channels/pec';
import type { Variables } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';

/**
 * The message that a receipt is to whoever awaits it: the day in Rome of the legal moment, and what identifies the proof.
 * @returns null when the receipt decides nothing about the delivery
 */
export function givenBy(
  daticert: Pick<Daticert, 'id'>,
  { deliveredAt, failure }: Pick<Judgement, 'deliveredAt' | 'failure'>,
): { readonly message: 'deliveryReceipt' | 'deliveryFailed'; readonly variables: Variables } | null {
  if (deliveredAt !== null) {
    const receiptDoc = `Ricevuta di avvenuta consegna ${daticert.id}`.slice(0, 200);
    return { message: 'deliveryReceipt', variables: { receivedAt: romeDate(deliveredAt), receiptDoc } };
  }
  return failure === null ? null : { message: 'deliveryFailed', variables: { cause: failure } };
}
