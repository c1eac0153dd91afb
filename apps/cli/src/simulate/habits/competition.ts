import { addDays, atRome, formatRome, romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import { ahead, always, mostly, rowsOf } from './habit.ts';
import { meetingDay } from '../fill-form.ts';
import type { Values } from '../fill-form.ts';
import type { Habit, Habits, Scene } from './habit.ts';

const instant = (ms: number): string => formatRome(ms);
const hourMs = 3_600_000;

const applyFrom: Habit = ({ now }) => instant(Math.ceil(Date.parse(now) / hourMs) * hourMs + hourMs);
const applyUntil: Habit = ({ now, random }) =>
  instant(Date.parse(atRome(addDays(romeDate(now), random.between(18, 29)), '23:59')));

/** Who applies: fewer for one post than for a list of many Comuni. One in fifty sends it after the closing. */
const applications: Habit = ({ random, caseName, seen, now, registers }) => {
  const [least, most] = caseName.startsWith('selection-single-list') ? [60, 420] : [20, 200];
  const [from, until] = [Date.parse(String(seen['applyFrom'])), Date.parse(String(seen['applyUntil']))];
  const edition = registers.nextNumber();
  return Array.from({ length: random.between(least, most) }, (_, at) => {
    const late = until + random.next() * hourMs;
    const isLate = random.chance(0.02) && late < Date.parse(now);
    return {
      candidateRef: `K${edition}-${String(at + 1).padStart(3, '0')}`,
      submittedAt: instant(isLate ? late : from + random.next() * (until - from)),
    };
  });
};

/** The proposal, with a few who are asked to fix something, once. */
const decisions: Habit = ({ random, seen }) => {
  const late = new Set(Array.isArray(seen['late']) ? (seen['late'] as readonly Json[]) : []);
  const isFirst = (seen['fixSentAt'] ?? null) === null;
  const candidates = isFirst ? rowsOf(seen['applications']) : rowsOf(seen['toFix']);
  return candidates.map(({ candidateRef = null }) => {
    if (late.has(candidateRef))
      return { candidateRef, decision: 'EXCLUDED', reason: 'Domanda oltre la scadenza', fixedAt: null };
    if (isFirst && random.chance(0.04))
      return { candidateRef, decision: 'TO_FIX', reason: 'Manca la firma.', fixedAt: null };
    if (random.chance(isFirst ? 0.03 : 0.3))
      return { candidateRef, decision: 'EXCLUDED', reason: 'Manca il titolo di studio.', fixedAt: null };
    const fixedAt = isFirst ? null : String(seen['fixSentAt']).slice(0, 10);
    return { candidateRef, decision: 'ADMITTED', reason: null, fixedAt };
  });
};

/** Who passed all tests, the best first. */
function passed({ seen }: Scene): readonly { readonly candidateRef: Json; readonly mark: number }[] {
  const last = rowsOf(seen['oralForeseen'] === true ? seen['oralResults'] : seen['results']);
  return last
    .filter((it) => it['passed'] === true)
    .map((it) => ({ candidateRef: it['candidateRef'] ?? null, mark: Number(it['mark']) }))
    .sort((one, other) => other.mark - one.mark);
}

const ranked: Habit = (scene) => {
  const cap = scene.seen['eligibleCap'];
  const posts = Number(scene.seen['posts']);
  const eligible = typeof cap === 'number' ? cap : Infinity;
  return passed(scene).map(({ candidateRef, mark }, at) => ({
    ...{ position: at + 1, candidateRef, testScore: mark, titleScore: null, preference: null },
    outcome: at < posts ? 'WINNER' : at < posts + eligible ? 'ELIGIBLE' : 'BEYOND_CAP',
  }));
};

/** Of some candidates, who has not withdrawn. */
export function still({ seen }: Scene, candidates: readonly Values[]): readonly Values[] {
  const gone = new Set(rowsOf(seen['withdrawn']).map(({ candidateRef }) => candidateRef));
  return candidates.filter(({ candidateRef }) => !gone.has(candidateRef));
}

const winners = (scene: Scene): readonly Values[] =>
  still(scene, rowsOf(scene.seen['rankingFinal'])).filter(({ outcome }) => outcome === 'WINNER');

const approved = mostly(['APPROVED', 0.95], ['RETURNED', 0.05]);

/** A ranking that names somebody who has withdrawn goes back to the board. */
export const approvedUnlessGone =
  (ranking: string): Habit =>
  (scene) => {
    const named = rowsOf(scene.seen[ranking]);
    return still(scene, named).length < named.length ? 'RETURNED' : approved(scene);
  };

export const competition: Habits = {
  t_draftNotice: {
    postsPerBody: ({ seen }) => {
      const bodies = Array.isArray(seen['bodies']) ? (seen['bodies'] as readonly Json[]) : [];
      const posts = typeof seen['posts'] === 'number' ? seen['posts'] : bodies.length;
      const rest = Math.max(1, posts - bodies.length + 1);
      return bodies.map((comune, at) => ({ comune, posts: at === 0 ? rest : 1, partTimePct: 100 }));
    },
    reservedPosts: always([]),
    tests: always([
      { kind: 'WRITTEN', subjects: 'Diritto degli enti locali', maxScore: 30, minScore: 21 },
      { kind: 'ORAL', subjects: 'Le stesse della scritta', maxScore: 30, minScore: 21 },
    ]),
    feeEuro: always(10),
    fixDays: mostly([null, 0.5], [10, 0.5]),
  },
  t_approveNotice: { noticeOutcome: mostly(['APPROVED', 0.92], ['RETURNED', 0.08]) },
  // Window
  t_publish: { siteUrl: always('https://www.provincia.test.it/bandi'), applyFrom, applyUntil },
  t_amendNotice: { applyFrom, applyUntil },
  t_importApplications: { applications, reopenWindow: always(false) },
  t_admission: { decisions, admissionChecked: always(true) },
  // Board and tests
  t_designateCommission: {
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
    writtenForeseen: ({ seen }) => rowsOf(seen['tests']).some(({ kind }) => kind === 'WRITTEN'),
    plannedEnd: ahead(80),
  },
  t_scheduleOral: {
    oralNoticeExpectedAt: ahead(3),
    // The form knows the notice of the law; one that was agreed people count by themselves.
    oralAt: ({ seen, now, calendar }) => {
      if (seen['noticeByAgreement'] !== true) return undefined;
      const days = typeof seen['oralNoticeDays'] === 'number' ? seen['oralNoticeDays'] : 20;
      const day = meetingDay(addDays(romeDate(now), days + 8), calendar);
      return formatRome(Date.parse(atRome(day, '09:00')));
    },
  },
  t_oralTest: {
    // Nobody is absent: whether somebody passed was thought of before, and would stay.
    absent: always(false),
    mark: ({ random }) => random.between(12, 30),
    passed: ({ seen }) => Number(seen['mark'] ?? 0) >= 21,
  },
  t_scheduleWritten: { diaryExpectedAt: ahead(4) },
  t_writtenTest: {
    presentCount: ({ seen }) => Math.ceil(rowsOf(seen['admitted']).length * 0.6),
    otherSessions: always([]),
  },
  t_mark: {
    results: ({ seen, random }) =>
      rowsOf(seen['admitted']).map(({ candidateRef = null }): Record<string, Json> => {
        if (random.chance(0.4)) return { candidateRef, absent: true };
        const mark = random.between(9, 30);
        return { candidateRef, mark, passed: mark >= 21 };
      }),
  },
  // Ranking
  t_ranking: {
    rankingMerit: (scene) =>
      passed(scene).map(({ candidateRef, mark }, at) => ({
        position: at + 1,
        candidateRef,
        testScore: mark,
      })),
    rankingFinal: ranked,
  },
  t_approveRanking: {
    rankingOutcome: approvedUnlessGone('rankingFinal'),
  },
  t_publishRanking: { rankingUrl: always('https://www.provincia.test.it/graduatorie') },
  t_checkNeeds: {
    needsState: (scene) => {
      if (winners(scene).length === 0) return 'LAPSED';
      const { registers, seen } = scene;
      const open = registers.selection.entries(rowsOf(seen['needs']).map(({ needRef }) => needRef));
      return open.every(({ state }) => state === 'READY_COMPETITION') ? 'READY' : 'WAIT';
    },
    winnersNow: (scene) => {
      const { registers, seen } = scene;
      const refs = rowsOf(seen['needs']).map(({ needRef }) => needRef);
      const places = registers.selection
        .entries(refs)
        .flatMap(({ needRef, postsLeft }) => Array.from({ length: postsLeft }, () => needRef));
      return winners(scene)
        .slice(0, places.length)
        .map(({ candidateRef = null }, at) => ({ candidateRef, needRef: places[at]! }));
    },
  },
  t_applyCourtDecision: {
    decidedOrder: ({ seen }) => rowsOf(seen['standingOrders'])[0]?.['ref'] ?? null,
    courtOutcome: mostly(['RESUME', 0.8], ['ANNUL', 0.2]),
  },
  t_delayReport: { delayNewEnd: ahead(60) },
};
