import { romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import type { Values } from '../fill-form.ts';
import { approvedUnlessGone, still } from './competition.ts';
import { ahead, always, contextOf, mostly, replies, rowsOf } from './habit.ts';
import type { Habit, Habits, Scene } from './habit.ts';
import { areaOf } from '../selection-registers.ts';

const postsLeft = ({ registers, seen }: Scene): number =>
  Number(contextOf(registers.contents['needs']![String(seen['needRef'])])['postsLeft'] ?? 0);

const passedIn = ({ seen }: Scene): readonly Values[] =>
  (Array.isArray(seen['passed']) ? (seen['passed'] as readonly Json[]) : []).map((candidateRef) => ({
    candidateRef,
  }));

const need: Readonly<Record<string, Habit>> = {
  profile: ({ random, registers }) => random.pick(registers.selection.profiles()),
  area: ({ seen }) => areaOf(String(seen['profile'])),
  posts: mostly([1, 0.75], [2, 0.2], [3, 0.05]),
  contractType: mostly(['PERMANENT', 0.75], ['FIXED', 0.25]),
  contractMonths: always(12),
  partTimePct: always(100),
  headcountPermanent: ({ random }) => random.between(10, 200),
  plannedHires: ({ random }) => random.between(1, 6),
  population: ({ random }) => random.between(500, 20_000),
  publishSubjectTo34bis: replies(0.1),
};

export const selection: Habits = {
  // Need and mobility
  start_need: need,
  t_fixNeed: { ...need, needOutcome: mostly(['FIXED', 0.85], ['WITHDRAWN', 0.15]) },
  t_checkPlan: {
    planOk: replies(0.93),
    ownRankingRef: ({ registers, comune, seen }) =>
      registers.selection.rankingFor(comune, String(seen['profile'])),
  },
  t_evaluateMobility: {
    mobilityRequests: ({ random, caseName }) =>
      Array.from({ length: random.between(0, 2) }, (_, at) => ({
        candidateRef: `MOB-${caseName.split('#')[1]}-${at + 1}`,
        ...{ releasingBody: 'Comune di Altrove', releasingHeadcount: 80, consent: 'GIVEN' },
        // One at most is hired, so there is a post for each.
        outcome:
          at === 0 && random.chance(0.3) ? 'HIRED' : random.pick(['NOT_HIRED', 'NOT_SUITABLE', 'RENOUNCED']),
      })),
  },
  t_registerAssignment: {
    assignedNow: ({ caseName, now }) => [
      { candidateRef: `ASS-${caseName.split('#')[1]}-${romeDate(now)}`, fromBody: 'Ente in dissesto' },
    ],
  },
  t_chooseChannel: {
    // The defence in a disciplinary case has a task of this name as well.
    channel: ({ random, registers, seen }) =>
      seen['postsLeft'] === undefined
        ? undefined
        : (registers.selection.takeWanted() ??
          random.weighted([
            ['INTERPELLO', 0.7],
            ['COMPETITION', 0.2],
            ['OTHER_PA_RANKING', 0.1],
          ])),
  },
  // Single list
  t_draftListNotice: {
    feeEuro: always(10),
    tests: always([{ kind: 'ORAL', subject: 'Ordinamento degli enti locali', maxScore: 30, minScore: 21 }]),
  },
  t_approveListNotice: { noticeOutcome: mostly(['APPROVED', 0.95], ['RETURNED', 0.05]) },
  t_approveList: {
    members: (scene) => still(scene, passedIn(scene)),
  },
  t_updateMembers: {
    memberOutcome: ({ seen, random }) => {
      // Who has left the list meanwhile, or whose years are over, cannot leave it again.
      const members = seen['listMembers'] as readonly string[] | undefined;
      if (!members?.includes(seen['candidateRef'] as string)) return 'KEPT';
      if (seen['change'] === 'HIRED_PERMANENT' || seen['change'] === 'WITHDRAWN') return 'REMOVED';
      return seen['change'] === 'REFUSED' && random.chance(0.2) ? 'REMOVED' : 'KEPT';
    },
  },
  // Interpello
  start_interpello: {
    tests: always([{ kind: 'ORAL', subject: 'Ordinamento degli enti locali' }]),
    interviewForOne: replies(0.2),
    testNoticeDays: mostly([null, 0.7], [10, 0.3]),
    replyDays: always(null),
  },
  t_interpelloRanking: {
    ranking: (scene) =>
      still(scene, passedIn(scene))
        .map(({ candidateRef }) => ({ candidateRef: candidateRef!, mark: markOf(scene.seen, candidateRef!) }))
        .toSorted((one, other) => Number(other.mark) - Number(one.mark)),
  },
  t_approveInterpelloRanking: { rankingOutcome: approvedUnlessGone('ranking') },
  t_proposeHire: {
    accepted: (scene) => {
      const { seen, random } = scene;
      const isThere = still(scene, [{ candidateRef: seen['offered'] ?? null }]).length > 0;
      return isThere && postsLeft(scene) > 0 && random.chance(0.7);
    },
  },
  t_updateList: {
    memberChange: ({ random, seen }) => {
      if (seen['accepted'] === true)
        return seen['contractType'] === 'PERMANENT' ? 'HIRED_PERMANENT' : 'HIRED_FIXED';
      return random.chance(0.8) ? 'REFUSED' : 'WITHDRAWN';
    },
  },

  // Use of a ranking
  t_checkRankingUse: {
    usable: ({ registers, random, seen }) =>
      seen['rankingOwner'] === 'OWN' ? registers.selection.isUsable(seen) : random.chance(0.85),
    otherValidUntil: ahead(300),
    otherLeft: ({ random }) => random.between(1, 5),
  },
  t_agreeWithBody: { agreed: replies(0.85) },
  t_drawNext: {
    candidateRef: ({ registers, seen, caseName }) =>
      registers.selection.nextOf(seen) ?? `ALTRA-${caseName.split('#')[1]}-${String(seen['position'])}`,
    accepted: (scene) =>
      postsLeft(scene) > 0 &&
      String(scene.seen['validUntil']) >= romeDate(scene.now) &&
      scene.random.chance(0.6),
  },
  // Hiring
  t_checkRequirements: {
    requirementsOutcome: mostly(['OK', 0.93], ['FAILED', 0.03], ['RENOUNCED', 0.04]),
  },
  t_medicalCheck: { fit: replies(0.98) },
  t_prepareContract: { startAt: ahead(10), weeklyHours: always(36), probationExempt: replies(0.05) },
  t_signContract: {
    contractOutcome: mostly(['SIGNED', 0.93], ['REDRAFT', 0.03], ['RENOUNCED', 0.04]),
  },
  t_recordStart: { started: replies(0.98) },
  t_probationOutcome: {
    // Whoever has withdrawn does not confirm.
    probationOutcome: ({ random, seen }) =>
      typeof seen['withdrawalProposedOn'] === 'string' || random.chance(0.05) ? 'NOT_PASSED' : 'CONFIRMED',
  },
  t_suspendProbation: { absenceDays: ({ random }) => random.between(5, 30) },
};

function markOf(seen: Scene['seen'], candidateRef: Json): Json {
  const mark = rowsOf(seen['oralResults']).find((it) => it['candidateRef'] === candidateRef)?.['mark'];
  return typeof mark === 'number' ? mark : 21;
}
