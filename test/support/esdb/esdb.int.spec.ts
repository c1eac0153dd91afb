import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  jsonEvent,
  NO_STREAM,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { AllStreamSubscription, Position } from '@eventstore/db-client';
import { eventually } from '../system.ts';
import { EsdbDouble } from './index.ts';

let double: EsdbDouble;
let client: EventStoreDBClient;
const clients: EventStoreDBClient[] = [];

function connect(url = double.url): EventStoreDBClient {
  const made = EventStoreDBClient.connectionString(`${url}&throwOnAppendFailure=true`);
  clients.push(made);
  return made;
}

beforeEach(async () => {
  double = await EsdbDouble.start();
  client = connect();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((it) => it.dispose()));
  double.stop();
});

const event = (type: string, data: object = {}, id: string = randomUUID()) =>
  jsonEvent({ type, data: data as Record<string, unknown>, id, metadata: { $correlationId: 'abc' } });

async function all<T>(from: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const it of from) found.push(it);
  return found;
}

/** What arrives of a subscription, until the test ends. */
function collect(subscription: AllStreamSubscription) {
  const heard: { types: string[]; positions: Position[]; errors: string[]; caughtUp: number } = {
    ...{ types: [], positions: [], errors: [], caughtUp: 0 },
  };
  subscription.on('data', ({ event: it }) => {
    heard.types.push(it!.type);
    heard.positions.push(it!.position);
  });
  subscription.on('error', (error) => heard.errors.push((error as Error & { type?: string }).type ?? ''));
  subscription.on('caughtUp', () => heard.caughtUp++);
  return heard;
}

describe.each([true, false])('appending to the double (batched: %s)', (batchAppend) => {
  beforeEach(async () => {
    double.stop();
    double = await EsdbDouble.start({ batchAppend });
    client = connect();
  });

  it('numbers, chains and refuses as the server does', async () => {
    const s = 'case-1';
    const first = await client.appendToStream(s, [event('A', { città: 'Chieti' }), event('B')], {
      expectedRevision: NO_STREAM,
    });
    expect(double.requests[0]?.rpc).toBe(batchAppend ? 'BatchAppend' : 'Append');
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const wrong = [
      { expectedRevision: NO_STREAM },
      { expectedRevision: 0n },
      { expectedRevision: 7n },
    ] as const;
    for (const options of wrong) {
      const refused = await client.appendToStream(s, event('X'), options).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(WrongExpectedVersionError);
      expect((refused as WrongExpectedVersionError).actualVersion).toBe(1n);
    }
    const read = await all(client.readStream(s));
    expect(read.map((it) => [it.event?.type, it.event?.revision])).toEqual([
      ['A', 0n],
      ['B', 1n],
    ]);
    expect(read[0]?.event).toMatchObject({
      data: { città: 'Chieti' },
      metadata: { $correlationId: 'abc' },
      isJson: true,
    });
    expect(Math.abs(read[0]!.event!.created.getTime() - Date.now())).toBeLessThan(60_000);
    expect(first.position).toEqual(read[1]?.event?.position);
  });

  it('takes a repetition for the first time by its ids alone', async () => {
    const again = event('A', { n: 1 });
    const options = { expectedRevision: NO_STREAM } as const;
    const first = await client.appendToStream('case-1', again, options);
    await client.appendToStream('case-1', event('B'), { expectedRevision: 0n });
    expect(await client.appendToStream('case-1', again, options)).toEqual(first);
    // Other bytes under the same id: a success that wrote nothing.
    expect(await client.appendToStream('case-1', { ...again, data: { n: 2 } }, options)).toEqual(first);
    expect((await all(client.readStream('case-1'))).map((it) => it.event?.data)).toEqual([{ n: 1 }, {}]);
  });

  it('lets one of fifty win', async () => {
    const races = Array.from({ length: 50 }, () =>
      client.appendToStream('race-1', event('R'), { expectedRevision: NO_STREAM }),
    );
    const won = (await Promise.allSettled(races)).filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
  });

  it('refuses what is too large, and streams that were ended', async () => {
    const large = client.appendToStream('case-1', event('L', { text: 'x'.repeat(1_100_000) }));
    await expect(large).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
    await client.appendToStream('case-2', event('A'));
    await client.deleteStream('case-2');
    await expect(all(client.readStream('case-2'))).rejects.toThrow(StreamNotFoundError);
    const revived = await client.appendToStream('case-2', event('B'), { expectedRevision: 0n });
    expect(revived.nextExpectedRevision).toBe(1n);
    expect((await all(client.readStream('case-2'))).map((it) => it.event?.type)).toEqual(['B']);
    await client.tombstoneStream('case-2');
    await expect(client.appendToStream('case-2', event('C'))).rejects.toThrow(StreamDeletedError);
    await expect(all(client.readStream('case-2'))).rejects.toThrow(StreamDeletedError);
  });

  it('can lose, hang, delay and turn away an append', async () => {
    const faults = ['drop', 'commit-drop', 'not-leader', 'not-ready'] as const;
    for (const [i, fault] of faults.entries()) {
      double.disturb = ({ rpc }) => {
        if (rpc === 'Read' || rpc === 'Features') return undefined;
        double.disturb = () => undefined;
        return fault;
      };
      const stream = `fault-${i}`;
      const it = event('A');
      const append = () => client.appendToStream(stream, it, { expectedRevision: NO_STREAM });
      await expect(append()).rejects.toThrow();
      expect(double.store.revisionOf(stream)).toBe(fault === 'commit-drop' ? 0 : -1);
      expect((await append()).nextExpectedRevision).toBe(0n);
      expect(double.store.visible(stream)).toHaveLength(1);
    }
    double.disturb = ({ stream }) => (stream === 'hangs' ? 'commit-hang' : { lateMs: 100 });
    const answers: string[] = [];
    const hanging = client.appendToStream('hangs', event('A')).then(
      () => answers.push('hangs'),
      () => undefined,
    );
    await client.appendToStream('late', event('A')).then(() => answers.push('late'));
    expect(answers).toEqual(['late']);
    expect(double.store.revisionOf('hangs')).toBe(0);
    double.stop();
    await hanging;
  });
});

describe('reading the double', () => {
  beforeEach(async () => {
    await client.appendToStream('case-1', [event('A'), event('B'), event('C')]);
    await client.appendToStream('body-1', event('D'));
  });

  it('goes both ways, with the edges that the server has', async () => {
    const revisions = async (options: object) =>
      (await all(client.readStream('case-1', options))).map((it) => Number(it.event!.revision));
    expect(await revisions({ fromRevision: 1n })).toEqual([1, 2]);
    expect(await revisions({ fromRevision: 1n, direction: BACKWARDS })).toEqual([1, 0]);
    expect(await revisions({ fromRevision: END, direction: BACKWARDS, maxCount: 2 })).toEqual([2, 1]);
    await expect(all(client.readStream('case-9'))).rejects.toThrow(StreamNotFoundError);

    const whole = (await all(client.readAll())).map(({ event: it }) => it!);
    expect(whole.map(({ type }) => type)).toEqual(['A', 'B', 'C', 'D']);
    const steps = whole.slice(1).map(({ position }, i) => position.commit - whole[i]!.position.commit);
    expect(steps.every((step) => step > 1n)).toBe(true);
    const types = async (options: object) => (await all(client.readAll(options))).map((it) => it.event!.type);
    const fromPosition = whole[2]!.position;
    expect(await types({ fromPosition })).toEqual(['C', 'D']);
    expect(await types({ fromPosition, direction: BACKWARDS })).toEqual(['B', 'A']);
    expect(await types({ fromPosition: END, direction: BACKWARDS, maxCount: 1 })).toEqual(['D']);
  });

  it('subscribes by prefix: what is there, a checkpoint, that it caught up, then what comes', async () => {
    const checkpoints: bigint[] = [];
    const filter = streamNameFilter({
      ...{ prefixes: ['case-'], checkpointInterval: 1, maxSearchWindow: 4 },
      checkpointReached: (_, { commit }) => void checkpoints.push(commit),
    });
    const heard = collect(client.subscribeToAll({ fromPosition: START, filter }));
    await eventually('it to catch up', async () => heard.caughtUp === 1);
    expect(heard.types).toEqual(['A', 'B', 'C']);
    expect(checkpoints.at(-1)).toBe(double.store.log.at(-1)!.position);
    for (let i = 0; i < 8; i++) await client.appendToStream('noise-1', event('N'));
    await client.appendToStream('case-1', event('E'));
    await eventually('the live one', async () => heard.types.length === 4);
    expect(checkpoints.at(-1)).toBeGreaterThan(heard.positions[2]!.commit);

    // After a checkpoint, without repeating it.
    const again = collect(client.subscribeToAll({ fromPosition: heard.positions[1]!, filter }));
    await eventually('the rest', async () => again.types.length === 2);
    expect(again.types).toEqual(['C', 'E']);
  });

  it('ends subscriptions, silences them, and keeps what it holds over a restart', async () => {
    const heard = collect(client.subscribeToAll({ fromPosition: END }));
    await eventually('it to catch up', async () => heard.caughtUp === 1);
    double.isMute = true;
    await client.appendToStream('case-1', event('E'));
    double.isMute = false;
    expect(heard.types).toEqual([]);
    await client.appendToStream('case-1', event('F'));
    await eventually('both', async () => heard.types.length === 2);
    double.dropSubscriptions();
    await eventually('the end', async () => heard.errors.length === 1);

    const lost = collect(client.subscribeToAll({ fromPosition: END }));
    await eventually('it to catch up', async () => lost.caughtUp === 1);
    await double.restart();
    await eventually('the error', async () => lost.errors.length === 1);
    await eventually('the next append', () =>
      client.appendToStream('case-1', event('G'), { expectedRevision: 4n }).catch(() => null),
    );
    // The client does not subscribe again by itself.
    expect([heard.types, lost.types]).toEqual([['E', 'F'], []]);
    expect(await all(client.readAll())).toHaveLength(7);
  });

  it('can be put back to a copy of before', async () => {
    const restore = double.store.backup();
    await client.appendToStream('case-1', event('E'));
    restore();
    expect((await all(client.readAll())).map((it) => it.event!.type)).toEqual(['A', 'B', 'C', 'D']);
    expect((await client.appendToStream('case-1', event('F'), { expectedRevision: 2n })).success).toBe(true);
  });
});

describe('a cluster of doubles', () => {
  it('is found by gossip, and an append that met no leader goes to the leader next', async () => {
    const leader = await EsdbDouble.start({ store: double.store });
    try {
      double.members = leader.members = [
        { port: double.port, isLeader: false, isAlive: true },
        { port: leader.port, isLeader: true, isAlive: true },
      ];
      const cluster = connect(`esdb://127.0.0.1:${double.port},127.0.0.1:${leader.port}?tls=false`);
      await cluster.appendToStream('case-1', event('A'));
      expect([double.requests.length, leader.requests.length]).toEqual([0, 1]);

      double.leader = leader;
      double.disturb = ({ rpc }) => (rpc === 'Features' ? undefined : 'not-leader');
      const it = event('B');
      const append = () => client.appendToStream('case-1', it, { expectedRevision: 0n });
      await expect(append()).rejects.toMatchObject({ type: 'not-leader' });
      expect((await append()).nextExpectedRevision).toBe(1n);
      expect(leader.requests).toHaveLength(2);
    } finally {
      leader.stop();
    }
  });
});
