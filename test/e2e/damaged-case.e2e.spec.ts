import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import { System } from '../support/system.ts';

// What somebody with the database in hand did to a case is told by following its chain, though the case cannot be read any more.

const today = '2032-02-27';
let db: TestDatabase;
let system: System;
let caseId: string;

beforeAll(async () => {
  db = await createTestDatabase();
  system = await System.start({ databaseUrl: db.url, log: 'postgres' });
  await (await system.signIn('gestore')).post('/operations/clock', { to: `${today}T09:00:00+01:00` });
  caseId = (await DisciplinaryCase.report(await signInAll(system), today, 'PD-2032-001')).id;
}, 120_000);
afterAll(async () => {
  // Its views are not compared: the log beneath them was damaged.
  await system?.kill();
  await system?.stop();
  await db?.drop();
});

const damaged = (sql: string): Promise<void> =>
  altered(
    `with row as (select position from log where stream_key = (select stream_key from stream_heads where stream = $1) ${sql}`,
  );
const deletedHead = (): Promise<void> => altered('delete from stream_heads where stream = $1');

/** While nothing runs, so that no process has the case in memory. */
async function altered(sql: string): Promise<void> {
  await system.kill();
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  const { rowCount } = await client.query(sql, [`case-${caseId}`]);
  await client.end();
  expect(rowCount).toBeGreaterThan(0);
  await system.restart();
}

const chainFor = async (name: string, query = '') =>
  (await system.signIn(name)).call<{ broken: object | null; covered: object | null }>(
    'GET',
    `/cases/${caseId}/chain${query}`,
  );

it('tells that something was altered under seal, or is missing, to those who may read the case and to no others', async () => {
  expect(await chainFor('auditor')).toMatchObject({ status: 200, body: { broken: null } });

  await damaged(
    `and events like '%"UserTaskCompleted"%' and events like '%"$sealed"%' order by position limit 1)
     update log set events = regexp_replace(events, '("\\$sealed":\\{[^}]*?":")(.)', '\\1' || '!') where position = (select position from row)`,
  );
  expect(await chainFor('auditor')).toMatchObject({
    ...{ status: 200, body: { broken: { problem: 'broken-chain' }, covered: null } },
  });
  expect((await (await system.signIn('auditor')).call('GET', `/cases/${caseId}/replay`)).status).toBe(500);

  await damaged(
    `order by position offset 1 limit 1) delete from log where position = (select position from row)`,
  );
  expect(await chainFor('auditor')).toMatchObject({
    ...{ status: 200, body: { broken: { problem: 'gap' }, covered: null } },
  });
  expect((await chainFor('responsabile')).status).toBe(422);
  expect((await chainFor('responsabile', '?reason=verifica')).status).toBe(200);
  expect((await chainFor('altrocomune')).status).toBe(404);

  await damaged(`order by position limit 1) delete from log where position = (select position from row)`);
  expect(await chainFor('auditor')).toMatchObject({
    ...{ status: 200, body: { broken: { revision: 0, problem: 'gap' } } },
  });
  await damaged(`) delete from log where position in (select position from row)`);
  expect(await chainFor('auditor')).toMatchObject({
    ...{ status: 200, body: { events: 0, headHash: null, broken: { problem: 'no-events' } } },
  });
  expect((await chainFor('altrocomune')).status).toBe(404);
  expect((await chainFor('personale')).status).toBe(403);

  // Whoever deletes a case may delete as well that it was there.
  await deletedHead();
  expect(await chainFor('auditor')).toMatchObject({
    ...{ status: 200, body: { events: 0, headHash: null, broken: { problem: 'no-events' } } },
  });
  expect((await chainFor('altrocomune')).status).toBe(404);
}, 120_000);
