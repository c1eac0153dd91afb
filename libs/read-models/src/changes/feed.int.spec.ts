import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout } from 'node:timers/promises';
import { createPool } from '@iter/platform/postgres';
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
import { eventually } from '../../../../test/support/system.ts';
import { concerns, createChangeFeed, everything } from '../index.ts';
import type { Change } from '../index.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('drop schema if exists views cascade');
});

const at = '2026-03-06T09:00:00.000Z';

async function world() {
  const log = await anyLog();
  const write = caseWriter(log, () => at);
  const followed = await followViews({ log, pool, url: database.url, now: () => at });
  const { progress, projector } = followed;
  const feed = await createChangeFeed(pool, progress);
  const stop = new AbortController();
  const readers: Promise<void>[] = [];
  return {
    write,
    projector,
    reached: async (position: string) => expect(await progress.waitFor(position, 10_000)).toBe(true),
    /** Everything that a follower is told, as it comes. */
    follow(from: { after?: string; agoMs?: number }): Change[] {
      const told: Change[] = [];
      readers.push(
        (async () => {
          for await (const change of feed.follow({ ...from, signal: stop.signal })) told.push(change);
        })(),
      );
      return told;
    },
    async close() {
      stop.abort();
      await Promise.all(readers);
      feed.close();
      await followed.stop();
    },
  };
}

describe('the feed of changes', () => {
  it('tells every follower which views of which case changed, when the views show it', async () => {
    const w = await world();
    // From a position that both have seen: without one, a follower begins with what comes after it has begun.
    const seen = await w.write(caseId(9), [started()]);
    await w.reached(seen);
    const first = w.follow({ after: seen });
    const second = w.follow({ after: seen });
    await w.reached(await w.write(caseId(1), [started()]));
    const last = await w.write(caseId(1), [taskCreated('t1'), deadlineOpened('d1')]);
    await eventually('both to be told', async () => first.length >= 2 && second.length >= 2, 10_000);
    expect(second).toEqual(first);
    expect(first.at(-1)).toEqual({
      position: last,
      caseId: caseId(1),
      comune: 'c_borgo',
      views: expect.arrayContaining(['cases', 'tasks', 'deadlines']),
    });
    await w.close();
  });

  it('goes on from the position a browser has seen, and says so when it cannot', async () => {
    const w = await world();
    const seen = await w.write(caseId(1), [started()]);
    await w.reached(seen);
    const missed = await w.write(caseId(2), [started()]);
    await w.reached(missed);
    const back = w.follow({ after: seen });
    await eventually('what was missed', async () => back.length > 0, 10_000);
    expect(back.map(({ position }) => position)).toEqual([missed]);
    const lost = w.follow({ after: '00000000-12' });
    await eventually('the word to load anew', async () => lost.length > 0, 10_000);
    expect(lost).toEqual([{ position: null, caseId: null, comune: null, views: [] }]);
    await w.close();
  });

  it('tells what could not be read yet when a page began to ask, and says so when it does not know', async () => {
    const w = await world();
    const early = await w.write(caseId(1), [started()]);
    await w.reached(early);
    await eventually('the feed to be over what came before', async () => {
      const idle = w.follow({});
      await setTimeout(20);
      return idle.length === 0;
    });
    const beganMs = performance.now();
    const missed = await w.write(caseId(2), [started()]);
    await w.reached(missed);
    const told = w.follow({ agoMs: performance.now() - beganMs });
    await eventually('what was missed', async () => told.length > 0, 10_000);
    expect(told.map(({ position }) => position)).toEqual([missed]);
    const old = w.follow({ agoMs: 3_600_000 });
    await eventually('the word to load anew', async () => old.length > 0, 10_000);
    expect(old[0]).toMatchObject({ caseId: null });
    await w.close();
  });

  it('says that everything may have changed when the views were made anew', async () => {
    const w = await world();
    const seen = await w.write(caseId(1), [started()]);
    await w.reached(seen);
    const told = w.follow({ after: seen });
    await w.projector.rebuild();
    await eventually('the word to load anew', async () => told.length > 0, 10_000);
    expect(told[0]).toMatchObject({ caseId: null });
    await w.close();
  });

  it('tells nobody of cases of bodies that they have nothing to do with', () => {
    const change = { position: 'p', caseId: 'c', comune: 'c_borgo', views: ['tasks'] };
    const of = (comuni: string[]) => ({ ...everything, comuni });
    expect([
      concerns(everything, change),
      concerns(of(['c_borgo']), change),
      concerns(of(['c_valle']), change),
    ]).toEqual([true, true, false]);
  });
});
