import type { CaseState, Variables } from '@iter/engine';
import type { Json } from '@iter/process-model';
import { romeDate } from '@iter/legal-calendar';
import { contextOf, listOf } from './habits/habit.ts';
import { participants, tutors } from './habits/programme.ts';
import { subjects } from './habits/training.ts';
import type { Random } from './random.ts';
import type { SimulatedRegisters } from './registers.ts';

const hourMs = 3_600_000;

/** Somebody outside who may answer when a case begins to wait: with which share, after how many days, with what. */
interface Outsider {
  readonly share: number;
  readonly days: readonly [least: number, most: number];
  readonly variables?: (random: Random, at: string, of: CaseState) => Variables;
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
  accessRequest: {
    share: 0.2,
    days: [1, 8],
    variables: (random) => {
      const accessBy = random.weighted<Json>([
        ['EMPLOYEE', 0.5],
        ['DEFENDER', 0.35],
        ['THIRD_PERSON', 0.1],
        ['OTHER_BODY', 0.05],
      ]);
      const stated = accessBy === 'THIRD_PERSON' || accessBy === 'OTHER_BODY';
      return { accessBy, accessInterest: stated ? 'tutela in giudizio' : null, scope: 'atti del fascicolo' };
    },
  },
  suspensionProposed: { share: 0.02, days: [5, 30] },
  employmentEnded: { share: 0.02, days: [10, 80] },
  employeeTransferred: { share: 0.01, days: [10, 80] },
  judgmentCommunicated: {
    share: 0.7,
    days: [60, 300],
    variables: (random) => ({ final: random.chance(0.8) }),
  },
  inspectorateReceipt: { share: 0.9, days: [0, 1] },
  // Six months, of which half has passed also after a month of absence.
  withdrawalInProbation: {
    share: 0.02,
    days: [125, 180],
    variables: (_, at) => ({ withdrawalProposedOn: romeDate(at) }),
  },
  absenceRecorded: { share: 0.04, days: [5, 100] },
  resigned: { share: 0.04, days: [5, 150] },
  // Needs
  dfpReceived: {
    share: 0.92,
    days: [1, 4],
    variables: (random, at) => ({
      dfpReceivedAt: romeDate(at),
      dfpProtocolNo: `DFP-${random.between(1, 99_999)}`,
    }),
  },
  staffAssigned: { share: 0.06, days: [3, 18] },
  negativeReply: { share: 0.3, days: [5, 20] },
  needWithdrawn: { share: 0.02, days: [5, 60] },
  // Competitions and lists
  portalMalfunction: {
    share: 0.08,
    days: [3, 15],
    variables: (_, at) => ({
      outageFrom: new Date(Date.parse(at) - 5 * hourMs).toISOString(),
      outageTo: new Date(Date.parse(at) - hourMs).toISOString(),
    }),
  },
  noticeAmended: { share: 0.03, days: [2, 8] },
  noticeRevoked: { share: 0.02, days: [20, 200] },
  parityWarning: {
    share: 0.05,
    days: [5, 25],
    variables: (_, at) => ({ warningReceivedAt: romeDate(at) }),
  },
  // Of those in the ranking once it is there, before of those admitted; whom the notice of the desk is about where there is none.
  candidateWithdrawn: {
    share: 0.5,
    days: [30, 220],
    variables: (random, _, { root: { variables } }) => {
      const people = [
        ...listOf(variables['rankingFinal'] ?? variables['admitted']).map(contextOf),
        ...listOf(variables['listMembers']).map((candidateRef) => ({ candidateRef })),
      ];
      const { candidateRef = null } = people.length > 0 ? random.pick(people) : { candidateRef: 'K0-000' };
      return { candidateRef };
    },
  },
  availabilityWithdrawn: {
    share: 0.3,
    days: [3, 60],
    variables: (random, _, { root: { variables } }) => {
      const [available, asked] = [listOf(variables['available']), listOf(variables['asked'])];
      const people = available.length > 0 ? available : asked;
      return { candidateRef: people.length > 0 ? random.pick(people) : 'K0-000' };
    },
  },
  courtOrder: { share: 0.04, days: [60, 240] },
  courtDecision: { share: 0.95, days: [20, 90] },
  // Training
  withdrawn: {
    share: 0.2,
    days: [8, 20],
    variables: (random, _, { root }) => {
      const enrolled = listOf(root.variables['enrolled']).map(contextOf);
      const { employeeRef = null, employer = null } = enrolled.length > 0 ? random.pick(enrolled) : {};
      return { people: [{ employeeRef, employer }] };
    },
  },
  syllabusImported: {
    share: 0.5,
    days: [20, 150],
    variables: (random, at) => ({
      ...{ importRef: `SY-${at}-${random.between(1, 999_999)}`, hours: random.between(8, 24) },
      ...{ subject: random.pick(subjects), creditedOn: romeDate(at) },
    }),
  },
  externalTrainingDeclared: {
    share: 0.05,
    days: [20, 250],
    variables: (random, at) => ({
      ...{ externalRef: `EXT-${random.between(1, 999_999)}`, hours: random.between(2, 12) },
      ...{ subject: random.pick(subjects), attendedOn: romeDate(at), description: 'Convegno' },
    }),
  },
  personLeft: { share: 0.03, days: [20, 340], variables: (_, at) => ({ leftOn: romeDate(at) }) },
  // Programme and conventions
  participantJoined: {
    share: 0.9,
    days: [0.2, 6],
    variables: (random) => ({ province: random.pick(participants) }),
  },
  tutorWithdrew: {
    share: 0.04,
    days: [5, 60],
    variables: (random) => ({ province: random.pick(tutors) }),
  },
  noProjectWork: { share: 0.04, days: [20, 80] },
  contributionWithdrawn: { share: 0.05, days: [30, 300] },
  lawChanged: { share: 0.1, days: [60, 300] },
  withdrawal: {
    share: 0.03,
    days: [90, 500],
    variables: () => ({ withdrawnBy: 'COMUNE' }),
  },
  conventionAnnulled: { share: 0.01, days: [60, 300] },
};

/** Who asks to be enrolled in an edition, and after how many days: on the average 25 persons. */
export function enrolmentsOf(
  registers: SimulatedRegisters,
  random: Random,
): readonly { readonly days: number; readonly variables: Variables }[] {
  return Array.from({ length: random.between(5, 45) }, () => {
    const employer = random.pick(registers.comuni);
    const account = registers.ground.accountOf(employer);
    const variables = { employeeRef: registers.employeeOf(employer, random), employer, account };
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

/** What the questionnaire of a course came to, of those who were asked. */
export function level1Of(invited: number, random: Random): Variables | null {
  const answers = Math.round(invited * (0.3 + 0.6 * random.next()));
  const means = ['clear', 'trainer', 'organisation'].map((question) => ({
    ...{ question, answers, mean: random.between(25, 50) / 10 },
  }));
  return answers < 5 ? null : { answers, means };
}
