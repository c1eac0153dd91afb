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
  taskCreated,
} from '../../../../test/support/case-log.ts';
import { anyLog } from '../../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { followViews } from '../../../../test/support/views.ts';
import type { ViewTables } from '../database.ts';
import { escalationFigures, everything, listEscalations, viewerOf, viewsSchema } from '../index.ts';
import type { EscalationsFilter, Lists, Viewer } from '../index.ts';

let database: TestDatabase;
let pool: Pool;
let lists: Lists;
let now = '2026-03-06T09:00:00.000Z';

const label = { it: '', en: '' };
const raised = (key: string, more: object = {}): CaseEvent => ({
  type: 'EscalationRaised',
  data: {
    ...{ key, deadline: null, deadlineId: null, step: 's', to: ['UPD'], label },
    ...{ nature: 'PEREMPTORY', legalDueDate: '2026-03-13' },
    ...more,
  },
});
const acknowledged = (key: string): CaseEvent => ({
  type: 'EscalationAcknowledged',
  data: { key, note: '' },
});
const takenOver = (key: string, by: string): CaseEvent => ({
  type: 'EscalationTakenOver',
  data: { key, by, note: '' },
});
const handedOn = (key: string, account: string | null, role: string | null, more = {}): CaseEvent => ({
  type: 'EscalationHandedOn',
  data: { key, account, role, note: 'n', ...more },
});
const resolved = (key: string): CaseEvent => ({
  type: 'EscalationResolved',
  data: { key, code: 'ACTED', outcome: 'fatto' },
});

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  const views = new Kysely<ViewTables>({ dialect: new PostgresDialect({ pool }) }).withSchema(viewsSchema);
  lists = {
    views,
    names: {
      process: () => null,
      element: () => null,
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
  const at = (minutes: number) =>
    (now = new Date(Date.parse('2026-03-06T09:00:00.000Z') + minutes * 60_000).toISOString());
  const [a, b] = [caseId('a'), caseId('b')];
  // The first case: one of each kind and state.
  await write(a, [started(), taskCreated('t1'), deadlineOpened('d1'), raised('e-free')]);
  await write(a, [raised('e-ladder', { deadline: 'd1', deadlineId: 'DL_CONTESTATION' })]);
  await write(a, [raised('e-task', { kind: 'task', nature: 'DIRECTORY', to: ['IN_CHARGE'] })]);
  await write(a, [raised('e-mine'), raised('e-handed'), raised('e-role'), raised('e-again')]);
  await write(a, [{ type: 'UserTaskClaimed', data: { key: 't1', by: 'olga' } }]);
  at(10);
  await write(a, [takenOver('e-mine', 'ugo'), takenOver('e-handed', 'rita'), resolved('e-again')]);
  at(20);
  await write(a, [handedOn('e-handed', 'piero', null), handedOn('e-role', null, 'COMUNE_HR')]);
  at(60);
  await write(a, [{ type: 'EscalationReopened', data: { key: 'e-again' } }]);
  // The second: ten that were answered after 1, 2 … 10 minutes, one of another nature that nobody answers.
  const keys = Array.from({ length: 10 }, (_, i) => `f${i + 1}`);
  at(100);
  await write(b, [started({ comune: 'c_valle' }), ...keys.map((key) => raised(key))]);
  await write(b, [raised('late', { nature: 'DIRECTORY', legalDueDate: '2026-03-06' })]);
  for (const [i, key] of keys.entries()) {
    at(100 + i + 1);
    await write(b, [acknowledged(key)]);
  }
  at(160);
  await write(b, [resolved('f1')]);
  at(5 * 24 * 60);
  await write(b, [raised('next-week')]);

  const followed = await followViews({ log, pool, url: database.url, now: () => now });
  await followed.caughtUp();
  await followed.stop();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const seenBy = async (viewer: Viewer, filter: EscalationsFilter = {}): Promise<string[]> =>
  (await listEscalations(lists, viewer, { comuni: ['c_borgo'], ...filter })).items.map(
    ({ id }) => id.split('.')[1]!,
  );
const one = async (key: string) =>
  (await listEscalations(lists, everything, { id: `${caseId('a')}.${key}`, state: 'all' })).items[0];
const person = (account: string, grants: Principal['grants']): Viewer =>
  viewerOf({ account, displayName: account, grants, serves: { p_demo: ['c_borgo', 'c_valle'] } });

it('tells whose each is, since when, and when its deadline tells people next', async () => {
  expect(await one('e-free')).toMatchObject({
    ...{ kind: 'escalation', state: 'raised', owner: null, handedTo: null, deadlineState: null },
    nextReminderAt: null,
  });
  expect(await one('e-ladder')).toMatchObject({ deadlineState: 'open' });
  expect(await one('e-task')).toMatchObject({ kind: 'task' });
  expect(await one('e-mine')).toMatchObject({
    ...{ state: 'taken-over', owner: 'ugo', ownedAt: '2026-03-06T09:10:00.000Z' },
    acknowledgedAt: '2026-03-06T09:10:00.000Z',
  });
  expect(await one('e-handed')).toMatchObject({
    ...{ state: 'raised', owner: null, ownedAt: null, acknowledgedAt: '2026-03-06T09:10:00.000Z' },
    handedTo: { account: 'piero', role: null },
    note: 'n',
  });
  expect(await one('e-again')).toMatchObject({
    ...{ state: 'raised', raisedAt: '2026-03-06T10:00:00.000Z', acknowledgedAt: null },
    ...{ resolvedAt: null, outcomeCode: null, outcome: null },
  });
});

it('is narrowed by whose it is, by kind and by nature', async () => {
  const ugo = person('ugo', [{ role: 'UPD', body: 'p_demo' }]);
  const stands = person('olga', [
    { role: 'DESK_SUPERVISOR', body: 'p_demo' },
    { role: 'UPD', body: 'p_demo', onBehalfOf: 'ugo' },
  ]);
  expect(await seenBy(ugo, { whose: 'mine' })).toEqual(['e-mine']);
  expect(await seenBy(stands, { whose: 'mine' })).toEqual(['e-mine']);
  expect((await seenBy(ugo, { whose: 'free' })).sort()).toEqual(
    ['e-again', 'e-free', 'e-ladder', 'e-role', 'e-task'].sort(),
  );
  expect(await seenBy(everything, { kind: 'task' })).toEqual(['e-task']);
  expect(await seenBy(everything, { nature: 'DIRECTORY' })).toEqual(['e-task']);
  expect(await seenBy(everything, { state: 'taken-over' })).toEqual(['e-mine']);
  expect((await seenBy(everything)).at(-1)).toBe('e-task');
});

it('is seen by whom it was handed on to, by the role it was handed on to, and by who is in charge', async () => {
  // Nobody of the Comune’s staff sees a case of discipline by its office alone … but that it exists.
  const head = person('capo', [{ role: 'STRUCTURE_HEAD', body: 'c_borgo' }]);
  expect(await seenBy(head)).toEqual([]);
  const teacher = (account: string) => person(account, [{ role: 'TRAINER', body: 'c_borgo' }]);
  const open = (account: string) => ({ ...teacher(account), involvedOnly: false });
  expect(await seenBy(open('piero'))).toEqual(['e-handed']);
  expect(await seenBy(open('olga'))).toEqual(['e-task']);
  expect(await seenBy(open('altri'))).toEqual([]);
});

it('measures how quickly they were answered, by Comune and nature and in all', async () => {
  const period = { from: '2026-03-06', to: '2026-03-06' };
  const report = await escalationFigures(lists, everything, period, '2026-03-07T08:00:00.000Z');
  const valle = report.items.filter(({ comune }) => comune === 'c_valle');
  expect(valle).toEqual([
    {
      ...{ comune: 'c_valle', comuneName: 'Comune c_valle', nature: 'PEREMPTORY' },
      ...{ raised: 10, acknowledged: 10, acknowledgedLate: 0, resolved: 1, openNow: 10 },
      toAcknowledge: { p50: 330, p90: 546, max: 600 },
      toResolve: { p50: 3600, p90: 3600, max: 3600 },
    },
    {
      ...{ comune: 'c_valle', comuneName: 'Comune c_valle', nature: 'DIRECTORY' },
      // Its day is over, and nobody has answered.
      ...{ raised: 1, acknowledged: 0, acknowledgedLate: 1, resolved: 0, openNow: 1 },
      toAcknowledge: { p50: null, p90: null, max: null },
      toResolve: { p50: null, p90: null, max: null },
    },
  ]);
  expect(report.total).toMatchObject({ raised: 18, openNow: 18, acknowledgedLate: 1 });
  const still = await escalationFigures(lists, everything, period, '2026-03-06T22:59:00.000Z');
  expect(still.total.acknowledgedLate).toBe(0);
});

it('measures only the period, and only the bodies that one may see', async () => {
  const borgo = person('segretario', [{ role: 'SEGRETARIO', body: 'c_borgo' }]);
  const at = '2026-03-20T08:00:00.000Z';
  const own = await escalationFigures(lists, borgo, { from: '2026-03-01', to: '2026-03-31' }, at);
  expect(new Set(own.items.map(({ comune }) => comune))).toEqual(new Set(['c_borgo']));
  const later = await escalationFigures(lists, everything, { from: '2026-03-07', to: '2026-03-31' }, at);
  expect(later.total).toMatchObject({ raised: 1, openNow: 18 });
  const nothing = await escalationFigures(
    lists,
    everything,
    { from: '2026-03-01', to: '2026-03-31', comuni: ['c_altro'] },
    at,
  );
  expect(nothing).toMatchObject({ total: { raised: 0, toAcknowledge: { max: null } }, items: [] });
});
