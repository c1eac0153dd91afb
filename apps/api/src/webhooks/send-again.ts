import type { Deliveries, NotSent, ReceiverAt } from '@iter/reactions';
import { momentText } from '../http/moment.ts';
import { Problem } from '../problems/problem.ts';

/**
 * Sends a message to a receiver again.
 * @throws Problem 404 when there is none, 409 when its webhook has ended or is paused, it is too old, being sent or its receiver rests
 */
export async function sendAgain(
  deliveries: Deliveries,
  webhook: ReceiverAt,
  delivery: string,
): Promise<void> {
  const refusal = await deliveries.again(webhook, delivery);
  if (refusal) throw notSent(refusal);
}

/** Why a press does nothing, and of a rest until when. @param what a message waits there already, a test does not */
export const notSent = ({ code, until }: NotSent, what: keyof typeof afterwards = 'message'): Problem =>
  until === null
    ? new Problem(code)
    : new Problem(code, { detail: restingUntil(until, what), more: { until } });

const afterwards = {
  message: {
    it: 'ciò che attende parte da sé dopo',
    en: 'what waits leaves by itself afterwards',
  },
  test: { it: 'la prova va inviata di nuovo dopo', en: 'send the test again afterwards' },
} as const;

const restingUntil = (until: string, what: keyof typeof afterwards): Record<'it' | 'en', string> => {
  const { day, time } = momentText(until);
  return {
    it: `Non vuole ricevere nulla fino alle ${time} del ${day}: ${afterwards[what].it}.`,
    en: `It wants to receive nothing until ${time} on ${day}: ${afterwards[what].en}.`,
  };
};
