import { romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import { mostly } from './habit.ts';
import type { Habits } from './habit.ts';

export const desk: Habits = {
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
};
