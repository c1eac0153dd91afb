import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OutcomeUnknown, appendSurely } from '../append-surely.ts';
import { verifyStream } from '../chain.ts';
import { Proxy } from '../../../../test/support/proxy.ts';
import { appendOf } from '../contract/events.ts';
import { LogOverloaded } from '../port.ts';
import type { EventLog } from '../port.ts';
import { createLogDatabase } from './testing.ts';
import type { LogDatabase } from './testing.ts';

const writing = 'iter log append';

describe('the log in PostgreSQL, when things break', () => {
  let database: LogDatabase;
  let log: EventLog;
  beforeAll(async () => {
    database = await createLogDatabase();
    log = await database.open();
  });
  afterAll(() => database.drop());

  it('does not know of an append whose backend was killed; repeating it writes it once', async () => {
    const release = await database.holdCounter();
    const append = appendOf('killed-1', null, 'killed', [{ a: 1 }, { a: 2 }]);
    const appending = log.append(append);
    await database.untilBlocked(writing);
    await database.kill(writing);
    await expect(appending).rejects.toThrow();
    await release();
    const first = await appendSurely(log, append);
    expect(first).toMatchObject({ outcome: 'appended', revision: 1 });
    expect(await appendSurely(log, append)).toEqual(first);
    expect(await log.readStream('killed-1')).toHaveLength(2);
  });

  it('writes everything once while backends are killed again and again', async () => {
    let done = 0;
    const write = async (w: number): Promise<void> => {
      const stream = `storm-${w}`;
      for (let i = 0; i < 12; i++) {
        const append = appendOf(stream, await log.head(stream), `${stream}/${i}`);
        const result = await appendSurely(log, append, { pauseMs: 2 });
        expect(result).toMatchObject({ outcome: 'appended', revision: i });
        // Others are in the middle of theirs.
        if (++done % 7 === 0) await database.kill(writing);
      }
    };
    await Promise.all(Array.from({ length: 24 }, (_, w) => write(w)));
    for (let w = 0; w < 24; w++) {
      const events = await log.readStream(`storm-${w}`);
      expect(events).toHaveLength(12);
      expect(verifyStream(events)).toBeNull();
    }
  });

  it('recognises its own append when only the answer was lost', async () => {
    let answer: unknown;
    let tries = 0;
    const deaf: Pick<EventLog, 'append'> = {
      async append(append) {
        const result = await log.append(append);
        if (tries++ > 0) return result;
        answer = result;
        throw new Error('Connection terminated');
      },
    };
    const append = appendOf('deaf-1', null, 'deaf');
    expect(await appendSurely(deaf, append, { pauseMs: 1 })).toEqual(answer);
    expect(await log.readStream('deaf-1')).toHaveLength(1);
  });

  it('does not wait for ever for a database that hangs, and does not double what it did meanwhile', async () => {
    const hasty = await database.open({ timeoutMs: 50 });
    const release = await database.holdCounter();
    const append = appendOf('hung-1', null, 'hung');
    await expect(hasty.append(append)).rejects.toThrow('timeout');
    await expect(appendSurely(hasty, append, { attempts: 2, pauseMs: 1 })).rejects.toThrow(OutcomeUnknown);
    await release();
    expect((await appendSurely(hasty, append, { pauseMs: 5 })).outcome).toBe('appended');
    expect(await log.readStream('hung-1')).toHaveLength(1);
  });

  it('fails a whole batch when its statement fails, and nothing else', async () => {
    await database.pool.query('alter table log add constraint poison check (event_count <> 7)');
    const release = await database.holdCounter();
    const first = log.append(appendOf('first-1', null, 'first'));
    await database.untilBlocked(writing);
    const poison = appendOf('poison-1', null, 'poison', Array(7).fill({}));
    const beside = appendOf('beside-1', null, 'beside');
    const together = [log.append(poison), log.append(beside)].map((outcome) =>
      expect(outcome).rejects.toThrow('poison'),
    );
    await release();
    expect((await first).outcome).toBe('appended');
    await Promise.all(together);
    expect(await log.readStream('beside-1')).toEqual([]);
    const [lost, kept] = await Promise.allSettled([
      appendSurely(log, poison, { attempts: 2, pauseMs: 1 }),
      appendSurely(log, beside, { pauseMs: 5 }),
    ]);
    expect(lost).toMatchObject({ status: 'rejected', reason: expect.any(OutcomeUnknown) });
    expect(kept).toMatchObject({ status: 'fulfilled', value: { outcome: 'appended' } });
    await database.pool.query('alter table log drop constraint poison');
  });

  it('refuses what is too much before anything is sent', async () => {
    const small = await database.open({ mostWaiting: 2 });
    const release = await database.holdCounter();
    const flying = small.append(appendOf('over-0', null, 'over-0'));
    await database.untilBlocked(writing);
    const waiting = [1, 2].map((i) => small.append(appendOf(`over-${i}`, null, `over-${i}`)));
    const refused = appendOf('over-3', null, 'over-3');
    await expect(small.append(refused)).rejects.toThrow(LogOverloaded);
    await expect(appendSurely(small, refused)).rejects.toThrow(LogOverloaded);
    await release();
    for (const result of await Promise.all([flying, ...waiting])) expect(result.outcome).toBe('appended');
    expect(await log.head('over-3')).toBeNull();
  });

  it('reads again after the server went silent on the connections that there were', async () => {
    const proxy = await Proxy.start(Number(new URL(database.url).port));
    const far = await database.open({ url: proxy.through(database.url), readTimeoutMs: 2_000 });
    await Promise.all([1, 2, 3, 4].map((n) => far.append(appendOf(`far-${n}`, null, `far-${n}`))));
    const readers = [1, 2, 3, 4].map((n) => far.head(`far-${n}`));
    expect((await Promise.all(readers)).every((head) => head?.revision === 0)).toBe(true);
    proxy.abandon();
    await expect(far.head('far-1')).rejects.toThrow('timeout');
    // Each of them is found out by one read; a busy machine may let another one fail.
    let read = null;
    for (let left = 5; left > 0 && !read; left--)
      [read] = await Promise.all([1, 2, 3, 4].map((n) => far.head(`far-${n}`).catch(() => null)));
    expect(read).toMatchObject({ revision: 0 });
    await far.close();
    await proxy.stop();
  }, 60_000);

  it('finishes what is in flight when it is closed', async () => {
    const closing = await database.open();
    const appending = Array.from({ length: 50 }, (_, i) =>
      closing.append(appendOf(`closing-${i}`, null, `c${i}`)),
    );
    await closing.close();
    for (const result of await Promise.all(appending)) expect(result.outcome).toBe('appended');
  });
});
