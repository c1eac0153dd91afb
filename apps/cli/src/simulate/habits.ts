import {
  addDays,
  atRome,
  formatRome,
  plusWorkingDays,
  romeDate,
  workingDayOnOrAfter,
} from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import type { Values } from './fill-form.ts';
import type { Random, Weighted } from './random.ts';
import type { SimulatedRegisters } from './registers.ts';

/** What somebody looks at before writing. */
export interface Scene {
  readonly random: Random;
  readonly registers: SimulatedRegisters;
  readonly calendar: LegalCalendar;
  readonly now: string;
  readonly caseName: string;
  readonly caseId: string;
  readonly comune: string;
  /** The form so far, and the case's variables beside it. */
  readonly seen: Values;
  /** The row that is filled in, as the case knows it; null outside lists. */
  readonly row: Values | null;
}

/** What is written into a field; undefined: whatever the field takes. */
export type Habit = (scene: Scene) => Json | undefined;

const mostly =
  (...choices: Weighted<Json>): Habit =>
  ({ random }) =>
    random.weighted(choices);
const always =
  (value: Json): Habit =>
  () =>
    value;
/** So many working days after today. */
const ahead =
  (days: number): Habit =>
  ({ now, calendar }) =>
    plusWorkingDays(romeDate(now), days, calendar);

const light = ['VERBAL_REPRIMAND', 'WRITTEN_REPRIMAND', 'FINE_UP_TO_4H', 'SUSPENSION_1_10D'];
const dismissals = ['DISMISSAL_NOTICE', 'DISMISSAL_NO_NOTICE'];
const isOf = (value: Json | undefined, values: readonly string[]): boolean =>
  typeof value === 'string' && values.includes(value);
const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];
const contextOf = (value: Json | undefined): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};

/** The same wherever they are asked. */
const anywhere: Readonly<Record<string, Habit>> = {
  staffCategory: always('EMPLOYEE'),
  employeeRef: ({ registers, comune }) => registers.employeeOf(comune),
  caseCode: ({ caseName }) => caseName.replace('#', '-'),
  serviceModel: ({ registers, comune, seen }) =>
    seen['serviceModel'] ??
    contextOf(registers.contents['convention']![comune])['serviceModel'] ??
    'FULL_UPD',
  expectedReceiptAt: ahead(7),
};

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

const replies = (yes: number): Habit => mostly([true, yes], [false, 1 - yes]);

/** By element: what people write where the flow needs sense, in plausible shares. */
const byElement: Readonly<Record<string, Readonly<Record<string, Habit>>>> = {
  // Desk
  start_deskRequest: {
    urgency: mostly(['NORMAL', 0.9], ['URGENT', 0.1]),
    receivedAt: ({ now }) => romeDate(now),
  },
  t_triage: {
    triage: ({ random, registers, comune }) =>
      random.weighted<Json>([
        ['ANSWER', 0.72],
        ['NEED_INFO', 0.15],
        ['OUT_OF_SCOPE', 0.08],
        ['START_CASE', registers.latestCaseOf(comune) === undefined ? 0 : 0.05],
      ]),
  },
  t_draftAnswer: { legalContent: mostly([true, 0.35], [false, 0.65]) },
  t_approveAnswer: { answerOutcome: mostly(['APPROVED', 0.9], ['RETURNED', 0.1]) },
  t_openCase: { startedCaseId: ({ registers, comune }) => registers.latestCaseOf(comune) },
  // Training
  t_publishEdition: {
    mode: ({ seen }) => seen['mode'] ?? 'ROOM',
    hours: always(4),
    sessions: ({ now, calendar, random }) => {
      const day = workingDayOnOrAfter(addDays(romeDate(now), random.between(28, 45)), calendar);
      const at = (time: string): string => formatRome(Date.parse(atRome(day, time)));
      return [{ sessionRef: 'L1', startsAt: at('09:00'), endsAt: at('13:00'), place: null }];
    },
    ...{ minSeats: always(8), maxSeats: always(40), seatsPerComune: always(null) },
    ...{ attendanceThresholdPct: always(90), passMarkPct: always(60), trainer: always('docente') },
  },
  t_decideCancel: { cancelDecision: mostly(['RUN', 0.4], ['CANCEL', 0.6]) },
  t_convene: { admitWaiting: always(false), late: always([]) },
  t_recordAttendance: {
    held: always(true),
    minutes: ({ seen, random }) =>
      listOf(seen['participants']).map((it) => ({
        employeeRef: contextOf(it)['employeeRef'] ?? '',
        minutes: random.weighted([
          [240, 0.85],
          [120, 0.05],
          [0, 0.1],
        ]),
      })),
  },
  t_level2: { score: ({ random }) => random.between(40, 100) },
  // Onboarding. The agreement is of 2022: the terms of its code are over for whoever joins now.
  start_request: {
    services: always([
      { service: 'DISCIPLINARY', serviceModel: 'FULL_UPD' },
      { service: 'TRAINING', serviceModel: 'SUPPORT' },
    ]),
    openCases: always(0),
  },
  t_feasibility: { feasible: replies(0.95) },
  t_comuneDeliberation: { comuneResolution: mostly(['APPROVED', 0.9], ['AMEND', 0.07], ['REFUSED', 0.03]) },
  t_provinceDeliberation: { provinceResolution: mostly(['APPROVED', 0.95], ['AMEND', 0.05]) },
  t_draftConvention: { validFrom: ahead(60), validUntil: ahead(800), ccnlSignedAt: always('2022-11-16') },
  t_dpoCheck: { dpoOutcome: mostly(['OK', 0.9], ['CHANGES', 0.1]) },
  t_sign: { signOutcome: mostly(['SIGNED', 0.97], ['GIVEN_UP', 0.03]), validUntil: ahead(800) },
  t_setup: { tenantReady: always(true) },
  t_trial: { trialOk: replies(0.9) },
  t_goLive: { openCasesNow: always(0) },
  // Interpello
  start_interpello: {
    tests: always([{ kind: 'ORAL', subject: 'Ordinamento degli enti locali' }]),
    oralForeseen: always(true),
    interviewForOne: replies(0.2),
    testNoticeDays: mostly([null, 0.7], [10, 0.3]),
  },
  t_sendInterpello: { replyUntil: always(null) },
  t_interpelloRanking: {
    ranking: ({ seen }) =>
      listOf(seen['passed']).map((candidateRef) => ({ candidateRef, mark: markOf(seen, candidateRef) })),
  },
  t_approveInterpelloRanking: { rankingOutcome: mostly(['APPROVED', 0.95], ['RETURNED', 0.05]) },
  t_proposeHire: {
    accepted: ({ random, registers, seen }) => {
      const need = registers.contents['needs']![String(seen['needRef'])];
      return Number(contextOf(need)['postsLeft'] ?? 0) > 0 && random.chance(0.7);
    },
  },
  t_updateList: {
    memberChange: ({ random, seen }) => {
      if (seen['accepted'] === true)
        return seen['contractType'] === 'PERMANENT' ? 'HIRED_PERMANENT' : 'HIRED_FIXED';
      return random.chance(0.8) ? 'REFUSED' : 'WITHDRAWN';
    },
  },
  // Tests
  t_appointCommission: {
    members: ({ random }) => [
      { memberRef: `Esperta ${random.between(1, 40)}`, role: 'PRESIDENT', sex: 'F', expertise: 'Dirigente' },
      { memberRef: `Esperto ${random.between(41, 80)}`, role: 'MEMBER', sex: 'M', expertise: 'Funzionario' },
      {
        memberRef: `Segretario ${random.between(1, 20)}`,
        role: 'SECRETARY',
        sex: 'M',
        expertise: 'Istruttore',
      },
    ],
  },
  t_commissionSetup: {
    declaration: mostly(['NONE', 0.98], ['CONFLICT', 0.02]),
    writtenForeseen: always(false),
    plannedEnd: ahead(80),
  },
  t_scheduleOral: {
    oralNoticeExpectedAt: ahead(3),
    // The form knows the notice of the law; one that was agreed people count by themselves.
    oralAt: ({ seen, now, calendar }) => {
      if (seen['noticeByAgreement'] !== true) return undefined;
      const days = typeof seen['oralNoticeDays'] === 'number' ? seen['oralNoticeDays'] : 20;
      const day = workingDayOnOrAfter(addDays(romeDate(now), days + 8), calendar);
      return formatRome(Date.parse(atRome(day, '09:00')));
    },
  },
  t_oralTest: {
    mark: ({ random }) => random.between(12, 30),
    passed: ({ seen }) => Number(seen['mark'] ?? 0) >= 21,
  },
  // Hiring
  t_checkRequirements: {
    requirementsOutcome: mostly(['OK', 0.93], ['FAILED', 0.03], ['RENOUNCED', 0.04]),
  },
  t_medicalCheck: { fit: replies(0.98) },
  t_signContract: {
    contractOutcome: mostly(['SIGNED', 0.96], ['RENOUNCED', 0.04]),
    startAt: ahead(10),
  },
  t_recordStart: { started: replies(0.98) },
  t_probationOutcome: { probationOutcome: mostly(['CONFIRMED', 0.95], ['NOT_PASSED', 0.05]) },
  t_suspendProbation: { absenceDays: ({ random }) => random.between(5, 60) },
  // Disciplinary
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
  t_signContestation: { signOutcome: mostly(['SIGNED', 0.93], ['RETURNED', 0.07]) },
  t_suspendAndCharge: {
    expectedReceiptAt: ahead(2),
    suspensionFrom: ahead(1),
    hearingPlace: always('Sede della Provincia'),
  },
  t_suspendAndChargeUpd: {
    expectedReceiptAt: ahead(2),
    suspensionFrom: ahead(1),
    hearingPlace: always('Sede della Provincia'),
  },
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

/** Somebody's habit for a field of an element. */
export function habitOf(element: string, key: string): Habit | undefined {
  return byElement[element]?.[key] ?? anywhere[key];
}

function markOf(seen: Values, candidateRef: Json): Json {
  const result = listOf(seen['oralResults']).find((it) => contextOf(it)['candidateRef'] === candidateRef);
  const mark = contextOf(result)['mark'];
  return typeof mark === 'number' ? mark : 21;
}
