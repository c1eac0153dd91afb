import type { Variables } from '@iter/engine';
import type { Json } from '@iter/process-model';
import { romeDate } from '@iter/legal-calendar';
import type { Random } from './random.ts';
import type { SimulatedRegisters } from './registers.ts';

/** Somebody outside who may answer when a case begins to wait: with which share, after how many days, with what. */
interface Outsider {
  readonly share: number;
  readonly days: readonly [least: number, most: number];
  readonly variables?: (random: Random, at: string) => Variables;
}

/**
 * Who outside writes, by the message that a case awaits. What is not here nobody sends. Of messages that exclude one another
 * (a receipt and a failure) the shares are apart, and the first to come counts.
 */
export const outsiders: Readonly<Record<string, Outsider>> = {
  infoReceived: { share: 0.85, days: [1, 9], variables: (_, at) => ({ infoArrivedOn: romeDate(at) }) },
  requestReopened: { share: 0.08, days: [1, 12] },
  deliveryReceipt: { share: 0.94, days: [0, 2], variables: (_, at) => ({ receivedAt: romeDate(at) }) },
  deliveryFailed: { share: 0.03, days: [0, 1], variables: () => ({ cause: 'casella piena' }) },
  deferralRequest: { share: 0.12, days: [2, 10], variables: () => ({ reason: 'malattia' }) },
  memoFiled: { share: 0.3, days: [2, 15] },
  accessRequest: { share: 0.2, days: [1, 8] },
  suspensionProposed: { share: 0.02, days: [5, 30] },
  employmentEnded: { share: 0.02, days: [10, 80] },
  employeeTransferred: { share: 0.01, days: [10, 80] },
  judgmentCommunicated: {
    share: 0.7,
    days: [60, 300],
    variables: (random) => ({ final: random.chance(0.8) }),
  },
  inspectorateReceipt: { share: 0.9, days: [0, 1] },
  withdrawalInProbation: { share: 0.02, days: [20, 120] },
  absenceRecorded: { share: 0.04, days: [5, 100] },
  resigned: { share: 0.04, days: [5, 150] },
};

/** Who asks to be enrolled in an edition, and after how many days: on the average 25 persons. */
export function enrolmentsOf(
  registers: SimulatedRegisters,
  random: Random,
): readonly { readonly days: number; readonly variables: Variables }[] {
  return Array.from({ length: random.between(5, 45) }, () => {
    const employer = random.pick(registers.comuni);
    const variables = { employeeRef: registers.employeeOf(employer), employer, account: null };
    return { days: random.next() * 18, variables };
  });
}

/** What the persons of a list answer to an interpello: who, after how many days, available or not. */
export function repliesOf(
  asked: Json | undefined,
  random: Random,
): readonly { readonly candidateRef: Json; readonly days: number; readonly reply: string }[] {
  const people = Array.isArray(asked) ? (asked as readonly Json[]) : [];
  return people.flatMap((candidateRef) => {
    const answers = random.chance(0.6);
    // Some answer when the term is over.
    const days = random.next() * 11;
    const reply = random.chance(0.08) ? 'AVAILABLE' : 'NOT_AVAILABLE';
    return answers ? [{ candidateRef, days, reply }] : [];
  });
}
