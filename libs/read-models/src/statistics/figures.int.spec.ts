import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Principal } from '@iter/access';
import type { CaseEvent } from '@iter/engine';
import { createPool } from '@iter/platform/postgres';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import {
  caseId,
  caseWriter,
  deadlineOpened,
  started,
  taskCompleted,
  taskCreated,
} from '../../../../test/support/case-log.ts';
import { anyLog } from '../../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { followViews } from '../../../../test/support/views.ts';
import type { ViewTables } from '../database.ts';
import { everything, statistics, viewerOf, viewsSchema } from '../index.ts';
import type { Lists } from '../index.ts';

let database: TestDatabase;
let pool: Pool;
let lists: Lists;
let now = '2026-03-02T08:00:00.000Z';
const day = (n: number, time = '08:00'): string =>
  (now = new Date(Date.parse(`2026-03-01T${time}:00.000Z`) + n * 86_400_000).toISOString());

const outcome = (caseOutcome: string): CaseEvent => ({
  type: 'VariablesSet',
  data: { scope: null, variables: { caseOutcome } },
});
const completed: CaseEvent = { type: 'CaseCompleted', data: { endElement: 'end_closed' } };
const met: CaseEvent = {
  type: 'DeadlineMet',
  data: { key: 'd', by: 't', date: '2026-03-05', occurredAt: now } as never,
};
const missed: CaseEvent = { type: 'DeadlineMissed', data: { key: 'd' } as never };

/** Cases of a Comune, one a day from a day on: each reviewed after so many days, ended after twice as many. */
async function cases(
  write: ReturnType<typeof caseWriter>,
  comune: string,
  ends: readonly { readonly outcome: string | null; readonly days: number; readonly late?: true }[],
): Promise<void> {
  for (const [i, { outcome: name, days, late }] of ends.entries()) {
    const id = caseId(`${comune} ${i}`);
    day(i);
    await write(id, [started({ comune }), taskCreated('t'), deadlineOpened('d')]);
    day(i + days);
    await write(id, [taskCompleted('t'), late ? missed : met]);
    day(i + 2 * days);
    if (name !== null) await write(id, [outcome(name), completed]);
  }
}
const times = <T>(count: number, item: T): readonly T[] => Array.from({ length: count }, () => item);

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  const views = new Kysely<ViewTables>({ dialect: new PostgresDialect({ pool }) }).withSchema(viewsSchema);
  lists = {
    views,
    names: {
      process: () => null,
      element: () => 'Esaminare',
      body: (code) => `Comune ${code}`,
      bodiesNamed: () => [],
      processes: () => [],
    },
    bodies: {
      standing: () => ({ serviceModel: 'FULL_UPD' }),
      incompatible: () => [],
      headship: () => ({ heads: [], own: [] }),
    },
  };
  const log = await anyLog();
  const write = caseWriter(log, () => now);
  await cases(write, 'c_borgo', [
    ...times(6, { outcome: 'archived', days: 2 }),
    ...times(5, { outcome: 'sanctioned', days: 4 }),
    { outcome: 'dismissed', days: 10, late: true },
    { outcome: null, days: 3 },
  ]);
  await cases(write, 'c_valle', times(2, { outcome: 'archived', days: 2 }));
  // Before midnight in Rome on the last day of the period, and after.
  now = '2026-03-31T21:59:00.000Z';
  await write(caseId('last'), [started({ comune: 'c_borgo' })]);
  now = '2026-03-31T22:00:00.000Z';
  await write(caseId('next'), [started({ comune: 'c_borgo' })]);
  // Facts: of one case nothing is said yet.
  now = day(0);
  const asked = [...times(7, 'HOURS'), ...times(5, 'TERMS'), ...times(5, 'TERMS_LATE')];
  for (const [i, topic] of asked.entries())
    await write(caseId(`asked ${i}`), [
      started({
        comune: 'c_borgo',
        process: 'desk-request',
        facts: ['topic', 'urgent'],
        variables: { topic, urgent: i < 8 },
      }),
    ]);
  await write(caseId('asked'), [
    started({ comune: 'c_borgo', process: 'desk-request', facts: ['topic', 'urgent'] }),
  ]);
  // Another service.
  await write(caseId('other'), [started({ comune: 'c_borgo', process: 'training-course' })]);

  const followed = await followViews({ log, pool, url: database.url, now: () => now });
  await followed.caughtUp();
  await followed.stop();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const filter = {
  processes: ['disciplinary-ordinary'],
  told: ['disciplinary-ordinary'],
  from: '2026-03-01',
  to: '2026-03-31',
};

it('counts cases by state and outcome, times of processes and phases, terms in time', async () => {
  const report = await statistics(lists, everything, filter);
  expect(report.started).toBe(16);
  // Two are active: with the fourteen that ended, neither is shown.
  expect(report.byState).toEqual([
    { name: 'active', count: null },
    { name: 'completed', count: null },
  ]);
  expect(report.byOutcome).toEqual([
    { process: 'disciplinary-ordinary', name: 'archived', count: 8 },
    { process: 'disciplinary-ordinary', name: 'dismissed', count: null },
    { process: 'disciplinary-ordinary', name: 'sanctioned', count: null },
  ]);
  expect(report.byProcess).toEqual([{ name: 'disciplinary-ordinary', count: 14, medianDays: 4, p90Days: 8 }]);
  expect(report.phases).toEqual([
    {
      process: 'disciplinary-ordinary',
      element: 't_review',
      name: 'Esaminare',
      done: 15,
      medianDays: 2,
      p90Days: 4,
    },
  ]);
  expect(report.terms).toMatchObject([
    { deadline: 'DL_CONTESTATION', met: null, missed: null, open: 0, shareInTime: null },
  ]);
});

it('says the load of each body, and hides the small ones with another', async () => {
  const { load } = await statistics(lists, everything, filter);
  expect(load).toEqual([
    { comune: 'c_borgo', comuneName: 'Comune c_borgo', started: null, open: null },
    { comune: 'c_valle', comuneName: 'Comune c_valle', started: null, open: 0 },
  ]);
});

it('counts the values of facts, hides the small with another, and tells those of no other process', async () => {
  const asked = { ...filter, processes: ['desk-request'], told: ['desk-request'] };
  const row = (fact: string, name: string, count: number | null) => ({
    process: 'desk-request',
    fact,
    name,
    count,
  });
  expect((await statistics(lists, everything, asked)).byFact).toEqual([
    // The one that says nothing would be the total less the others.
    row('topic', '', null),
    row('topic', 'HOURS', 7),
    row('topic', 'TERMS', null),
    row('topic', 'TERMS_LATE', 5),
    row('urgent', '', null),
    row('urgent', 'false', 9),
    row('urgent', 'true', null),
  ]);
  expect((await statistics(lists, everything, { ...asked, told: [] })).byFact).toEqual([]);
});

it('is of the bodies whose cases one may see, and of the period in Rome', async () => {
  const hr: Principal = {
    account: 'piero',
    displayName: 'Piero',
    grants: [{ role: 'COMUNE_HR', body: 'c_borgo' }],
    serves: {},
  };
  const own = await statistics(lists, viewerOf(hr), filter);
  expect([own.started, own.load.map(({ comune, started: count }) => [comune, count])]).toEqual([
    14,
    [['c_borgo', 14]],
  ]);
  expect((await statistics(lists, viewerOf(hr), { ...filter, comuni: ['c_valle'] })).load).toEqual([]);
  expect((await statistics(lists, everything, { ...filter, to: '2026-04-01' })).started).toBe(17);
  expect((await statistics(lists, everything, { ...filter, processes: [] })).started).toBe(0);
});
