import { earliestHearing, romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import { ahead, always, isOf, mostly, replies } from './habit.ts';
import type { Habit, Habits } from './habit.ts';

const light = ['VERBAL_REPRIMAND', 'WRITTEN_REPRIMAND', 'FINE_UP_TO_4H', 'SUSPENSION_1_10D'];
const dismissals = ['DISMISSAL_NOTICE', 'DISMISSAL_NO_NOTICE'];

const decisionKind: Habit = ({ random, seen }) => {
  if (isOf(seen['resumptionKind'], ['REOPENING_REQUEST', 'REOPENING_OFFICE'])) {
    return random.weighted<Json>([
      ['CONFIRMED', 0.6],
      ['REVOKED', 0.4],
    ]);
  }
  if (seen['agreementOutcome'] === 'AGREED') return 'AGREED_SANCTION';
  const most = seen['maxSanction'];
  if (most === 'VERBAL_REPRIMAND') return 'ARCHIVED';
  return random.weighted<Json>([
    ['ARCHIVED', 0.25],
    [isOf(most, dismissals) ? 'DISMISSAL' : 'SANCTION', 0.75],
  ]);
};

const today: Habit = ({ now }) => romeDate(now);

/** Signed and handed over at once: where that took days, with a hearing that has come too near. */
const signing: Habits[string] = {
  signOutcome: mostly(['SIGNED', 0.93], ['RETURNED', 0.07]),
  suspensionFrom: today,
  expectedReceiptAt: today,
  handedOverAsIs: always(true),
};

export const disciplinary: Habits = {
  t_fileReport: {
    flagrante: always(false),
    presenceFraud: always(false),
    criminalAspects: replies(0.08),
    proposedSeverity: mostly(['VERBAL', 0.05], ['MINOR', 0.6], ['SERIOUS', 0.27], ['DISMISSAL', 0.08]),
  },
  t_registerReport: {
    source: ({ seen }) => (seen['reportSentAt'] ? 'REPORT' : undefined),
    chargeAlreadyMade: always(false),
  },
  t_classify: {
    route: ({ random, seen }) => (random.chance(0.95) ? (seen['proposedRoute'] ?? 'ORDINARY') : 'ORDINARY'),
    maxSanction: ({ random, seen }) => {
      switch (seen['proposedSeverity']) {
        case 'DISMISSAL':
          return random.pick(dismissals);
        case 'SERIOUS':
          return 'SUSPENSION_11D_6M';
        default:
          return random.pick(['WRITTEN_REPRIMAND', 'FINE_UP_TO_4H', 'SUSPENSION_1_10D']);
      }
    },
    dismissalForeseen: ({ seen }) => seen['proposedSeverity'] === 'DISMISSAL',
  },
  t_preliminaryNote: { proposedReviewOutcome: mostly(['PROCEED', 0.85], ['NOT_DISCIPLINARY', 0.15]) },
  t_preliminaryReview: {
    reviewOutcome: mostly(
      ['PROCEED', 0.8],
      ['NEED_MORE_FACTS', 0.08],
      ['NOT_DISCIPLINARY', 0.08],
      ['VERBAL_ONLY', 0.03],
      ['OTHER_PA', 0.01],
    ),
  },
  t_signContestation: {
    // Who signs late sends back a hearing that is too near.
    signOutcome: ({ now, random, seen, calendar }) => {
      const hearing = earliestHearing(now, 20, { calendar, comune: null });
      const isFar = 'earliest' in hearing && hearing.earliest <= String(seen['hearingAt']);
      return isFar && random.chance(0.93) ? 'SIGNED' : 'RETURNED';
    },
  },
  t_prepareSuspension: {
    expectedReceiptAt: ahead(2),
    suspensionFrom: ahead(1),
    hearingPlace: always('Sede della Provincia'),
  },
  t_prepareSuspensionUpd: {
    expectedReceiptAt: ahead(2),
    suspensionFrom: ahead(1),
    hearingPlace: always('Sede della Provincia'),
  },
  t_suspendAndCharge: signing,
  t_suspendAndChargeUpd: signing,
  start_flagrante: { ascertainedBy: always('IN_THE_ACT') },
  t_assessOmission: { omissionJustified: replies(0.6) },
  t_send: { channel: mostly(['CERTIFIED_MAIL', 0.8], ['BY_HAND', 0.15], ['REGISTERED_POST', 0.05]) },
  t_recordDelivery: {
    deliveryOutcome: mostly(
      ['DELIVERED', 0.88],
      ['REFUSED', 0.03],
      ['UNCLAIMED', 0.02],
      ['FAILED', 0.05],
      ['WAITING', 0.02],
    ),
  },
  t_holdHearing: { hearingOutcome: mostly(['HELD', 0.78], ['ABSENT', 0.18], ['NOT_HELD_REQUEST', 0.04]) },
  t_decideDeferral: { grantDeferral: replies(0.8), afterRefusal: always('GO_ON') },
  t_investigate: {
    investigationOutcome: ({ random, seen }) => {
      const isGrave = typeof seen['maxSanction'] === 'string' && !isOf(seen['maxSanction'], light);
      return random.weighted<Json>([
        ['COMPLETE', 0.86],
        ['REPEAT', 0.1],
        ['PENAL', isGrave && seen['accelerated'] !== true ? 0.15 : 0],
      ]);
    },
  },
  t_assessPenal: { resumeNow: always(true) },
  t_draftDecision: {
    decisionKind,
    sanctionCode: ({ seen }) => seen['agreedSanction'] ?? seen['maxSanction'] ?? 'WRITTEN_REPRIMAND',
    dismissalKind: ({ seen }) =>
      isOf(seen['maxSanction'], dismissals) ? seen['maxSanction'] : 'DISMISSAL_NOTICE',
    sanctionDays: ({ seen }) => (seen['sanctionCode'] === 'SUSPENSION_1_10D' ? 5 : 20),
  },
  t_notifyConcerned: { accessNoticeReceivedAt: today },
  // Who says nothing is waited for, which no habit does: here everybody speaks.
  t_giveAccess: {
    accessReaction: mostly(['CONSENT', 0.4], ['OBJECTED', 0.6]),
    accessOutcome: ({ random, seen }) =>
      random.weighted<Json>(
        seen['accessBy'] === 'THIRD_PERSON'
          ? [
              ['LIMITED', 0.5],
              ['REFUSED', 0.4],
              ['DEFERRED', 0.1],
            ]
          : [['GRANTED', 1]],
      ),
    accessGivenAt: today,
  },
  t_adoptDecision: {
    adoptOutcome: mostly(['ADOPTED', 0.94], ['RETURNED', 0.06]),
    otherReportsDue: replies(0.05),
  },
  t_assessDecadence: { decadence: mostly(['TIMELY', 0.3], ['CONTINUE', 0.1], ['TIME_BARRED', 0.6]) },
  t_assessResumeMissed: { resumeMissed: mostly(['TIMELY', 0.3], ['LATE', 0.7]) },
  t_assessResumption: { maxSanction: always('SUSPENSION_11D_6M'), resumptionOutcome: always('RENEW') },
  t_hearInformally: {
    verbalOutcome: mostly(['REPRIMAND', 0.65], ['ARCHIVE', 0.25], ['HEAVIER_FACTS', 0.1]),
  },
  t_recordReceipt: { outcome: mostly(['ACCEPTED', 0.93], ['REJECTED', 0.07]) },
  t_chaseReceipt: { chaseOutcome: mostly(['RESEND', 0.3], ['WAIT', 0.4], ['CLOSE', 0.3]) },
  t_reportProsecutor: { externalOutcome: mostly(['SENT', 0.9], ['RETURNED', 0.1]) },
  t_reportCourtOfAuditors: { externalOutcome: mostly(['SENT', 0.9], ['RETURNED', 0.1]) },
};
