import { describe, expect, it } from '@jest/globals';
import { dashboardOf, statementOf, statusOf } from './dashboard.ts';
import { indicatorsOf } from './indicators.ts';
import type { TrainingEditionRow, TrainingEvaluationRow, TrainingPathRow } from './tables.ts';

const path = (more: Partial<TrainingPathRow> = {}): TrainingPathRow => ({
  ...{ id: 'p', comune: 'c', employee_ref: 'A', year: 2026, expected_hours: 40 },
  ...{ credited_hours: 0, pending_hours: 0, planned_hours: 0, credits: [], state: 'open' },
  ...more,
});

describe('where a path stands', () => {
  it.each([
    ['REACHED', 40, 0, 0],
    ['ON_TRACK', 36, 4, 0],
    ['AT_RISK', 31, 4, 6],
    ['BELOW', 31, 4, 4],
  ])('is %s with %d certified, %d planned and %d declared hours', (status, certified, planned, pending) => {
    const row = path({ credited_hours: certified, planned_hours: planned, pending_hours: pending });
    expect(statusOf(row)).toBe(status);
  });

  it('adds tenths of hours without a remainder', () => {
    const row = path({ expected_hours: 0.3, credited_hours: 0.1, planned_hours: 0.2 });
    expect(statusOf(row)).toBe('ON_TRACK');
  });

  it('measures by the pro rata of who came during the year', () => {
    expect(statusOf(path({ expected_hours: 20, credited_hours: 20 }))).toBe('REACHED');
  });
});

describe('the dashboard', () => {
  it('of a Comune without paths has no averages', () => {
    expect(dashboardOf('c', 2026, [])).toMatchObject({ staff: 0, averageHours: null, reachedPct: null });
  });

  it('never rounds up to a hundred per cent', () => {
    const rows = Array.from({ length: 200 }, (_, i) => path({ credited_hours: i === 0 ? 39 : 40 }));
    expect(dashboardOf('c', 2026, rows)).toMatchObject({ reached: 199, reachedPct: 99 });
  });

  it('counts for the yearly statement the compulsory subjects alone in which somebody has hours', () => {
    const credits = ['ETHICS', 'HEALTH_SAFETY', 'DIGITAL'].map((subject) => ({ subject, hours: 4 }));
    const rows = [path({ credits: credits as never, credited_hours: 12 }), path()];
    expect(statementOf(dashboardOf('c', 2026, rows))).toEqual({
      ...{ comune: 'c', year: 2026, staff: 2, averageHours: 6, reached: 0, reachedPct: 0 },
      ...{ subjectsCovered: 2, subjectsDue: 7 },
    });
  });
});

const edition = (more: Partial<TrainingEditionRow>): TrainingEditionRow => ({
  ...{
    id: 'e',
    comune: 'p',
    course_ref: 'F',
    title: 'T',
    subject: null,
    mode: null,
    hours: 4,
    trainer: null,
  },
  ...{ sessions: [], first_session_on: null, last_session_on: null, threshold_pct: null, max_seats: null },
  ...{ enrolled: 0, waiting: 0, participants: [], level1: null, level2: null, outcomes: [] },
  ...{ certificates: [], issued_on: null, state: 'closed' },
  ...more,
});
const tests = (passed: number, failed: number) => ({
  level2: Array.from({ length: passed + failed }, (_, i) => ({ passed: i < passed })),
});
const evaluation = (more: Partial<TrainingEvaluationRow>): TrainingEvaluationRow => ({
  ...{ id: 'v', comune: 'c', course_ref: 'F', participants: 9, level3: null, improved: null },
  ...{ measured: null, state: 'evaluated' },
  ...more,
});

describe('the indicators', () => {
  it('hide answers that are fewer than five, also where the case let them through', () => {
    const mean = { question: 'q', answers: 4, mean: 1 };
    const few = { invited: 9, answers: 4, isShown: true, means: [mean] };
    expect(indicatorsOf(edition({ level1: few }), []).level1).toEqual({
      ...{ invited: 9, answers: null, isShown: false, means: [] },
    });
    const some = { invited: 9, answers: 6, isShown: true, means: [mean] };
    expect(indicatorsOf(edition({ level1: some }), []).level1).toEqual({
      ...{ invited: 9, answers: 6, isShown: true, means: [{ question: 'q', answers: null, mean: null }] },
    });
  });

  it.each<[number, number, object]>([
    [9, 5, { passed: 9, failed: 5 }],
    [9, 0, { passed: 9, failed: 0 }],
    [9, 1, { passed: null, failed: null }],
    [2, 2, { passed: null, failed: null }],
    [4, 0, { passed: null, failed: null }],
  ])('of a test passed by %d and failed by %d', (passed, failed, shown) => {
    expect(indicatorsOf(edition(tests(passed, failed)), []).level2).toEqual(shown);
  });

  it('leave out employers with fewer than five participants, and what was not evaluated', () => {
    const rows = [
      evaluation({ level3: 4, improved: 1, measured: 2 }),
      evaluation({ level3: 2, improved: 0, measured: 1 }),
      evaluation({ level3: 1, improved: 9, measured: 9, participants: 4 }),
      evaluation({ state: 'notEvaluated' }),
    ];
    expect(indicatorsOf(edition({}), rows)).toMatchObject({
      level3: { employers: 2, average: 3 },
      level4: { employers: 2, improved: 1, measured: 3 },
    });
  });
});
