import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseEvent } from '@iter/engine';
import type { EventLog, JsonObject } from '@iter/event-store';
import { erasurePrefix } from '@iter/event-store';
import { createProjector, followProgress } from '@iter/event-store/following';
import type { Progress, Projector } from '@iter/event-store/following';
import { createEventStoreLog } from '@iter/event-store/eventstoredb';
import { createMemoryLog } from '@iter/event-store/memory';
import { createPool } from '@iter/platform/postgres';
import { SealBroken } from '@iter/platform/sealing';
import fc from 'fast-check';
import type { Pool } from 'pg';
import {
  caseId,
  caseWriter,
  deadlineOpened,
  started,
  taskCompleted,
  taskCreated,
} from '../../../test/support/case-log.ts';
import { anyLog, endLogs } from '../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { EsdbDouble } from '../../../test/support/esdb/index.ts';
import { eventually } from '../../../test/support/system.ts';
import { projections, viewsSchema } from './index.ts';
import { createViewsProjector, viewsProjector } from './projector.ts';
import type { ViewsPorts } from './projector.ts';

let database: TestDatabase;
let pool: Pool;
const open: { stop?(): Promise<void>; close?(): Promise<void> }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
});
afterEach(async () => {
  for (const it of open.splice(0)) await (it.stop ?? it.close)?.call(it);
  await endLogs();
  await pool.query('drop schema if exists views cascade; drop schema if exists views_next cascade');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const at = '2026-03-06T09:00:00.000Z';
const logged: string[] = [];
const logger = {
  info: () => undefined,
  error: (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`),
};

const portsOf = (log: EventLog): ViewsPorts => ({
  log,
  pool,
  clock: { now: () => at },
  logger,
  unseal: async ({ data }) => data,
});

async function projector(log: EventLog, more: Partial<ViewsPorts> = {}): Promise<Projector> {
  const it = await createViewsProjector({ ...portsOf(log), ...more });
  open.push(it);
  it.start();
  await it.ready;
  return it;
}

/** Of a later version, to which no event is new. It follows nothing. */
const knowingAll = (log: EventLog): Projector =>
  createProjector({
    ...portsOf(log),
    ...{ schema: viewsSchema, prefixes: ['case-'], projections, version: 1, isKnown: () => true },
  });

async function progress(log: EventLog): Promise<Progress> {
  const it = await followProgress({ pool, url: database.url, schema: viewsSchema, log });
  open.push(it);
  return it;
}

/** All rows of all views, to compare generations. */
async function dump(): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const { table } of projections) {
    const { rows } = await pool.query(`select * from views.${table.name} order by id`);
    all[table.name] = rows;
  }
  return all;
}

async function indexesOfViews(): Promise<unknown[]> {
  const { rows } = await pool.query(
    "select indexdef from pg_indexes where schemaname = 'views' order by indexname",
  );
  return rows;
}

async function caughtUp(log: EventLog): Promise<void> {
  const it = await progress(log);
  const last = await log.lastPosition();
  expect(await it.waitFor(last!, 10_000)).toBe(true);
}

describe('the projector of the views', () => {
  it('keeps rows and checkpoint together, and says when a position is reached', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    const views = await projector(log);
    const here = await progress(log);
    await write(caseId(1), [started(), taskCreated('t1')]);
    const position = await write(caseId(1), [taskCompleted('t1'), taskCreated('t2'), deadlineOpened('d1')]);
    expect(await here.waitFor(position, 10_000)).toBe(true);
    const { tasks, cases } = await dump();
    expect(tasks).toMatchObject([{ state: 'completed' }, { state: 'open', due_on: '2026-04-03' }]);
    expect(cases).toMatchObject([{ open_tasks: 1, revision: 4, deadlines: [{ id: 'DL_CONTESTATION' }] }]);
    expect(await views.lag()).toMatchObject({ appends: 0, seconds: 0, position });
    expect(views.health()).toMatchObject({ state: 'running', failures: 0 });
    const unreached = await anyLog();
    const elsewhere = await caseWriter(unreached, () => at)(caseId(9), [started()]);
    await expect(here.waitFor(elsewhere, 50)).rejects.toThrow(/not of this log/);
  });

  it('gives the same rows whatever the pages, and when it is made anew', async () => {
    const steps: fc.Arbitrary<CaseEvent> = fc.oneof(
      fc.nat(4).map((n) => taskCreated(`t${n}`)),
      fc.nat(4).map((n) => taskCompleted(`t${n}`, { caseCode: `C-${n}` })),
      fc.nat(4).map((n): CaseEvent => ({
        type: 'ElementTerminated',
        data: { key: `t${n}`, element: 'x', scope: null },
      })),
      fc.nat(2).map((n) => deadlineOpened(`d${n}`, `2026-04-0${n + 1}`)),
      fc.nat(2).map((n): CaseEvent => ({
        type: 'DeadlineMet',
        data: { key: `d${n}`, id: 'DL_CONTESTATION', instance: null, by: 'x', on: '2026-03-09', use: 'both' },
      })),
      fc.constant<CaseEvent>({ type: 'CaseCompleted', data: { endElement: null } }),
    );
    const histories = fc.array(fc.tuple(fc.nat(3), fc.array(steps, { minLength: 1, maxLength: 4 })), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(6), fc.nat(9), async (appends, more, rowsInMemory) => {
        const pageSize = more + 1;
        await pool.query('drop schema if exists views cascade');
        const log = await anyLog();
        const write = caseWriter(log, () => at);
        for (const n of [0, 1, 2, 3]) await write(caseId(n), [started()]);
        for (const [n, events] of appends) await write(caseId(n), events);
        const small = await projector(log, { pageSize, rowsInMemory });
        await caughtUp(log);
        const inPages = await dump();
        expect(await small.compare()).toMatchObject({ differences: [], parked: [] });
        await small.rebuild();
        expect(await dump()).toEqual(inPages);
        await small.stop();
      }),
      { numRuns: 12 },
    );
  });

  it('sets a case aside at an event it does not know, lets the others go on, and takes it back when asked', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    const views = await projector(log);
    await write(caseId(1), [started(), taskCreated('t1')]);
    await write(caseId(1), [taskCreated('t2'), { type: 'TaskTeleported', data: {} }, taskCreated('t3')]);
    await write(caseId(1), [taskCreated('t4')]);
    await write(caseId(2), [started(), taskCreated('t1')]);
    await write(caseId(3), [started(), { ...taskCreated('t1'), schemaVersion: 2 }]);
    await caughtUp(log);
    expect((await dump())['tasks']).toHaveLength(3);
    expect(await views.parked()).toMatchObject([
      { caseId: caseId(1), eventType: 'TaskTeleported', revision: 3 },
      { caseId: caseId(3), eventType: 'UserTaskCreated' },
    ]);
    expect(logged.join()).toMatch(/set aside.*TaskTeleported/);
    expect(await views.resume(caseId(1))).toMatch(/TaskTeleported/);
    expect(await views.parked()).toHaveLength(2);
    await views.stop();

    const newer = knowingAll(log);
    expect(await newer.resume(caseId(1))).toBeNull();
    expect(await newer.parked()).toMatchObject([{ caseId: caseId(3) }]);
    const { rows } = await pool.query('select id from views.tasks where case_id = $1', [caseId(1)]);
    expect(rows).toHaveLength(4);
  });

  it('takes a case back with what was written while somebody else moved the tables on', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    const views = await projector(log);
    await write(caseId(1), [started(), { type: 'TaskTeleported', data: {} }]);
    await caughtUp(log);
    await views.stop();
    const newer = knowingAll(log);
    const other = await pool.connect();
    await other.query('begin');
    await other.query('select from views.checkpoint for update');
    const resumed = newer.resume(caseId(1));
    const isWaiting = async () => {
      const { rows } = await pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    };
    while (!(await isWaiting()));
    const position = await write(caseId(1), [taskCreated('t1')]);
    await other.query('update views.checkpoint set position = $1', [position]);
    await other.query('commit');
    other.release();
    expect(await resumed).toBeNull();
    const { rows } = await pool.query('select id from views.tasks where case_id = $1', [caseId(1)]);
    expect(rows).toHaveLength(1);
  });

  it('sets the same cases aside when it is made anew, and gives the same rows of all others', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    for (let n = 0; n < 60; n++) {
      await write(caseId(n), [started(n % 20 === 7 ? { businessKey: 'nul\u0000' } : {}), taskCreated('t1')]);
      await write(caseId(n), [
        taskCompleted('t1'),
        n % 20 === 3 ? { type: 'TaskTeleported', data: {} } : taskCreated('t2'),
      ]);
    }
    for (let n = 0; n < 60; n++) {
      await write(caseId(n), [taskCreated('t3')]);
      await write(caseId(59 - n), [deadlineOpened('d1')]);
    }
    const views = await projector(log, { pageSize: 7, rowsInMemory: 25 });
    await caughtUp(log);
    const [before, aside] = [await dump(), await views.parked()];
    expect(aside.map(({ caseId }) => caseId)).toEqual([3, 7, 23, 27, 43, 47].map(caseId));
    const refused = new Set([7, 27, 47].map(caseId));
    // Of a case that PostgreSQL refuses, pages before may have left rows, which the whole of it does not.
    const others = (rows: Record<string, unknown[]>) =>
      Object.values(rows).map((of) =>
        of.filter((row) => !refused.has((row as { case_id?: string }).case_id ?? '')),
      );
    await views.rebuild();
    expect(others(await dump())).toEqual(others(before));
    const places = (of: typeof aside) =>
      of.map(({ caseId, eventId, revision }) => `${caseId} ${eventId} ${revision}`).sort();
    expect(places(await views.parked())).toEqual(places(aside));
    expect(await views.compare()).toMatchObject({
      differences: [],
      parked: aside.map(({ caseId }) => caseId).sort(),
    });
  });

  it('makes the rows of a case that was erased anew from what was never sealed, also of one set aside', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    // What is sealed stands under `$sealed`; here it needs no key to be read.
    const unseal: ViewsPorts['unseal'] = async ({ data: { $sealed, ...clear } }) =>
      ({ ...clear, ...($sealed as object | undefined) }) as JsonObject;
    const sealed = (event: CaseEvent, ...fields: string[]) => {
      const entries = Object.entries(event.data);
      const clear = Object.fromEntries(entries.filter(([name]) => !fields.includes(name)));
      const $sealed = Object.fromEntries(entries.filter(([name]) => fields.includes(name)));
      return { type: event.type, data: { ...clear, $sealed } };
    };
    const said = (n: number) =>
      sealed(
        started({ businessKey: `Rossi ${n}`, variables: { caseCode: `Rossi ${n}` } }),
        ...['businessKey', 'variables'],
      );
    const views = await projector(log, { unseal });
    for (const n of [1, 2, 3])
      await write(caseId(n), [said(n), taskCreated(`t${n}`), taskCompleted(`t${n}`)], { keyId: 'k' });
    await write(caseId(3), [{ type: 'FromLater', data: {} }]);
    await caughtUp(log);
    expect(JSON.stringify(await dump())).toContain('Rossi 1');
    const ofSecond = async () =>
      (await dump())['cases']!.find((row) => (row as { id: string }).id === caseId(2));
    const kept = await ofSecond();

    for (const n of [1, 3])
      await write(caseId(n), [{ type: 'ErasureOrdered', data: {} }], { prefix: erasurePrefix });
    await caughtUp(log);
    // Rows went from every view.
    const { rows: told } = await pool.query<{ views: string[] }>(
      'select views from desk.changes where case_id = $1 order by number desc limit 1',
      [caseId(1)],
    );
    expect(told[0]!.views.toSorted()).toEqual(projections.map(({ table }) => table.name).toSorted());
    await write(caseId(1), [taskCreated('late')]);
    await caughtUp(log);
    const live = await dump();
    expect(JSON.stringify(live)).not.toMatch(/Rossi [13]/);
    expect(await ofSecond()).toEqual(kept);
    const ofFirst = live['tasks']!.filter((row) => (row as { case_id: string }).case_id === caseId(1));
    expect(ofFirst).toHaveLength(2);
    expect(live['tasks']!.some((row) => (row as { case_id: string }).case_id === caseId(3))).toBe(true);
    expect(await views.compare()).toMatchObject({ differences: [], parked: [caseId(3)] });
    await views.rebuild();
    const anew = await dump();
    expect(JSON.stringify(anew)).not.toMatch(/Rossi [13]/);
    expect(anew).toEqual(live);
  });

  it('sets aside only the case whose text PostgreSQL cannot take', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    await write(caseId(1), [started(), taskCreated('t1')]);
    await write(caseId(2), [started({ businessKey: 'nul\u0000' })]);
    await write(caseId(3), [started(), taskCreated('t1')]);
    const views = await projector(log);
    await caughtUp(log);
    expect((await dump())['tasks']).toHaveLength(2);
    expect(await views.parked()).toMatchObject([
      {
        caseId: caseId(2),
        error: expect.stringMatching(/PostgreSQL error 22.*cannot take what the row holds/),
      },
    ]);
  });

  it('sets aside only the case that a trigger of somebody refuses, or of which a value is too much for an index', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    const views = await projector(log);
    await pool.query(`create function views.no() returns trigger language plpgsql as
        $$ begin if new.case_id = '${caseId(1)}' then raise 'no'; end if; return new; end $$;
      create trigger no before insert on views.tasks for each row execute function views.no();
      create index too_much on views.cases (business_key)`);
    await write(caseId(1), [started(), taskCreated('t1')]);
    // Not to be compressed.
    const long = Array.from({ length: 4_000 }, (_, i) => ((i * i * 7_919) % 1_000_003).toString(36)).join('');
    await write(caseId(2), [started({ businessKey: long }), taskCreated('t1')]);
    await write(caseId(3), [started(), taskCreated('t1')]);
    await caughtUp(log);
    expect((await dump())['tasks']).toMatchObject([{ case_id: caseId(3) }]);
    const aside = await views.parked();
    expect(aside.map((one) => [one.error.slice(0, 22), one.caseId]).toSorted()).toEqual([
      ['PostgreSQL error 54000', caseId(2)],
      ['PostgreSQL error P0001', caseId(1)],
    ]);
    expect(views.health()).toMatchObject({ state: 'running' });
  });

  it('sets aside only the case of which something was altered under seal, and waits for keys that are away', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    for (const n of [1, 2, 3]) await write(caseId(n), [started(), taskCreated('t1')], { keyId: 'k' });
    const views = await projector(log, {
      unseal: async ({ stream, data }) => {
        if (stream.endsWith(caseId(2))) throw new SealBroken('altered');
        return data;
      },
    });
    await caughtUp(log);
    expect(await views.parked()).toMatchObject([
      { caseId: caseId(2), error: 'SealBroken (seal-broken): altered' },
    ]);
    await views.rebuild();
    expect((await dump())['tasks']!.map((row) => (row as { case_id: string }).case_id).toSorted()).toEqual([
      caseId(1),
      caseId(3),
    ]);
    await views.stop();

    let isAway = true;
    const patient = await projector(log, {
      unseal: async ({ data }) => {
        if (isAway) throw new Error('no connection');
        return data;
      },
    });
    await write(caseId(3), [taskCompleted('t1')], { keyId: 'k' });
    await eventually('that it fails', async () => patient.health().state === 'failing');
    isAway = false;
    await caughtUp(log);
    expect(await patient.parked()).toHaveLength(1);
  });

  it('refuses the commit of a second projector, and goes on when the first has gone', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    const first = await projector(log);
    const second = await projector(log);
    for (let n = 0; n < 20; n++) await write(caseId(n), [started()]);
    await caughtUp(log);
    for (let n = 0; n < 20; n++) await write(caseId(n), [taskCreated('t1')]);
    await caughtUp(log);
    const { cases } = await dump();
    expect(cases).toHaveLength(20);
    expect(cases).toMatchObject(Array.from({ length: 20 }, () => ({ open_tasks: 1 })));
    await first.stop();
    await write(caseId(0), [taskCreated('t2')]);
    await caughtUp(log);
    expect(second.health().state).toBe('running');
    expect((await dump())['cases']).toHaveLength(20);
  });

  it('is made anew beside the live views while writing goes on, without a moment of wrong rows', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    for (let n = 0; n < 50; n++) await write(caseId(n), [started(), taskCreated('t1')]);
    const views = await projector(log, { pageSize: 10 });
    await caughtUp(log);
    const counts: number[] = [];
    const share = async () => (await views.rebuilding())?.progress ?? null;
    const shares = new Set<number | null>([await share()]);
    expect([...shares]).toEqual([null]);
    let writing = true;
    const reader = (async () => {
      while (writing) {
        const { rows } = await pool.query<{ n: number }>('select count(*) as n from views.cases');
        counts.push(rows[0]!.n);
        shares.add(await share());
      }
    })();
    const writer = (async () => {
      for (let n = 50; n < 80; n++) {
        await write(caseId(n), [started(), taskCreated('t1')]);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const indexes = await indexesOfViews();
    await views.rebuild();
    await writer;
    await caughtUp(log);
    writing = false;
    expect(await indexesOfViews()).toEqual(indexes);
    await reader;
    expect(counts.every((n, i) => i === 0 || n >= counts[i - 1]!)).toBe(true);
    // How far it is can be asked in any process while it goes on.
    expect(shares.size).toBeGreaterThan(1);
    expect([...shares].every((share) => share === null || (share >= 0 && share <= 1))).toBe(true);
    expect(await views.rebuilding()).toBeNull();
    expect((await dump())['cases']).toHaveLength(80);
    const { rows } = await pool.query(
      `select 1 from pg_namespace where nspname in ('views_next', 'views_old')`,
    );
    expect(rows).toEqual([]);
  });

  it('finds rows that somebody altered, by making all anew beside them, while writing goes on', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    for (let n = 0; n < 6; n++) await write(caseId(n), [started(), taskCreated('t1')]);
    const views = await projector(log, { pageSize: 3 });
    await caughtUp(log);
    expect(await views.compare()).toEqual({
      ...{ position: await log.lastPosition(), differences: [], parked: [] },
    });
    await pool.query(`update views.cases set open_tasks = 7 where id = '${caseId(1)}'`);
    await pool.query(`delete from views.tasks where case_id = '${caseId(2)}'`);
    await pool.query(`update views.tasks set id = 'nobody' where case_id = '${caseId(3)}'`);
    const before = await dump();
    const [{ differences }] = await Promise.all([
      views.compare(),
      (async () => {
        for (let n = 6; n < 20; n++) await write(caseId(n), [started()]);
      })(),
    ]);
    const task = (id: string) =>
      (before['tasks'] as { id: string; case_id: string }[]).find((it) => it.case_id === id);
    expect(differences).toHaveLength(4);
    expect(differences).toEqual(
      expect.arrayContaining([
        { table: 'cases', id: caseId(1), problem: 'altered' },
        { table: 'tasks', id: 'nobody', problem: 'extra' },
        { table: 'tasks', id: task(caseId(0))!.id.replace(caseId(0), caseId(2)), problem: 'missing' },
        { table: 'tasks', id: task(caseId(0))!.id.replace(caseId(0), caseId(3)), problem: 'missing' },
      ]),
    );
    await caughtUp(log);
    // It mends nothing, leaves nothing, and a rebuild does.
    const { rows } = await pool.query("select nspname from pg_namespace where nspname like 'views%'");
    expect(rows).toEqual([{ nspname: 'views' }]);
    await views.rebuild();
    expect((await views.compare()).differences).toEqual([]);
  });

  it('is compared up to its checkpoint only, however far the log is; cases set aside on either side are named apart', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    for (let n = 0; n < 6; n++) await write(caseId(n), [started(), taskCreated('t1')]);
    await write(caseId(7), [started(), { type: 'TaskTeleported', data: {} }]);
    const views = await projector(log, { pageSize: 3 });
    await caughtUp(log);
    const position = (await views.lag()).position;
    await views.stop();
    for (let n = 0; n < 300; n++) await write(caseId(10 + n), [started()]);
    await pool.query(`update views.cases set open_tasks = 7 where id in ($1, $2)`, [caseId(1), caseId(7)]);
    expect(await views.compare()).toEqual({
      ...{ position, parked: [caseId(7)] },
      differences: [{ table: 'cases', id: caseId(1), problem: 'altered' }],
    });
  });

  it('is not compared where there is nothing to compare, and changes nothing then', async () => {
    const log = await anyLog();
    const schemas = async () =>
      (await pool.query("select nspname from pg_namespace where nspname like 'views%'")).rows;
    await expect(viewsProjector(portsOf(log)).compare()).rejects.toThrow('there are no tables of views');
    expect(await schemas()).toEqual([]);
    await caseWriter(log, () => at)(caseId(1), [started()]);
    const views = await projector(log);
    await caughtUp(log);
    await expect(views.compare(AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await schemas()).toEqual([{ nspname: 'views' }]);
    await views.stop();
    await pool.query("update views.checkpoint set fingerprint = 'older'");
    await expect(views.compare()).rejects.toThrow('of another version');
  });

  it('is made anew after a comparison, not meanwhile: nobody queues behind a long reader', async () => {
    const log = await anyLog();
    await caseWriter(log, () => at)(caseId(1), [started()]);
    const views = await projector(log);
    await caughtUp(log);
    // A comparison that stands still, with what it has made; then it is killed.
    const comparing = await pool.connect();
    await comparing.query("select pg_advisory_lock(hashtext('iter whole views')); create schema views_check");
    const rebuild = views.rebuild();
    const waits = async () => (await views.rebuilding())?.phase === 'waiting';
    try {
      await eventually('a rebuild that waits', waits, 3_000);
      expect(await views.rebuilding()).toEqual({ progress: 0, behind: 1, phase: 'waiting' });
    } finally {
      comparing.release(true);
      await rebuild;
    }
    const { rows } = await pool.query(
      "select nspname, obj_description(oid, 'pg_namespace') as told from pg_namespace where nspname like 'views%'",
    );
    expect(rows).toEqual([{ nspname: 'views', told: null }]);
  });

  it('tells in every process what a rebuild does that folds nothing meanwhile', async () => {
    const log = await anyLog();
    await caseWriter(log, () => at)(caseId(1), [started()]);
    const views = await projector(log);
    await caughtUp(log);
    const reading = await pool.connect();
    await reading.query('begin; select from views.checkpoint');
    const rebuild = views.rebuild();
    const elsewhere = viewsProjector(portsOf(log));
    const swaps = async () => (await elsewhere.rebuilding())?.phase === 'swapping';
    try {
      await eventually('a swap that waits', swaps, 3_000);
    } finally {
      reading.release(true);
      await rebuild;
    }
    expect(await elsewhere.rebuilding()).toBeNull();
  });

  it('is made anew by itself for a log that was restored from a copy', async () => {
    const before = await anyLog();
    await caseWriter(before, () => at)(caseId(1), [started()]);
    const old = await projector(before);
    await caughtUp(before);
    await old.stop();
    // It counts exactly.
    const after = createMemoryLog();
    await caseWriter(after, () => at)(caseId(2), [started()]);
    // Until then it is behind by all that there is.
    const atFirst = await createViewsProjector(portsOf(after));
    expect(await atFirst.lag()).toMatchObject({ position: null, appends: 1 });
    await projector(after);
    await caughtUp(after);
    expect((await dump())['cases']).toMatchObject([{ id: caseId(2) }]);
  });

  it('is made anew by itself for a log in EventStoreDB that was put back to a copy and has gone on', async () => {
    const double = await EsdbDouble.start();
    try {
      const before = await createEventStoreLog({ url: double.url });
      const write = caseWriter(before, () => at);
      const first = await projector(before);
      await write(caseId(1), [started(), taskCreated('kept')]);
      const restore = double.store.backup();
      await write(caseId(2), [started(), taskCreated('lost')]);
      await caughtUp(before);
      await first.stop();
      await before.close();
      double.stop();
      restore();
      await double.start();

      const after = await createEventStoreLog({ url: double.url });
      open.push(after);
      const writeOn = caseWriter(after, () => at);
      for (const n of [3, 4, 5]) await writeOn(caseId(n), [started(), taskCreated('new')]);
      await projector(after);
      await caughtUp(after);
      const { cases } = await dump();
      expect(cases?.map((it) => (it as { id: string }).id)).toEqual([1, 3, 4, 5].map(caseId).sort());
    } finally {
      for (const it of open.splice(0).reverse()) await (it.stop ?? it.close)?.call(it);
      double.stop();
    }
  });

  it('tries again after a fault, says so in its health, and loses nothing', async () => {
    const log = await anyLog();
    const write = caseWriter(log, () => at);
    let failures = 3;
    const views = await projector(log, {
      unseal: async ({ data }) => {
        if (failures-- > 0) throw new Error('the key store is away');
        return data;
      },
    });
    await write(caseId(1), [started()], { keyId: 'k' });
    await caughtUp(log);
    expect(failures).toBeLessThan(0);
    expect((await dump())['cases']).toHaveLength(1);
    await eventually('the loop to be well again', async () => views.health().state === 'running');
  });
});
