import {
  addDays,
  atRome,
  formatRome,
  plusWorkingDays,
  romeDate,
  workingDayOnOrAfter,
} from '@iter/legal-calendar';
import { always, contextOf, listOf, mostly, replies } from './habit.ts';
import type { Habit, Habits } from './habit.ts';

export const subjects = ['COMMUNICATION', 'ANTI_CORRUPTION', 'ETHICS', 'PUBLIC_CONTRACTS', 'NONE'] as const;

const instant = (day: string, time: string): string => formatRome(Date.parse(atRome(day, time)));

/** What an office says that its people should learn. */
const needs: Habit = ({ random }) =>
  Array.from({ length: random.between(1, 4) }, (_, at) => ({
    subject: random.pick(subjects),
    ...{ topic: `Argomento ${at + 1}`, persons: random.between(1, 20), hours: random.pick([4, 8]) },
    ...{ priority: random.pick(['HIGH', 'MEDIUM', 'LOW']), gap: null },
  }));

export const training: Habits = {
  // Needs of a year
  t_openSurvey: {
    askPersons: always(false),
    comuni: ({ registers }) =>
      registers.comuni.map((ipa, at) => ({ ipa, name: `Comune di Prova ${at + 1}`, yearlyHours: null })),
  },
  t_answerSurvey: { needs },
  t_defaultNeeds: { needs },
  t_consolidate: {
    catalogueDraft: ({ registers, random, now }) =>
      Array.from({ length: registers.catalogueSize }, (_, at) => {
        const nr = String(at + 1).padStart(3, '0');
        return {
          courseRef: `CAT-${Number(now.slice(0, 4)) + 1}-${nr}`,
          kind: random.weighted([
            ['EDITION', 0.8],
            ['SYLLABUS', 0.2],
          ]),
          ...{ title: `Corso a catalogo ${nr}`, compulsorySubject: random.pick(subjects), competence: null },
          ...{ mode: random.pick(['ROOM', 'LIVE']), hours: 8, seats: 40, costEuro: 900, strategic: true },
          testRequired: false,
        };
      }),
  },
  t_validateCatalogue: { catalogueOutcome: mostly(['APPROVED', 0.9], ['RETURNED', 0.1]) },
  t_draftComunePlan: {
    hoursPerPerson: always([{ group: 'Tutto il personale', persons: 20, hours: 40 }]),
  },
  t_comunePlan: { budgetDeferred: replies(0.2) },
  t_piaoInsertion: { piaoOutcome: mostly(['ADOPTED', 0.92], ['NOT_ADOPTED', 0.08]) },
  // Editions
  t_publishEdition: {
    mode: ({ seen }) => seen['plannedMode'] ?? 'ROOM',
    hours: ({ seen }) => (seen['plannedHours'] === 8 ? 8 : 4),
    // Four hours each, on days that follow one another.
    sessions: ({ now, calendar, random, seen }) => {
      const first = workingDayOnOrAfter(addDays(romeDate(now), random.between(28, 45)), calendar);
      return Array.from({ length: seen['hours'] === 8 ? 2 : 1 }, (_, at) => {
        const day = at === 0 ? first : plusWorkingDays(first, at, calendar);
        return {
          sessionRef: `L${at + 1}`,
          startsAt: instant(day, '09:00'),
          endsAt: instant(day, '13:00'),
          place: null,
        };
      });
    },
    ...{ minSeats: always(8), maxSeats: always(40), seatsPerComune: always(null) },
    ...{ attendanceThresholdPct: always(90), passMarkPct: always(60), trainer: always('docente') },
  },
  t_decideCancel: { cancelDecision: mostly(['RUN', 0.4], ['CANCEL', 0.6]) },
  t_convene: { admitWaiting: always(false), late: always([]), lateWithdrawals: always([]) },
  t_recordAttendance: {
    held: replies(0.98),
    minutes: ({ seen, random }) =>
      listOf(seen['participants']).map((it) => ({
        employeeRef: contextOf(it)['employeeRef'] ?? '',
        minutes: random.weighted([
          [240, 0.87],
          [120, 0.04],
          [0, 0.09],
        ]),
      })),
  },
  t_rescheduleSession: {
    newStartsAt: ({ now, calendar }) => instant(plusWorkingDays(romeDate(now), 12, calendar), '09:00'),
    newEndsAt: ({ now, calendar }) => instant(plusWorkingDays(romeDate(now), 12, calendar), '13:00'),
  },
  t_recordTest: {
    testRows: ({ seen, random }) =>
      listOf(seen['testListed']).map((it) => ({
        ...contextOf(it),
        ...{ score: random.chance(0.95) ? random.between(40, 100) : null, attempts: null },
      })),
  },
  t_level2: { score: ({ random }) => random.between(40, 100) },
  // Paths
  t_checkExternal: {
    externalOutcome: mostly(['ACCEPTED', 0.85], ['REJECTED', 0.15]),
    hours: ({ seen }) => seen['declaredHours'],
  },
};
