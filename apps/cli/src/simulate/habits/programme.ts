import { atRome, formatRome, plusWorkingDays, romeDate } from '@iter/legal-calendar';
import type { Json } from '@iter/process-model';
import { always, contextOf, listOf, mostly, replies, rowsOf } from './habit.ts';
import type { Habits } from './habit.ts';

/** Provinces that take part in the programme, by IPA code. */
export const tutors = ['p_tutor1', 'p_tutor2', 'p_tutor3', 'p_tutor4'] as const;
export const participants = Array.from({ length: 10 }, (_, at) => `p_part${at + 1}`);

export const programme: Habits = {
  start_edition: {
    editionYear: ({ now }) => Number(now.slice(0, 4)),
    webinarAt: ({ now, calendar }) =>
      formatRome(Date.parse(atRome(plusWorkingDays(romeDate(now), 130, calendar), '10:00'))),
    joinUntil: always(null),
  },
  t_callTutors: {
    tutors: ({ random }) =>
      random.sample(tutors, random.between(2, 4)).map((province) => ({ province, model: 'Modello provato' })),
  },
  t_focusGroup: { focusOutcome: mostly(['HELD', 0.9], ['WITHDRAWN', 0.1]) },
  t_match: {
    pairs: ({ seen, random }) => {
      const gone = new Set<Json | undefined>([
        ...listOf(seen['withdrawnTutors']),
        ...rowsOf(seen['focusGroups']).flatMap((it) =>
          it['focusOutcome'] === 'WITHDRAWN' ? [it['tutor']] : [],
        ),
      ]);
      const left = rowsOf(seen['tutors']).flatMap(({ province }) =>
        gone.has(province) ? [] : [province ?? null],
      );
      const ended = new Set(rowsOf(seen['results']).map((it) => it['participant']));
      return listOf(seen['participants']).map((it) => {
        const participant = contextOf(it)['province'] ?? null;
        // Whose path has ended stays with whom it had.
        const had = rowsOf(seen['started']).find((pair) => pair['participant'] === participant);
        if (had && ended.has(participant)) return { participant, tutor: had['tutor'] ?? null };
        const own = left.filter((province) => province !== participant);
        // When none is left another Province takes the path.
        const able =
          own.length > 0
            ? own
            : [...tutors, ...participants].filter(
                (province) => province !== participant && !gone.has(province),
              );
        return { participant, tutor: able.length > 0 ? random.pick(able) : null };
      });
    },
  },
  t_restitution: { webinarHeldAt: ({ now }) => formatRome(Date.parse(now)) },
  t_publishPackage: { noPersonalData: always(true) },
  // Path of a Province
  t_tutorMeeting: { another: replies(0.1) },
  t_draftProjectWork: { willDeliver: replies(0.85) },
  t_tutorReview: { reviewOutcome: mostly(['ACCEPT', 0.85], ['CHANGES', 0.15]) },
  t_deliver: {
    startService: replies(0.3),
    firstComuni: ({ registers, random }) => [{ comune: random.pick(registers.comuni) }],
  },
  // Community of practice
  t_submit: {
    title: always('Modello di convenzione'),
    contributionText: always('Come lo usiamo e che cosa cambieremmo.'),
  },
  t_moderate: {
    moderation: mostly(['PUBLISH', 0.8], ['RETURN', 0.12], ['REJECT', 0.08]),
    noPersonalData: always(true),
  },
  t_yearlyReview: { reviewDecision: mostly(['KEEP', 0.7], ['UPDATE', 0.2], ['ARCHIVE', 0.1]) },
};
