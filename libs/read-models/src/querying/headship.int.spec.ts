import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Grant, Headship, Role } from '@iter/access';
import { createPool } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import {
  caseId,
  caseWriter,
  started,
  taskCompleted,
  taskCreated,
} from '../../../../test/support/case-log.ts';
import { anyLog } from '../../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { followViews } from '../../../../test/support/views.ts';
import { knowersOf, listCases, listTasks, openViews, viewerOf } from '../index.ts';
import type { Lists, Viewer } from '../index.ts';

const today = '2026-03-06';
const now = `${today}T09:00:00.000Z`;
let database: TestDatabase;
let pool: Pool;
let lists: Lists;
/** By number of the person concerned. */
let headships: Readonly<Record<string, Headship>>;

/** Cases as the disciplinary office hands them to the head, one of each person; `frozen` was reserved when it was opened. */
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  lists = {
    views: openViews(pool),
    names: {
      ...{ process: () => null, element: () => null, body: () => null },
      ...{ processes: () => [], bodiesNamed: () => [] },
    },
    bodies: {
      ...{ standing: () => ({ serviceModel: 'SUPPORT' }), incompatible: () => [] },
      headship: (body, ref) => (body === 'c_borgo' && headships[ref]) || { heads: [], own: [] },
    },
  };
  const log = await anyLog();
  const write = caseWriter(log, () => now);
  const referred = (name: string, employeeRef: string, candidateUsers: string[] = []) =>
    write(
      caseId(name),
      [
        started({ process: 'disciplinary-verbal-reprimand', variables: { employeeRef } }),
        taskCreated('hear', { role: 'STRUCTURE_HEAD', candidateUsers }),
      ],
      { actor: { account: 'system', role: 'SYSTEM', body: 'c_borgo' } },
    );
  await referred('named', 'B-1');
  await referred('unnamed', 'B-2');
  await referred('frozen', 'B-3', ['anna']);
  await referred('ofHead', 'B-4');
  await referred('done', 'B-1');
  await write(caseId('done'), [taskCompleted('hear'), taskCreated('sign', { role: 'STRUCTURE_HEAD' })], {
    actor: { account: 'anna', role: 'STRUCTURE_HEAD', body: 'c_borgo' },
  });
  const followed = await followViews({ log, pool, url: database.url, now: () => now });
  await followed.caughtUp();
  await followed.stop();
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const one = (account: string, ...roles: Role[]): Viewer =>
  viewerOf({
    ...{ account, displayName: account, serves: {} },
    grants: roles.map((role): Grant => ({ role, body: 'c_borgo' })),
  });
const named = async (ids: readonly string[]) => {
  const all = ['named', 'unnamed', 'frozen', 'ofHead', 'done'];
  return all.filter((name) => ids.includes(caseId(name)));
};
const tasks = async (viewer: Viewer, more: object = {}) =>
  named((await listTasks(lists, viewer, more, today)).items.map((it) => it.caseId));
const cases = async (viewer: Viewer) => named((await listCases(lists, viewer)).items.map(({ id }) => id));
const knows = async (viewer: Viewer, name: string) => (await knowersOf(lists, caseId(name)))(viewer);

it('the head of the person concerned has the task in the inbox; another sees none of it', async () => {
  headships = {
    'B-1': { heads: ['anna'], own: [] },
    'B-4': { heads: ['sandra'], own: ['anna'] },
  };
  const [anna, bruno] = [one('anna', 'STRUCTURE_HEAD'), one('bruno', 'STRUCTURE_HEAD')];
  for (const more of [{}, { whose: 'group' }]) {
    expect(await tasks(anna, more)).toEqual(['named', 'unnamed', 'frozen', 'done']);
    expect(await tasks(bruno, more)).toEqual(['unnamed']);
  }
  expect(await cases(bruno)).toEqual([]);
  expect(await Promise.all(['named', 'unnamed', 'ofHead'].map((name) => knows(bruno, name)))).toEqual([
    ...[false, true, false],
  ]);
});

it('where the person concerned is the head, the Segretario has it, and that person learns of nothing', async () => {
  headships = { 'B-4': { heads: ['sandra'], own: ['anna'] } };
  const sandra = one('sandra', 'SEGRETARIO');
  expect(await tasks(sandra, { whose: 'group' })).toEqual(['ofHead']);
  expect(await knows(one('anna', 'STRUCTURE_HEAD'), 'ofHead')).toBe(false);
  // With whatever other office.
  const both = one('anna', 'STRUCTURE_HEAD', 'SEGRETARIO', 'UPD', 'COMUNE_HR');
  expect(await tasks(both)).not.toContain('ofHead');
  expect(await cases(both)).not.toContain('ofHead');
  expect(await cases(one('altra', 'SEGRETARIO'))).toContain('ofHead');
});

it('follows the register: who heads the office now takes over, and who did not act is out', async () => {
  headships = { 'B-1': { heads: ['bruno'], own: [] }, 'B-3': { heads: ['bruno'], own: [] } };
  const [anna, bruno] = [one('anna', 'STRUCTURE_HEAD'), one('bruno', 'STRUCTURE_HEAD')];
  expect(await tasks(bruno, { whose: 'group' })).toEqual(['named', 'unnamed', 'frozen', 'ofHead', 'done']);
  expect(await tasks(anna, { whose: 'group' })).toEqual(['unnamed', 'ofHead', 'done']);
});
