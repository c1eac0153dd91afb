import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certified } from '../../../../test/support/certificate.ts';
import type { Fault } from '../../../../test/support/esdb/faults.ts';
import type { EsdbOptions } from '../../../../test/support/esdb/index.ts';
import type { Order } from '../../../../test/support/esdb/process.ts';
import { appendSurely, OutcomeUnknown } from '../append-surely.ts';
import { appendOf } from '../contract/events.ts';
import { describeEventLog } from '../contract/index.ts';
import type { EventLog } from '../port.ts';
import { logsOn, surely } from './testing.ts';
import type { LogServer } from './testing.ts';

// The double knows the messages of the official client, which cannot be in one process with Kurrent's.
let double: ChildProcess;
let url: string;

async function startDouble(options: EsdbOptions = {}): Promise<readonly [ChildProcess, string]> {
  const child = fork(
    join(import.meta.dirname, '../../../../test/support/esdb/process.ts'),
    [JSON.stringify(options)],
    { env: { ...process.env, NODE_OPTIONS: '' }, execArgv: ['--disable-warning=ExperimentalWarning'] },
  );
  const [address] = (await once(child, 'message')) as [string];
  return [child, address.replace('esdb:', 'kurrentdb:')];
}
beforeAll(async () => {
  [double, url] = await startDouble();
});
afterAll(() => void double.disconnect());

async function tell(order: Order): Promise<void> {
  double.send(order);
  await once(double, 'message');
}
const disturb = (kind: 'append' | 'read', fault: Fault, times: number): Promise<void> =>
  tell({ order: 'disturb', kind, fault, times });

describeEventLog('the log in a double of KurrentDB, by its own client', async () => {
  const server = logsOn(url);
  const log = await server.open();
  return { log, other: await server.open(), estimatesDistances: true, close: () => server.close() };
});

describe('Kurrent’s client', () => {
  let server: LogServer;
  const unhandled: unknown[] = [];
  const onUnhandled = (error: unknown): void => void unhandled.push(error);
  beforeEach(() => {
    for (const name of ['unhandledRejection', 'uncaughtException'] as const) process.on(name, onUnhandled);
    server = logsOn(url);
  });
  afterEach(async () => {
    await disturb('read', 'drop', 0);
    await server.close();
    for (const name of ['unhandledRejection', 'uncaughtException'] as const) process.off(name, onUnhandled);
    expect(unhandled.splice(0)).toEqual([]);
  });

  const faults: readonly Fault[] = ['drop', 'commit-drop', 'not-leader', 'not-ready', { lateMs: 60 }];
  it.each(faults)('writes once, whatever becomes of the answer: %j', async (fault) => {
    const log = await server.open();
    const append = appendOf('case-1', null, 'winner', [{ a: 1 }, { a: 2 }]);
    await disturb('append', fault, 3);
    const first = await appendSurely(log, append, { pauseMs: 2 });
    expect(first).toMatchObject({ outcome: 'appended', revision: 1 });
    await disturb('append', fault, 3);
    const [again, loser] = await Promise.all([
      appendSurely(log, append, { pauseMs: 2 }),
      appendSurely(log, appendOf('case-1', null, 'loser'), { pauseMs: 2 }),
    ]);
    expect(again).toEqual(first);
    expect(loser).toEqual({ outcome: 'conflict', actualRevision: 1 });
    expect((await log.readAll()).events).toHaveLength(2);
  });

  it.each(['hang', 'commit-hang'] as const)('is not waited for when appends hang: %s', async (fault) => {
    const log = await server.open({ timeoutMs: 80 });
    await disturb('append', fault, 1_000);
    const append = appendOf('case-1', null, 'hung');
    await expect(appendSurely(log, append, { attempts: 2, pauseMs: 1 })).rejects.toThrow(OutcomeUnknown);
    await disturb('append', fault, 0);
    expect((await appendSurely(log, append, { pauseMs: 5 })).outcome).toBe('appended');
    expect(await log.readStream('case-1')).toHaveLength(1);
  });

  it('is not waited for when a read hangs, and reads again', async () => {
    const log = await server.open({ quietMs: 200, lookEveryMs: 10_000 });
    await log.append(appendOf('case-1', null, 'a'));
    await disturb('read', 'hang', 100);
    await expect(log.readStream('case-1')).rejects.toThrow(/silent for/);
    await disturb('read', 'hang', 0);
    expect(await surely(() => log.readStream('case-1'))).toHaveLength(1);
  });

  it('tells followers everything, once and in order, while the server comes and goes', async () => {
    const log = await server.open({ lookEveryMs: 100 });
    const following = followed(log, 40);
    for (let i = 0; i < 40; i++) {
      await appendSurely(log, appendOf(`case-${i}`, null, `c${i}`), { pauseMs: 5 });
      if (i % 15 === 14) await tell({ order: 'restart' });
    }
    const all = await surely(() => log.readAll());
    expect(await following).toEqual(all.events.map(({ id }) => id));
  });

  it('speaks TLS, with a password', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iter-test-'));
    const { ca, ...pair } = certified();
    const file = join(folder, 'ca.crt');
    writeFileSync(file, ca);
    const [secured, address] = await startDouble({ secured: { ...pair, user: 'iter', password: 'geheim' } });
    const addressOf = (who: string) =>
      address.replace('://', `://${who}@`).replace('tls=false', `tlsCAFile=${file}`);
    try {
      await expect(logsOn(addressOf('iter:falsch')).open({ quietMs: 2_000 })).rejects.toThrow(
        /denied|unauth/i,
      );
      const known = logsOn(addressOf('iter:geheim'));
      const log = await known.open();
      await log.append(appendOf('case-1', null, 'a'));
      expect(await followed(log, 1)).toHaveLength(1);
      expect(await log.readStream('case-1')).toHaveLength(1);
      await known.close();
    } finally {
      secured.disconnect();
      rmSync(folder, { recursive: true });
    }
  });

  it('repeats no address that it cannot understand', async () => {
    const refused = logsOn('kurrentdb://admin:geheim@?x').open();
    await expect(refused).rejects.toThrow('cannot be understood');
  });
});

/** Follows from the beginning until so many events came. */
async function followed(log: EventLog, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of log.follow()) {
    ids.push(...page.events.map(({ id }) => id));
    if (ids.length >= count) break;
  }
  return ids;
}
