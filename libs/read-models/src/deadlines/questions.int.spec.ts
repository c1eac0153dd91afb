import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPool } from '@iter/platform/postgres';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import { caseId, caseWriter, deadlineOpened, plan, started } from '../../../../test/support/case-log.ts';
import type { LooseEvent } from '../../../../test/support/case-log.ts';
import { anyLog } from '../../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { followViews } from '../../../../test/support/views.ts';
import type { ViewTables } from '../database.ts';
import { everything, viewsSchema } from '../index.ts';
import type { Lists } from '../index.ts';
import { deadlineQuestions, listDeadlines } from './queries.ts';
import { termRegister } from './register.ts';

// Each case has one term, due on 7 April 2026, to be done by the 3rd.

const about = { key: 'd', id: 'DL_CONTESTATION', instance: null };
const met = (on: string, use = 'both'): LooseEvent => ({
  type: 'DeadlineMet',
  data: { ...about, by: 't', on, use },
});
const missed: LooseEvent = { type: 'DeadlineMissed', data: { ...about, legalDueDate: '2026-04-07' } };
const extended: LooseEvent = {
  type: 'DeadlineExtended',
  data: { ...about, days: 10, reason: 'r', plan: plan('2026-04-13', { legalDueDate: '2026-04-17' }) },
};
const given = { bases: [{ name: 'reportReceived', date: '2026-03-06', proof: '1234/2026' }] };
const proven = deadlineOpened('d', '2026-04-03', given);
const inHours = deadlineOpened('d', '2026-04-03', {
  bases: [{ name: 'reportReceived', date: '2026-04-01T10:00:00.000Z', proof: '1234/2026' }],
  plan: plan('2026-04-03T12:00:00+02:00', { legalDueDate: '2026-04-07T12:00:00+02:00' }),
});
const cases: Readonly<Record<string, readonly LooseEvent[]>> = {
  'in time': [proven, met('2026-04-03')],
  'delivered late': [proven, met('2026-04-02', 'decides'), met('2026-04-06', 'quiets')],
  missed: [proven, missed],
  'kept, known later': [proven, missed, met('2026-04-02')],
  extended: [proven, extended],
  // The fact is told in UTC, the term in the time of Rome: 12:30 is after 12:00, and 12:00 is not.
  'after the hour': [inHours, met('2026-04-03T10:30:00.000Z')],
  'at the hour': [inHours, met('2026-04-03T10:00:00.000Z')],
  'on that day': [inHours, met('2026-04-03')],
  // In Rome it is the 4th, and the 3rd.
  'after midnight': [proven, met('2026-04-03T22:30:00.000Z')],
  'before midnight': [proven, met('2026-04-03T21:30:00.000Z')],
  unproven: [deadlineOpened('d')],
  // One for each body, one for each candidate.
  'of a body': [deadlineOpened('d', '2026-04-03', { instance: 'c_valle', ...given })],
  'of a candidate': [deadlineOpened('d', '2026-04-03', { instance: 'C-007', ...given })],
};

let database: TestDatabase;
let pool: Pool;
let lists: Lists;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  const views = new Kysely<ViewTables>({ dialect: new PostgresDialect({ pool }) }).withSchema(viewsSchema);
  const names = {
    ...{
      process: () => null,
      element: () => null,
      body: (code: string) => (code === 'c_valle' ? 'Comune di Valle Chiara' : null),
    },
    ...{ bodiesNamed: () => [], processes: () => [] },
  };
  lists = {
    views,
    names,
    bodies: {
      standing: () => ({ serviceModel: 'FULL_UPD' }),
      incompatible: () => [],
      headship: () => ({ heads: [], own: [] }),
    },
  };
  const log = await anyLog();
  const now = () => '2026-04-20T08:00:00.000Z';
  const write = caseWriter(log, now);
  for (const [name, events] of Object.entries(cases)) await write(caseId(name), [started(), ...events]);
  const followed = await followViews({ log, pool, url: database.url, now });
  await followed.caughtUp();
  await followed.stop();
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

it('answers each question with the cases that it is about, and no others', async () => {
  const found: Record<string, readonly string[]> = {};
  for (const question of deadlineQuestions) {
    const { items } = await listDeadlines(lists, everything, {
      question,
      state: 'all',
      dueFrom: '2026-01-01',
    });
    const ids = items.map((it) => it.caseId);
    found[question] = Object.keys(cases).filter((name) => ids.includes(caseId(name)));
  }
  expect(found).toEqual({
    missed: ['missed'],
    'after-safe-date': ['delivered late', 'after the hour', 'after midnight'],
    'kept-late': ['kept, known later'],
    moved: ['extended'],
    unproven: ['unproven'],
  });
});

it('says in words which one of several it is, to who reads the case', async () => {
  const aboutOf = async (name: string) =>
    (await listDeadlines(lists, everything, { caseId: caseId(name), state: 'all' })).items[0]?.about;
  expect(await aboutOf('of a body')).toBe('Comune di Valle Chiara');
  expect(await aboutOf('of a candidate')).toBe('C-007');
  expect(await aboutOf('missed')).toBeNull();
});

it('narrows the answer to a year and a term', async () => {
  const ask = async (more: object) =>
    (await listDeadlines(lists, everything, { question: 'missed', state: 'all', ...more })).items.length;
  expect(await ask({ dueFrom: '2026-01-01', dueTo: '2026-12-31' })).toBe(1);
  expect(await ask({ dueFrom: '2027-01-01', dueTo: '2027-12-31' })).toBe(0);
  expect(await ask({ deadline: 'DL_CONTESTATION' })).toBe(1);
  expect(await ask({ deadline: 'DL_CONCLUSION' })).toBe(0);
});

it('lists for a register what was due in a period, by the law or by the safe date, with what became of it', async () => {
  const april = { from: '2026-04-07', to: '2026-04-07', by: 'legal' } as const;
  const { items } = await termRegister(lists, everything, april);
  const line = (name: string) => items.find((it) => it.caseId === caseId(name));
  expect(items).toHaveLength(Object.keys(cases).length - 1);
  expect(line('extended')).toBeUndefined();
  expect(line('at the hour')).toMatchObject({ legalDueDate: '2026-04-07T12:00:00+02:00' });
  expect(line('kept, known later')).toMatchObject({ state: 'met', keptLate: true, decidedOn: '2026-04-02' });
  expect(line('in time')).toMatchObject({ keptLate: false, proofs: ['1234/2026'] });
  expect(line('unproven')).toMatchObject({ state: 'open', proofs: [] });

  const ask = async (more: object) =>
    (await termRegister(lists, everything, { ...april, ...more })).items.length;
  expect(await ask({ by: 'safe' })).toBe(0);
  expect(await ask({ by: 'safe', from: '2026-04-03', to: '2026-04-03' })).toBe(items.length);
  expect(await ask({ state: ['missed'] })).toBe(1);
  expect(await ask({ nature: ['CONTRACTUAL'] })).toBe(0);
  expect(await ask({ processes: [] })).toBe(0);
});
