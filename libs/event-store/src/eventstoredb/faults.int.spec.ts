import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { EsdbDouble } from '../../../../test/support/esdb/index.ts';
import type { Fault, Request } from '../../../../test/support/esdb/index.ts';
import { appendSurely, OutcomeUnknown } from '../append-surely.ts';
import { verifyStream } from '../chain.ts';
import { appendOf } from '../contract/events.ts';
import type { StoredEvent } from '../envelope.ts';
import { createMemoryIndex } from '../ledger/index.ts';
import type { MemoryIndex } from '../ledger/index.ts';
import { LogMissing, LogOverloaded, LogWasRestored } from '../port.ts';
import type { EventLog, Page } from '../port.ts';
import { loadClient } from './client.ts';
import { logsOn, logsOnDouble, surely } from './testing.ts';

let server: Awaited<ReturnType<typeof logsOnDouble>>;
let double: EsdbDouble;
const unhandled: unknown[] = [];
const onUnhandled = (error: unknown): void => void unhandled.push(error);

async function onDouble(batchAppend = true): Promise<void> {
  server = await logsOnDouble({ batchAppend });
  ({ double } = server);
}
beforeEach(() => {
  for (const name of ['unhandledRejection', 'uncaughtException'] as const) process.on(name, onUnhandled);
});
afterEach(async () => {
  await server.close();
  for (const name of ['unhandledRejection', 'uncaughtException'] as const) process.off(name, onUnhandled);
  // What the client throws where nobody can catch it would have ended the process.
  expect(unhandled.splice(0)).toEqual([]);
});

const isAppend = ({ rpc }: Request): boolean => rpc === 'Append' || rpc === 'BatchAppend';
/** The first so many appends meet a fault. */
function disturbFirst(times: number, fault: Fault): void {
  double.disturb = (request) => (isAppend(request) && times-- > 0 ? fault : undefined);
}

/** Follows from the beginning until it has so many events. */
async function followed(log: EventLog, count: number): Promise<StoredEvent[]> {
  const seen: StoredEvent[] = [];
  for await (const page of log.follow({ limit: 20 })) {
    seen.push(...page.events);
    if (seen.length >= count) break;
  }
  return seen;
}

describe.each([true, false])('an append that is disturbed (batched: %s)', (batchAppend) => {
  beforeEach(() => onDouble(batchAppend));

  const faults: readonly Fault[] = ['drop', 'commit-drop', 'not-leader', 'not-ready', { lateMs: 60 }];
  it.each(faults)('is written once, whatever becomes of the answer: %j', async (fault) => {
    const log = await server.open();
    const other = await server.open();
    disturbFirst(3, fault);
    const append = appendOf('case-1', null, 'winner', [{ a: 1 }, { a: 2 }]);
    const loser = appendOf('case-1', null, 'loser');
    const beside = Array.from({ length: 20 }, (_, i) => appendOf(`beside-${i}`, null, `b${i}`));
    const first = await appendSurely(log, append, { pauseMs: 2 });
    expect(first).toMatchObject({ outcome: 'appended', revision: 1 });
    disturbFirst(3, fault);
    const results = await Promise.all(
      [append, loser, ...beside].map((it, i) => appendSurely(i % 2 ? other : log, it, { pauseMs: 2 })),
    );
    // Only the loser is told of a conflict; the winner hears the same as before.
    expect(results[0]).toEqual(first);
    expect(results[1]).toEqual({ outcome: 'conflict', actualRevision: 1 });
    expect(results.slice(2).map(({ outcome }) => outcome)).toEqual(beside.map(() => 'appended'));
    double.disturb = () => undefined;
    const events = (await log.readAll()).events;
    expect(events).toHaveLength(22);
    expect(new Set(events.map(({ id }) => id)).size).toBe(22);
  });

  it.each(['hang', 'commit-hang'] as const)('does not wait for ever for an answer: %s', async (fault) => {
    const log = await server.open({ timeoutMs: 80 });
    double.disturb = (request) => (isAppend(request) ? fault : undefined);
    const append = appendOf('case-1', null, 'hung');
    await expect(log.append(append)).rejects.toThrow('did not answer within 80 ms');
    await expect(appendSurely(log, append, { attempts: 2, pauseMs: 1 })).rejects.toThrow(OutcomeUnknown);
    double.disturb = () => undefined;
    expect((await appendSurely(log, append, { pauseMs: 5 })).outcome).toBe('appended');
    expect(await log.readStream('case-1')).toHaveLength(1);
  });

  it('is written once by each of many, while connections break with hundreds on their way', async () => {
    const log = await server.open();
    let n = 0;
    double.disturb = (request) => {
      if (!isAppend(request)) return undefined;
      n++;
      return n % 23 === 0 ? 'drop' : n % 17 === 0 ? 'commit-drop' : undefined;
    };
    // So much that the connection does not take all of it at once.
    const text = 'x'.repeat(20_000);
    const appends = Array.from({ length: 300 }, (_, i) =>
      appendOf(`many-${i}`, null, `m${i}`, [{ text }, { i }]),
    );
    const results = await Promise.all(appends.map((it) => appendSurely(log, it, { pauseMs: 2 })));
    expect(results.every(({ outcome }) => outcome === 'appended')).toBe(true);
    double.disturb = () => undefined;
    const { events } = await log.readAll({ limit: 1_000 });
    expect(events.map(({ id }) => id).sort()).toEqual(
      appends.flatMap((it) => it.events.map(({ id }) => id)).sort(),
    );
  });
});

describe('a server that comes and goes', () => {
  beforeEach(() => onDouble());

  it('loses nothing and doubles nothing, and followers see all in order', async () => {
    const log = await server.open({ lookEveryMs: 100 });
    const other = await server.open({ lookEveryMs: 100 });
    const wanted = 12 * 10;
    const following = [followed(log, wanted), followed(other, wanted)];
    let done = 0;
    const write = async (w: number): Promise<void> => {
      const stream = `storm-${w}`;
      for (let i = 0; i < 10; i++) {
        const client = w % 2 ? log : other;
        const head = await surely(() => client.head(stream));
        const result = await appendSurely(client, appendOf(stream, head, `${w}/${i}`), { pauseMs: 5 });
        expect(result).toMatchObject({ outcome: 'appended', revision: i });
        // Others are in the middle of theirs.
        if (++done % 35 === 0) await double.restart();
      }
    };
    await Promise.all(Array.from({ length: 12 }, (_, w) => write(w)));
    for (let w = 0; w < 12; w++) {
      const events = await log.readStream(`storm-${w}`);
      expect(events).toHaveLength(10);
      expect(verifyStream(events)).toBeNull();
    }
    const all = (await log.readAll()).events.map(({ id }) => id);
    for (const seen of await Promise.all(following)) expect(seen.map(({ id }) => id)).toEqual(all);
  });

  it('lets followers wait for it, and takes none of them with it', async () => {
    const log = await server.open({ lookEveryMs: 100 });
    await log.append(appendOf('case-1', null, 'before'));
    const stop = new AbortController();
    const pages = log.follow({ signal: stop.signal })[Symbol.asyncIterator]();
    expect((await pages.next()).value!.events).toHaveLength(1);
    double.stop();
    const late = log.follow({ after: null, signal: stop.signal })[Symbol.asyncIterator]();
    const waiting = [pages.next(), late.next()];
    await surely(async () => expect(log.health().state).toBe('failing'));
    await double.start();
    await appendSurely(log, appendOf('case-2', null, 'after'), { pauseMs: 5 });
    const told = (await Promise.all(waiting)).flatMap(({ value }) =>
      (value as Page).events.map(({ stream }) => stream),
    );
    expect(told[0]).toBe('case-2');
    expect(told[1]).toBe('case-1');
    await surely(async () => expect(log.health().state).toBe('running'));
    double.stop();
    const ending = late.next().then(() => late.next());
    stop.abort();
    expect(await ending).toEqual({ done: true, value: undefined });
    await double.start();
  });

  it('goes on telling followers when subscriptions are dropped, and when they fall silent', async () => {
    const log = await server.open({ lookEveryMs: 60 });
    const pages = log.follow()[Symbol.asyncIterator]();
    for (const break_ of [
      () => undefined,
      () => double.dropSubscriptions(),
      () => (double.isMute = true),
      () => double.dropSubscriptions(),
    ]) {
      break_();
      const stream = `told-${double.requests.length}`;
      await log.append(appendOf(stream, null, stream));
      // Only new subscriptions hear again: the old one has gone by what it did not say.
      if (double.isMute) await pause(20);
      double.isMute = false;
      const { value } = await pages.next();
      expect(value!.events).toMatchObject([{ stream }]);
    }
    await pages.return?.();
  });

  it('lets a dozen indexes in memory join one another while it is written to, and none of them misses anything', async () => {
    const log = await server.open({ lookEveryMs: 100 });
    const names = Array.from({ length: 12 }, (_, i) => `of-${i}-`);
    const seen = names.map((): string[] => []);
    const written = names.map((): string[] => []);
    let isOver = false;
    const writing = Promise.all(
      names.map(async (name, i) => {
        for (let n = 0; !isOver; n++) {
          const append = appendOf(`${name}${n}`, null, `${name}${n}`);
          await appendSurely(log, append, { pauseMs: 5 });
          written[i]!.push(append.stream);
          await pause(20);
        }
      }),
    );
    const indexes: MemoryIndex[] = [];
    for (const [i, name] of names.entries()) {
      const apply = ({ stream }: StoredEvent) => void seen[i]!.push(stream);
      indexes.push(createMemoryIndex({ log, prefixes: [name], apply }));
      if (i % 3 === 0) await pause(15);
      if (i === 7) await double.restart();
    }
    // What is written from now on, each of them has to be told.
    await surely(async () => expect(seen.every(({ length }) => length > 5)).toBe(true));
    isOver = true;
    await writing;
    await surely(async () => expect(seen).toEqual(written));
    for (const [i, name] of names.entries()) {
      await log.append(appendOf(`${name}last`, null, `${name}last`));
      written[i]!.push(`${name}last`);
    }
    await surely(async () => expect(seen).toEqual(written));
    await Promise.all(indexes.map((index) => index.close()));
    expect(indexes.map((index) => index.failure())).toEqual(names.map(() => null));
  });

  it('is not waited for when a read hangs, and is asked anew', async () => {
    const log = await server.open({ quietMs: 80 });
    await log.append(appendOf('case-1', null, 'x'));
    double.disturb = ({ rpc }) => (rpc === 'Read' ? 'hang' : undefined);
    for (const ask of [
      () => log.head('case-1'),
      () => log.readStream('case-1'),
      () => log.readAll(),
      () => log.readAll({ direction: 'backwards' }),
      () => log.lastPosition(),
    ])
      await expect(ask()).rejects.toThrow('silent');
    double.disturb = () => undefined;
    expect(await log.readStream('case-1')).toHaveLength(1);
    expect((await log.readAll({ prefixes: ['case-'] })).events).toHaveLength(1);
  });

  it.each(['hang', 'not-ready'] as const)(
    'does not stay without appends for ever: features %s',
    async (fault) => {
      const log = await server.open({ timeoutMs: 80, lookEveryMs: 50 });
      await log.append(appendOf('case-1', null, 'before'));
      double.disturb = ({ rpc }) => (rpc === 'Features' ? fault : undefined);
      // The client asks again after a break, and keeps the answer, or that there was none, as long as it lives.
      await double.restart();
      const append = appendOf('case-2', null, 'after');
      await surely(() => log.head('case-1'));
      await expect(appendSurely(log, append, { attempts: 3, pauseMs: 1 })).rejects.toThrow(OutcomeUnknown);
      double.disturb = () => undefined;
      expect((await appendSurely(log, append, { pauseMs: 20 })).outcome).toBe('appended');
      expect(await log.readStream('case-2')).toHaveLength(1);
    },
  );

  it('may be a cluster whose leader changes', async () => {
    const leader = await EsdbDouble.start({ store: double.store });
    try {
      const log = await server.open();
      await log.append(appendOf('case-1', null, 'a'));
      double.leader = leader;
      double.disturb = (request) => (isAppend(request) ? 'not-leader' : undefined);
      const append = appendOf('case-2', null, 'b');
      expect((await appendSurely(log, append, { pauseMs: 2 })).outcome).toBe('appended');
      expect((await log.readAll()).events).toHaveLength(2);
      expect(leader.requests.some(isAppend)).toBe(true);
      await log.close();
    } finally {
      leader.stop();
    }
  });
});

describe('a log that was put back to a copy', () => {
  beforeEach(() => onDouble());

  it('refuses checkpoints that are ahead of it, also when it has gone on to where they were', async () => {
    const before = await server.open();
    await before.append(appendOf('case-1', null, 'a'));
    const kept = (await before.lastPosition())!;
    const restore = double.store.backup();
    await before.append(appendOf('case-2', null, 'lost'));
    const lost = (await before.lastPosition())!;
    await before.close();
    double.stop();
    restore();
    await double.start();

    const after = await server.open();
    expect((await after.readAll({ after: kept })).events).toEqual([]);
    await expect(after.readAll({ after: lost })).rejects.toThrow(LogWasRestored);
    await expect(after.follow({ after: lost })[Symbol.asyncIterator]().next()).rejects.toThrow(
      LogWasRestored,
    );
    // Something else lies at the very same offset now.
    await after.append(appendOf('case-3', null, 'else'));
    await after.append(appendOf('case-4', null, 'more'));
    expect((await after.lastPosition())!.split('-')[2]).not.toBe(lost.split('-')[2]);
    await expect(after.readAll({ after: lost })).rejects.toThrow(LogWasRestored);
    await expect(after.readAll({ after: lost, direction: 'backwards' })).rejects.toThrow(LogWasRestored);
    expect((await after.readAll({ after: kept })).events).toHaveLength(2);
  });

  it('is refused as a whole by whoever had it open', async () => {
    const log = await server.open({ lookEveryMs: 50 });
    const restore = double.store.backup();
    const pages = log.follow()[Symbol.asyncIterator]();
    await log.append(appendOf('case-1', null, 'a'));
    expect((await pages.next()).value!.events).toHaveLength(1);
    await untilTold(log, (await log.lastPosition())!);
    double.stop();
    restore();
    await double.start();
    await expect(
      (async () => {
        for (;;) await pages.next().then(() => pause(10));
      })(),
    ).rejects.toThrow();
    await surely(async () => {
      await expect(log.append(appendOf('case-2', null, 'b'))).rejects.toThrow(LogWasRestored);
    });
  });
});

it('is behind by its own appends only, however much others have on the server', async () => {
  await onDouble();
  const other = await logsOn(double.url).open();
  const text = 'x'.repeat(20_000);
  for (let i = 0; i < 5; i++) await other.append(appendOf(`other-${i}`, null, `o${i}`, [{ text }]));
  await other.close();
  const log = await server.open();
  await log.append(appendOf('case-1', null, 'a'));
  expect(log.distance(null, await log.lastPosition())).toBe(1);
});

describe('the one client of a process', () => {
  beforeEach(() => onDouble());

  it('is read as it is by whoever may only read, and never begun by them', async () => {
    server = await logsOnDouble();
    ({ double } = server);
    let appends = 0;
    double.disturb = (request) => {
      if (isAppend(request)) appends++;
      return undefined;
    };
    await expect(server.open({ onlyRead: true })).rejects.toThrow(LogMissing);
    expect(appends).toBe(0);
    const log = await server.open();
    await log.append(appendOf('read', null, 'there'));
    const before = appends;
    const reader = await server.open({ onlyRead: true });
    expect((await reader.readAll()).events).toEqual((await log.readAll()).events);
    await expect(reader.append(appendOf('read-only', null, 'x'))).rejects.toThrow('for reading');
    expect(appends).toBe(before);
  });

  it('is shared, and is of one server', async () => {
    const log = await server.open();
    const another = await EsdbDouble.start();
    try {
      await expect(logsOn(another.url).open()).rejects.toThrow('one only');
      await (await server.open()).close();
      expect((await log.append(appendOf('case-1', null, 'a'))).outcome).toBe('appended');
      await log.close();
      const elsewhere = logsOn(another.url);
      expect(await (await elsewhere.open()).lastPosition()).toBeNull();
      await elsewhere.close();
    } finally {
      another.stop();
    }
  });

  it('sends credentials over TLS only, and repeats no address', async () => {
    const secret = 'esdb://admin:geheim@127.0.0.1:1?tls=false';
    const refused = await logsOn(secret)
      .open()
      .catch((error: unknown) => error);
    expect(String(refused)).toContain('TLS only');
    const broken = await logsOn('esdb://admin:geheim@?x')
      .open()
      .catch((error: unknown) => error);
    expect(String(broken)).toContain('cannot be understood');
    expect(String([refused, broken])).not.toContain('geheim');
  });

  it('refuses what is too much before anything is sent', async () => {
    const log = await server.open({ mostWaiting: 5, timeoutMs: 500 });
    double.disturb = (request) => (isAppend(request) ? { lateMs: 50 } : undefined);
    const appends = Array.from({ length: 21 }, (_, i) => appendOf(`over-${i}`, null, `o${i}`));
    const results = await Promise.allSettled(appends.map((it) => log.append(it)));
    expect(results.at(-1)).toMatchObject({ status: 'rejected', reason: expect.any(LogOverloaded) });
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(await log.head('over-20')).toBeNull();
  });

  it('bears an answer to an append that the client has forgotten with those of another connection', async () => {
    const { clientOf, jsonEvent } = await loadClient(double.url);
    const other = await EsdbDouble.start();
    const [breaking, late] = [clientOf(other.url), clientOf(double.url)];
    try {
      const event = () => jsonEvent({ type: 'T', data: {} });
      double.disturb = (request) => (isAppend(request) ? { lateMs: 400 } : undefined);
      other.disturb = (request) => (isAppend(request) ? 'drop' : undefined);
      const waiting = late.appendToStream('late', [event()], { deadline: 2_000 });
      const forgotten = expect(waiting).rejects.toThrow();
      while (!double.requests.some(isAppend)) await pause(5);
      // The other connection breaks, and the client forgets what this one waits for.
      await expect(breaking.appendToStream('x', [event()], { deadline: 2_000 })).rejects.toThrow();
      await forgotten;
      await pause(600);
    } finally {
      await Promise.all([breaking, late].map((client) => client.dispose()));
      other.stop();
    }
  });

  it('finishes what is on its way when the log is closed', async () => {
    const log = await server.open();
    const appending = Array.from({ length: 50 }, (_, i) =>
      log.append(appendOf(`closing-${i}`, null, `c${i}`)),
    );
    await log.close();
    for (const result of await Promise.all(appending)) expect(result.outcome).toBe('appended');
  });
});

/** Until the subscription of a log has heard of a position. */
async function untilTold(log: EventLog, position: string): Promise<void> {
  for await (const page of log.follow()) if (page.position === position) return;
}
