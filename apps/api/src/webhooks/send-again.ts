import { formatRome } from '@iter/legal-calendar';
import type { NotSent } from '@iter/reactions';
import { Problem } from '../problems/problem.ts';
import type { ApiPorts } from '../ports.ts';

/**
 * Sends a message to a receiver again.
 * @throws Problem 404 when there is none, 409 when its webhook has ended, it is too old, being sent or its receiver rests
 */
export async function sendAgain(
  { webhooks, deliveries }: Pick<ApiPorts, 'webhooks' | 'deliveries'>,
  id: string,
  delivery: string,
): Promise<void> {
  const webhook = webhooks.find(id);
  if (!webhook) throw new Problem('webhook-not-found');
  if (webhook.state === 'ended') throw new Problem('webhook-ended');
  const refusal = await deliveries.again(webhook, delivery);
  if (refusal) throw notSent(refusal);
}

/** Why a press does nothing, and of a rest until when. */
export const notSent = ({ code, until }: NotSent): Problem =>
  until === null ? new Problem(code) : new Problem(code, { detail: restingUntil(until), more: { until } });

const restingUntil = (until: string): string => {
  const [day = '', time = ''] = formatRome(Date.parse(until)).split('T');
  const date = day.split('-').reverse().join('/');
  return `Non vuole ricevere nulla fino alle ${time.slice(0, 5)} del ${date}: ciò che attende parte da sé dopo.`;
};
