import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { fold } from '@iter/engine';
import type { CaseEvent } from '@iter/engine';
import { erasurePrefix } from '@iter/event-store';
import type { EventLog, JsonObject } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { virtualClock } from '@iter/platform/clock';
import type { VirtualClock } from '@iter/platform/clock';
import { createPool } from '@iter/platform/postgres';
import { SealBroken } from '@iter/platform/sealing';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import {
  caseId,
  caseWriter,
  deadlineOpened,
  jobCreated,
  started,
  timerArmed,
} from '../../../test/support/case-log.ts';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { openTestLog } from '../../../test/support/logs.ts';
import { eventually } from '../../../test/support/system.ts';
import { createQueues, createReactions, openJob } from './index.ts';
import type { Bell, Job, Queues, Reactions, ReactionsPorts } from './index.ts';

const redisUrl = process.env['ITER_TEST_REDIS_URL']!;
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, max: 20 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

interface World {
  readonly log: EventLog;
  readonly clock: VirtualClock & { changed(): void };
  readonly write: ReturnType<typeof caseWriter>;
  readonly queues: Queues;
  readonly reactions: Reactions;
  /** What was rung and had an effect, by key. */
  readonly rung: string[];
  readonly asked: Bell[];
  readonly completed: Job[];
  readonly failedJobs: { job: Job; retries: number; message: string }[];
  readonly logged: string[];
}

let logsMade = 0;
const worlds: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
  await pool.query('drop schema if exists reactions cascade; truncate effects.tries');
});

const start = '2026-03-06T09:00:00.000Z';
const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** The reactions over a log in memory, with Redis over one in EventStoreDB; ringing a timer appends `TimerFired` once, as the real command would. */
async function world(backend: 'postgres' | 'redis', more: Partial<ReactionsPorts> = {}): Promise<World> {
  const log =
    backend === 'redis'
      ? await openTestLog(`${database.url}/${++logsMade}`, 'eventstoredb')
      : createMemoryLog();
  const listeners = new Set<() => void>();
  const virtual = virtualClock(start);
  const clock = {
    ...virtual,
    changed: () => listeners.forEach((it) => it()),
    onChange: (it: () => void) => (listeners.add(it), () => listeners.delete(it)),
  };
  const write = caseWriter(log, () => clock.now());
  const rung: string[] = [];
  const asked: Bell[] = [];
  const completed: Job[] = [];
  const failedJobs: World['failedJobs'] = [];
  const logged: string[] = [];
  const queues = await createQueues({
    databaseUrl: database.url,
    redisUrl: backend === 'redis' ? redisUrl : undefined,
    onError: (error) => void logged.push(`queue ${error.message}`),
  });
  const reactions = await createReactions({
    log,
    pool,
    queues,
    clock,
    logger: {
      info: () => undefined,
      error: (fields, message) => void logged.push(`${message} ${JSON.stringify(fields)}`),
    },
    unseal: async ({ data }) => data,
    worker: 'spec',
    reconcileEveryMs: 3_600_000,
    jobNow: async (id, key) =>
      openJob(fold((await log.readStream(`case-${id}`)) as unknown as readonly CaseEvent[]), key),
    ring: async (bell) => {
      asked.push(bell);
      if (bell.dueAt > clock.now()) return { outcome: 'nothing' };
      if (rung.includes(bell.id)) return { outcome: 'rung' };
      rung.push(bell.id);
      await write(bell.caseId, [{ type: 'TimerFired', data: { key: bell.key, element: 'evt_wait' } }]);
      return { outcome: 'rung' };
    },
    answers: {
      complete: async (job) => {
        completed.push(job);
        await write(job.caseId, [
          { type: 'JobCompleted', data: { key: job.key, element: job.element, scope: null, variables: {} } },
        ]);
        return { outcome: 'done' };
      },
      fail: async (job, retries, message) => {
        failedJobs.push({ job, retries, message });
        await write(job.caseId, [
          { type: 'JobFailed', data: { key: job.key, retries, message, retryAt: null } },
        ]);
        return { outcome: 'done' };
      },
      error: async () => ({ outcome: 'done' }),
    },
    // Messages, signals and starts need the write side: test/messages.int.spec.ts.
    traffic: {
      streamOf: () => 'message-x',
      publish: async () => undefined,
      tell: async () => undefined,
      deliver: async () => ({ outcome: 'idle' }),
    },
    receive: async () => ({ outcome: 'done' }),
    definitions: { list: () => [], catchUp: async () => undefined },
    start: async () => ({ outcome: 'done' }),
    link: async () => undefined,
    evaluator: () => () => ({ ok: true, value: null }),
    ...more,
  });
  reactions.start();
  await reactions.ready;
  worlds.push({
    async close() {
      await reactions.stop();
      await queues.close();
      await log.close();
      if (backend === 'redis') {
        const redis = new Redis(redisUrl);
        await redis.flushall();
        await redis.quit();
      }
    },
  });
  return { log, clock, write, queues, reactions, rung, asked, completed, failedJobs, logged };
}

const followed = (w: World): Promise<unknown> =>
  eventually('the follower', async () => (await w.reactions.follower.lag()).appends === 0, 10_000);

async function emptyQueue(backend: 'postgres' | 'redis'): Promise<void> {
  if (backend === 'redis') {
    const redis = new Redis(redisUrl);
    await redis.flushall();
    await redis.quit();
  } else {
    const { rows } = await pool.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'`,
    );
    await pool.query(`truncate ${rows.map(({ tablename }) => `bullmq.${tablename}`).join(', ')}`);
  }
}

describe.each(['postgres', 'redis'] as const)('bells on %s', (backend) => {
  it('ring what is due, once, and what is due later when the time comes', async () => {
    const w = await world(backend);
    await w.write(caseId(1), [
      started(),
      timerArmed('now', later(start, -1_000)),
      timerArmed('far', later(start, 86_400_000)),
    ]);
    await eventually('the first bell', async () => w.rung.length === 1, 10_000);
    await followed(w);
    const { bells } = await w.reactions.figures();
    expect(bells).toEqual({ overdue: 0, oldestDueAt: null, armed: 1 });
    w.clock.set(later(start, 86_400_000));
    w.clock.changed();
    await eventually('the second bell', async () => w.rung.length === 2, 10_000);
    await followed(w);
    expect((await w.reactions.figures()).bells.armed).toBe(0);
    expect(w.rung.map((id) => id.split('@')[0])).toEqual([`${caseId(1)}.now`, `${caseId(1)}.far`]);
  });

  it('are woken by the queue at the second they are due', async () => {
    // Real time from here on: the clock runs with the world's, from the virtual start.
    const epoch = Date.parse(start) - Date.now();
    const clock = { now: () => new Date(Date.now() + epoch).toISOString() };
    const rung: { at: string; due: string }[] = [];
    const w = await world(backend, {
      clock,
      ring: async (bell) => {
        rung.push({ at: clock.now(), due: bell.dueAt });
        await w.write(bell.caseId, [{ type: 'TimerFired', data: { key: bell.key, element: 'x' } }]);
        return { outcome: 'rung' };
      },
    });
    const at = [400, 700, 1_600].map((ms) => later(clock.now(), ms));
    await w.write(caseId(1), [started(), ...at.map((due, n) => timerArmed(`t${n}`, due))]);
    await eventually('three bells', async () => rung.length >= 3);
    expect(rung.map(({ due }) => due)).toEqual(at);
    // None early; how late depends on the machine. Whoever looks through everything comes only after an hour.
    for (const { at: when, due } of rung) {
      expect(when >= due).toBe(true);
      expect(Date.parse(when) - Date.parse(due)).toBeLessThan(15_000);
    }
  });

  it('lose nothing when the queue is emptied', async () => {
    const w = await world(backend);
    const due = Array.from({ length: 50 }, (_, n) => timerArmed(`t${n}`, later(start, 60_000 + n * 10)));
    await w.write(caseId(1), [started(), ...due]);
    await followed(w);
    await eventually('the wake-up', async () => (await w.reactions.figures()).queues[0]!.delayed > 0, 10_000);
    // A wake-up that was on its way when the queue was emptied is lost with the next emptying.
    await eventually(
      'an empty queue',
      async () => {
        await emptyQueue(backend);
        const { delayed, waiting } = (await w.reactions.figures()).queues[0]!;
        return delayed + waiting === 0;
      },
      10_000,
    );
    w.clock.set(later(start, 61_000));
    await w.reactions.reconcile();
    expect(new Set(w.rung).size).toBe(50);
    expect(w.rung).toHaveLength(50);
    // And the queue works on: a new bell is armed and rung through it.
    await w.write(caseId(1), [timerArmed('after', later(start, 1))]);
    await eventually('a bell after the loss', async () => w.rung.length === 51, 10_000);
  });

  it('change nothing when they are early, late, double or resurrected', async () => {
    const w = await world(backend);
    await w.write(caseId(1), [
      started(),
      timerArmed('t1', later(start, 60_000)),
      deadlineOpened('d1', '2026-04-03', { bell: later(start, 90_000) }),
    ]);
    await followed(w);
    const bells = w.queues.open('bells');
    for (let n = 0; n < 20; n++) await bells.add([{ id: `early-${n}`, delayMs: 0 }]);
    await eventually(
      'the early ones to pass',
      async () => (await bells.figures()).waiting + (await bells.figures()).active === 0,
      10_000,
    );
    expect(w.asked).toEqual([]);
    w.clock.set(later(start, 60_000));
    await bells.add(Array.from({ length: 20 }, (_, n) => ({ id: `double-${n}`, delayMs: 0 })));
    await Promise.all([w.reactions.reconcile(), w.reactions.reconcile(), w.reactions.reconcile()]);
    await eventually(
      'the doubles to pass',
      async () => (await bells.figures()).waiting + (await bells.figures()).active === 0,
      10_000,
    );
    expect(w.asked).toHaveLength(1);
    await followed(w);
    await w.reactions.reconcile();
    expect(w.asked).toHaveLength(1);
  });

  it('of a case that ends or whose timers are disarmed are gone', async () => {
    const w = await world(backend);
    await w.write(caseId(1), [
      started(),
      timerArmed('t1', later(start, 1_000)),
      timerArmed('t2', later(start, 1_000)),
    ]);
    await w.write(caseId(1), [{ type: 'TimerDisarmed', data: { key: 't1' } }]);
    await w.write(caseId(2), [started(), timerArmed('t1', later(start, 1_000)), deadlineOpened('d1')]);
    await w.write(caseId(2), [{ type: 'CaseTerminated', data: { reason: '', element: null } }]);
    await followed(w);
    w.clock.set(later(start, 2_000));
    await w.reactions.reconcile();
    expect(w.asked.map(({ caseId: id, key }) => [id, key])).toEqual([[caseId(1), 't2']]);
  });
});

describe('bells', () => {
  it('of a suspended case: deadlines ring, timers wait for it', async () => {
    const w = await world('postgres');
    await w.write(caseId(1), [
      started(),
      timerArmed('t1', later(start, 1_000)),
      deadlineOpened('d1', '2026-04-03', { bell: later(start, 1_000) }),
      { type: 'CaseSuspended', data: { reason: '' } },
    ]);
    await followed(w);
    w.clock.set(later(start, 2_000));
    await w.reactions.reconcile();
    expect(w.asked.map(({ of }) => of)).toEqual(['deadline']);
    await w.write(caseId(1), [{ type: 'CaseResumed', data: { reason: '' } }]);
    await eventually('the timer', async () => w.asked.some(({ of }) => of === 'timer'), 10_000);
  });

  it('ring at once for what a command left over, and wait while the case is suspended', async () => {
    const w = await world('postgres', {
      ring: async (bell) => {
        w.asked.push(bell);
        await w.write(bell.caseId, [{ type: 'ContinuationTaken', data: {} }]);
        return { outcome: 'rung' };
      },
    });
    const left = { type: 'ContinuationDue' as const, data: { steps: [], counts: {} } };
    await w.write(caseId(1), [started(), left, { type: 'CaseSuspended', data: { reason: '' } }]);
    await w.write(caseId(2), [started(), left]);
    await eventually('the bell', async () => w.asked.length === 1, 10_000);
    await followed(w);
    await w.reactions.reconcile();
    expect(w.asked.map(({ of, caseId: id }) => [of, id])).toEqual([['continuation', caseId(2)]]);
    await w.write(caseId(1), [{ type: 'CaseResumed', data: { reason: '' } }]);
    await eventually('the other', async () => w.asked.length === 2, 10_000);
    await followed(w);
    expect((await w.reactions.figures()).bells.armed).toBe(0);
  });

  it('that fail rest longer and longer, are shown, and are tried again when asked', async () => {
    let broken = true;
    const w = await world('postgres', {
      ring: async (bell) => {
        if (broken) throw new Error('the case does not fold');
        await w.write(bell.caseId, [{ type: 'TimerFired', data: { key: bell.key, element: 'x' } }]);
        return { outcome: 'rung' };
      },
    });
    await w.write(caseId(1), [started(), timerArmed('t1', start)]);
    await eventually('the failure', async () => (await w.reactions.failed()).length === 1, 10_000);
    const [failed] = await w.reactions.failed();
    expect(failed).toMatchObject({
      kind: 'bell',
      tries: 1,
      error: 'Error: the case does not fold',
      nextAt: later(start, 1_000),
    });
    await w.reactions.reconcile();
    expect((await w.reactions.failed())[0]!.tries).toBe(1);
    w.clock.set(later(start, 1_000));
    await w.reactions.reconcile();
    expect((await w.reactions.failed())[0]).toMatchObject({ tries: 2, nextAt: later(start, 3_000) });
    expect((await w.reactions.figures()).bells).toMatchObject({ overdue: 1, oldestDueAt: start });
    broken = false;
    expect(await w.reactions.failed({ kind: 'job' })).toEqual([]);
    expect(await w.reactions.retry({ error: 'another' })).toBe(0);
    expect(await w.reactions.retry({ kind: 'bell', error: failed!.error })).toBe(1);
    await eventually('the retry', async () => (await w.reactions.failed()).length === 0, 10_000);
    expect(await w.reactions.retry({ id: failed!.id })).toBe(0);
  });

  it('ring also while the queue is away', async () => {
    const away = { name: 'x', add: () => Promise.reject(new Error('away')), onWake: () => undefined };
    const figures = () => Promise.reject(new Error('away'));
    const queues = {
      backend: 'redis' as const,
      open: () => ({ ...away, figures }),
      close: async () => undefined,
    };
    const w = await world('postgres', { queues });
    await w.write(caseId(1), [started(), timerArmed('t1', start)]);
    await eventually('the bell', async () => w.rung.length === 1, 10_000);
    await w.reactions.stop();
    await expect(
      createQueues({ databaseUrl: database.url, redisUrl: 'redis://127.0.0.1:1', onError: () => undefined }),
    ).rejects.toThrow(/REDIS_URL/);
  });

  it('ring in time when the queue loses every wake-up: whoever looks through everything finds them', async () => {
    const epoch = Date.parse(start) - Date.now();
    const clock = { now: () => new Date(Date.now() + epoch).toISOString() };
    const rung: { at: string; due: string }[] = [];
    const figures = async () => ({ name: '', waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0 });
    const forgetful = { name: 'x', add: async () => undefined, onWake: () => undefined, figures };
    const reconcileEveryMs = 500;
    const w = await world('postgres', {
      queues: { backend: 'redis' as const, open: () => forgetful, close: async () => undefined },
      clock,
      reconcileEveryMs,
      ring: async (bell) => {
        rung.push({ at: clock.now(), due: bell.dueAt });
        await w.write(bell.caseId, [{ type: 'TimerFired', data: { key: bell.key, element: 'x' } }]);
        return { outcome: 'rung' };
      },
    });
    for (let n = 0; n < 200; n++)
      await w.write(caseId(n), [started(), timerArmed('t', later(clock.now(), 500 + n * 10))]);
    await eventually('all of them', async () => rung.length >= 200);
    expect(new Set(rung.map((it) => it.due)).size).toBe(200);
    for (const { at, due: dueAt } of rung) {
      expect(at >= dueAt).toBe(true);
      expect(Date.parse(at) - Date.parse(dueAt)).toBeLessThan(reconcileEveryMs + 15_000);
    }
  });

  it('call as many workers as they are many, and under a new name when they ring soon', async () => {
    const calls: { id: string; delayMs: number }[] = [];
    const figures = async () => ({ name: '', waiting: 0, active: 0, delayed: 0, failed: 0, completed: 0 });
    const add = async (wakeUps: readonly { id: string; delayMs: number }[]) => void calls.push(...wakeUps);
    const open = (name: string) => ({ name, add, onWake: () => undefined, figures });
    const queues = { backend: 'redis' as const, open, close: async () => undefined };
    const w = await world('postgres', { queues });
    const second = later(start, 600_000).slice(0, -5);
    for (let n = 0; n < 5; n++) {
      const timers = Array.from({ length: 500 }, (_, k) => timerArmed(`t${k}`, `${second}.${100 + k}Z`));
      await w.write(caseId(n), [started(), ...timers]);
    }
    await followed(w);
    calls.length = 0;
    await w.reactions.reconcile();
    await w.reactions.reconcile();
    // The second of the world may have changed between the two.
    const names = [...new Set(calls.map(({ id }) => id))];
    expect(names.filter((id) => /^bell-\d+$/.test(id)).length).toBeLessThanOrEqual(2);
    expect(calls.map(({ id }) => id.replace(/^bell-\d+/, '')).sort()).toEqual([
      '',
      '',
      '-1',
      '-1',
      '-2',
      '-2',
    ]);

    // The wake-up of this very second may be active and about to end: its name would be ignored.
    calls.length = 0;
    await w.write(caseId(10), [started(), timerArmed('t', later(start, 700))]);
    await followed(w);
    await w.write(caseId(11), [started(), timerArmed('t', later(start, 710))]);
    await followed(w);
    await eventually('both calls', async () => calls.length >= 2);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
  });

  it('that a worker took and did not ring are another’s when its lease is over', async () => {
    const w = await world('postgres');
    await w.write(caseId(1), [started(), timerArmed('t1', later(start, 60_000))]);
    await followed(w);
    await pool.query(
      `insert into effects.tries (id, kind, case_id, name, tries, next_at, worker)
       select ringing, 'bell', case_id, 'timer', 1, $1, 'dead' from reactions.bells`,
      [later(start, 80_000)],
    );
    w.clock.set(later(start, 79_999));
    await w.reactions.reconcile();
    expect(w.asked).toEqual([]);
    w.clock.set(later(start, 80_000));
    await w.reactions.reconcile();
    expect(w.asked).toHaveLength(1);
  });

  it('that were taken and not begun are given back by a worker that stops', async () => {
    const begun: string[] = [];
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const w = await world('postgres', {
      ring: async (bell) => {
        begun.push(bell.id);
        await held;
        return { outcome: 'rung' };
      },
    });
    const timers = Array.from({ length: 1_500 }, (_, n) => timerArmed(`t${n}`, later(start, 60_000)));
    for (let from = 0; from < 1_500; from += 500)
      await w.write(caseId(from), [started(), ...timers.slice(from, from + 500)]);
    await followed(w);
    w.clock.set(later(start, 60_000));
    const ringing = w.reactions.reconcile();
    await eventually('the first bells', async () => begun.length > 0, 10_000);
    const stopped = w.reactions.stop();
    goOn();
    await Promise.all([ringing, stopped]);
    const { rows } = await pool.query<{ id: string }>('select id from effects.tries');
    expect(rows.map(({ id }) => id).sort()).toEqual([...begun].sort());
    expect(begun.length).toBeLessThan(500);
  });

  it('10,000 due at once are all rung exactly once', async () => {
    const w = await world('postgres');
    for (let n = 0; n < 20; n++) {
      const timers = Array.from({ length: 500 }, (_, k) => timerArmed(`t${k}`, later(start, 60_000)));
      await w.write(caseId(n), [started(), ...timers]);
    }
    await followed(w);
    w.clock.set(later(start, 60_000));
    await Promise.all([w.reactions.reconcile(), w.reactions.reconcile()]);
    await eventually('all', async () => w.rung.length >= 10_000, 30_000);
    expect(new Set(w.rung).size).toBe(10_000);
    expect(w.asked).toHaveLength(10_000);
  });
});

describe('service tasks', () => {
  it('a desk notice is completed once; jobs of other types wait for workers outside', async () => {
    const w = await world('postgres');
    await w.write(caseId(1), [
      started({ variables: { n: 1 } }),
      jobCreated('j1', { headers: { to: 'UPD', label: 'x' } }),
      jobCreated('j2', { jobType: 'mail', headers: { to: 'x' } }),
    ]);
    await eventually('the notice', async () => w.completed.length === 1, 10_000);
    await followed(w);
    await Promise.all([w.reactions.reconcile(), w.reactions.reconcile()]);
    expect(w.completed.map(({ key }) => key)).toEqual(['j1']);

    const activate = () =>
      w.reactions.activateJobs({ type: 'mail', limit: 10, lockMs: 30_000, worker: 'mailer' });
    const [first, second] = await Promise.all([activate(), activate()]);
    expect([...first, ...second]).toEqual([
      {
        id: `${caseId(1)}.j2`,
        caseId: caseId(1),
        type: 'mail',
        element: 'send_notice',
        retries: 3,
        headers: { to: 'x' },
        variables: { n: 1 },
        lockedUntil: later(start, 30_000),
      },
    ]);
    expect(await activate()).toEqual([]);
    w.clock.set(later(start, 30_000));
    expect(await activate()).toHaveLength(1);
    expect(await w.reactions.workOf([caseId(1)])).toMatchObject([
      { kind: 'job', id: `${caseId(1)}.j2`, name: 'mail', state: 'due', tries: 2, error: null },
    ]);
    const work = new Map((await w.reactions.work()).map((it) => [it.kind, it]));
    expect(work.get('job')).toMatchObject({ due: 1, later: 0, failing: 0, oldestDueAt: start });
    // The notice was done within this minute.
    expect(work.get('job')!.doneInHour).toBeGreaterThan(0);
    await w.write(caseId(1), [
      { type: 'JobFailed', data: { key: 'j2', retries: 0, message: '', retryAt: null } },
    ]);
    await followed(w);
    expect((await w.reactions.figures()).jobs).toMatchObject([
      { type: 'mail', open: 0, stuck: 1, workers: [{ name: 'mailer' }] },
    ]);
    expect(await w.reactions.workOf([caseId(1)])).toMatchObject([{ state: 'stuck' }]);
    await w.write(caseId(1), [{ type: 'JobRetried', data: { key: 'j2', retries: 1 } }]);
    await followed(w);
    expect(await activate()).toHaveLength(1);
  });

  it('are not given while the table does not know yet that they failed, ended or rest', async () => {
    const w = await world('postgres');
    const ids = [1, 2, 3, 4].map(caseId);
    for (const id of ids) await w.write(id, [started(), jobCreated('j', { jobType: 'mail' })]);
    await followed(w);
    // The follower cannot move on: the table stays as it is.
    const lag = await pool.connect();
    await lag.query('begin; select from reactions.checkpoint for update');
    const [failed, done, suspended, open] = ids as [string, string, string, string];
    await w.write(failed, [
      { type: 'JobFailed', data: { key: 'j', retries: 2, message: '', retryAt: later(start, 60_000) } },
    ]);
    await w.write(done, [
      { type: 'JobCompleted', data: { key: 'j', element: 'send_notice', scope: null, variables: {} } },
    ]);
    await w.write(suspended, [{ type: 'CaseSuspended', data: { reason: 'prova' } }]);
    const activate = async () =>
      (await w.reactions.activateJobs({ type: 'mail', limit: 10, lockMs: 600_000, worker: 'mailer' })).map(
        (job) => [job.caseId, job.retries],
      );
    expect(await activate()).toEqual([[open, 3]]);
    await lag.query('rollback');
    lag.release();
    await followed(w);
    expect(await activate()).toEqual([]);
    // What was held back is given when its time comes, whatever lease it had under its old name.
    await w.write(suspended, [{ type: 'CaseResumed', data: { reason: 'prova' } }]);
    w.clock.set(later(start, 60_000));
    await followed(w);
    expect((await activate()).sort()).toEqual([[failed, 2] as const, [suspended, 3] as const].sort());
  });

  it('work that throws fails the job with one retry less, until people are asked', async () => {
    const w = await world('postgres', {
      work: {
        letter: async () => {
          throw new Error('no paper');
        },
      },
    });
    await w.write(caseId(1), [started(), jobCreated('j1', { jobType: 'letter', retries: 2 })]);
    await eventually('both failures', async () => w.failedJobs.length === 2, 10_000);
    await followed(w);
    await w.reactions.reconcile();
    expect(w.failedJobs.map(({ retries, message }) => [retries, message])).toEqual([
      [1, 'Error: no paper'],
      [0, 'Error: no paper'],
    ]);
  });
});

it('nothing is kept of what a case awaits that was erased, also when it was set aside before it ended', async () => {
  const w = await world('postgres', {
    // What is sealed stands under `$sealed`; here it needs no key to be read.
    unseal: async ({ data: { $sealed, ...clear } }) =>
      ({ ...clear, ...($sealed as object | undefined) }) as JsonObject,
  });
  const awaited = { key: 'm1', element: 'wait', name: 'answer', $sealed: { correlationKey: 'Rossi' } };
  const events = [started(), { type: 'MessageSubscribed', data: awaited }, { type: 'FromLater', data: {} }];
  await w.write(caseId(1), events, { keyId: 'k' });
  await followed(w);
  const told = async () =>
    (await pool.query<{ key: string }>('select correlation_key as key from reactions.subscriptions')).rows;
  expect(await told()).toEqual([{ key: 'Rossi' }]);
  await w.write(caseId(1), [{ type: 'ErasureOrdered', data: {} }], { prefix: erasurePrefix });
  await followed(w);
  expect(await told()).toEqual([]);
  expect(await w.reactions.follower.parked()).toMatchObject([{ caseId: caseId(1) }]);
});

it('what was altered under seal is not passed on, and is told; what comes after it is', async () => {
  const told: string[] = [];
  const w = await world('postgres', {
    unseal: async ({ stream, data }) => {
      if (stream.endsWith(caseId(1))) throw new SealBroken('altered');
      return data;
    },
    link: async ({ by }) => {
      if (by.case === 'damaged') throw new SealBroken('altered');
      told.push(by.case);
    },
    traffic: {
      streamOf: () => 'message-x',
      publish: async ({ name }) => {
        if (name === 'damaged') throw new SealBroken('altered');
        told.push(name);
      },
      tell: async () => undefined,
      deliver: async () => ({ outcome: 'idle' }),
    },
  });
  const thrown = (name: string) => ({
    type: 'MessageThrown',
    data: { key: name, name, element: 'throw', correlationKey: 'k' },
  });
  const startedBy = (id: string) => ({
    type: 'CaseLinked',
    data: { relation: 'started-by', case: id, element: 'throw' },
  });
  await w.write(caseId(1), [started(), thrown('never')], { keyId: 'k' });
  await w.write(caseId(2), [started(), startedBy('damaged'), thrown('damaged')], { keyId: 'k' });
  await w.write(caseId(3), [started(), startedBy('whole'), thrown('answer')], { keyId: 'k' });
  await eventually('both', async () => told.length === 2, 10_000);
  expect(told.toSorted()).toEqual(['answer', 'whole']);
  expect(w.logged.filter((line) => line.startsWith('what was altered is not passed on'))).toHaveLength(3);
  expect(w.reactions.health()).not.toContainEqual(expect.objectContaining({ state: 'failing' }));
});
