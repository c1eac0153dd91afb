import { createPrivateKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signingKeyOf, signJson } from '@iter/platform/signatures';
import { caseId, caseWriter, started, taskCreated } from '../../../../test/support/case-log.ts';
import { chainEvents, hashEvent, verifyStream } from '../chain.ts';
import type { SealedEvent, StoredEvent } from '../envelope.ts';
import { createMemoryLog } from '../memory/index.ts';
import type { EventLog, StreamHead } from '../port.ts';
import { verifyLog } from '../verify-log.ts';
import { checkpointStream, createSigner, coverageOf, proofFrom, proves, readCheckpoints } from './index.ts';
import type { Checkpoint, CheckpointProof, SignedCheckpoint } from './index.ts';

const now = '2026-03-06T09:00:00.000Z';
const key = signingKeyOf(new Uint8Array(32).fill(7));

const house = (log: EventLog = createMemoryLog(), more: object = {}) => {
  const told: SignedCheckpoint[] = [];
  const ports = { log, key, clock: { now: () => now }, onSigned: (one: SignedCheckpoint) => told.push(one) };
  return { log, told, write: caseWriter(log, () => now), signer: createSigner({ ...ports, ...more }) };
};

/** Three cases, signed, then three tasks, signed: 6 events, a checkpoint, 3 events, a checkpoint. */
async function signedTwice() {
  const it = house();
  for (let i = 0; i < 3; i++) await it.write(caseId(i), [started(), taskCreated('t')]);
  await it.signer.sign();
  for (let i = 0; i < 3; i++) await it.write(caseId(i), [taskCreated('u')]);
  await it.signer.sign();
  return it;
}

/** Another log that holds the same appends, or what became of them. */
async function copied(
  log: EventLog,
  change: (append: readonly StoredEvent[]) => readonly SealedEvent[] | null,
) {
  const { events } = await log.readAll({ limit: 100_000 });
  const copy = createMemoryLog();
  for (const append of Map.groupBy(events, ({ position }) => position).values()) {
    const kept = change(append);
    if (kept?.[0]) {
      const { stream, revision } = kept[0];
      const { outcome } = await copy.append({ stream, expectedRevision: revision - 1, events: kept });
      expect(outcome).toBe('appended');
    }
  }
  return copy;
}
const envelopeOf = ({ position: _, index: __, ...event }: StoredEvent): SealedEvent => event;
const isOf = (name: string, [event]: readonly StoredEvent[]): boolean => event!.stream === name;

describe('the signer', () => {
  it('covers every event once, in the order of the log, each checkpoint behind the one before', async () => {
    const { log, told, signer } = await signedTwice();
    expect(told.map(({ checkpoint: { number, events, count } }) => [number, events, count])).toEqual([
      [1, 6, 6],
      [2, 10, 4],
    ]);
    expect(await readCheckpoints(log)).toEqual(told);
    expect(await signer.sign()).toBe(0);
    expect(await verifyLog(log, { kept: told })).toMatchObject({
      ...{ events: 11, broken: null },
      checkpoints: { count: 2, kept: 2, broken: null, last: told[1] },
    });
  });

  it('signs a long log in parts', async () => {
    const { log, told, write, signer } = house(createMemoryLog(), { mostEvents: 2 });
    for (let i = 0; i < 3; i++) await write(caseId(i), [started(), taskCreated('t')]);
    expect(await signer.sign()).toBe(4);
    // Behind two checkpoints, which vouch for nothing new, there is more.
    await write(caseId(3), [started()]);
    expect(await signer.sign()).toBe(2);
    expect(told.map(({ checkpoint }) => checkpoint.count)).toEqual([2, 2, 2, 2, 2, 2]);
    expect((await verifyLog(log)).checkpoints.broken).toBeNull();
  });

  it('writes each number once, however many sign', async () => {
    const { log, write } = house();
    for (let i = 0; i < 3; i++) await write(caseId(i), [started()]);
    const others = [house(log), house(log), house(log)];
    await Promise.all(others.map(({ signer }) => signer.sign()));
    expect((await verifyLog(log)).checkpoints.broken).toBeNull();
    expect(others.flatMap(({ told }) => told)).toHaveLength((await readCheckpoints(log)).length);
  });

  it('goes on behind what it signed when positions have other names', async () => {
    const { log, told } = await signedTwice();
    const restored = house(await copied(log, (append) => append));
    await restored.write(caseId('new'), [started()]);
    expect(await restored.signer.sign()).toBe(1);
    expect(restored.told[0]!.checkpoint).toMatchObject({ number: 3, events: 12, count: 2 });
    expect(await verifyLog(restored.log, { kept: told })).toMatchObject({
      checkpoints: { count: 3, broken: null },
    });
  });
});

describe('whoever verifies', () => {
  it('finds a case that was written anew, with a chain that is whole', async () => {
    const { log } = await signedTwice();
    const stream = `case-${caseId(1)}`;
    let head: StreamHead | null = null;
    const forged = await copied(log, (append) => {
      if (!isOf(stream, append)) return append;
      const events = chainEvents(
        head,
        append.map((event) => ({ ...envelopeOf(event), tenant: 'c_valle' })),
      );
      const last = events.at(-1)!;
      head = { revision: last.revision, hash: hashEvent(last) };
      return events;
    });
    expect((await forged.readStream(stream)).map(({ tenant }) => tenant)).toEqual([
      'c_valle',
      'c_valle',
      'c_valle',
    ]);
    expect(await verifyLog(forged)).toMatchObject({
      broken: null,
      checkpoints: { broken: { number: 1, problem: 'checkpoint-root' } },
    });
    // Also whoever asks for that case alone is not told that it is vouched for.
    const rewritten = await forged.readStream(stream);
    const asIn = (events: readonly StoredEvent[]) =>
      events.map((event) => ({
        ...event,
        ...(event.stream === stream && envelopeOf(rewritten[event.revision]!)),
      }));
    const inPlace = {
      ...log,
      readStream: async (name: string, which?: object) => asIn(await log.readStream(name, which)),
      readAll: async (which?: object) => {
        const page = await log.readAll(which);
        return { ...page, events: asIn(page.events) };
      },
    };
    const events = await inPlace.readStream(stream);
    expect(verifyStream(events)).toBeNull();
    expect(await coverageOf(inPlace, events)).toEqual({ kind: 'differs' });
  });

  it('finds that a whole case is gone', async () => {
    const { log, told } = await signedTwice();
    const forged = await copied(log, (append) => (isOf(`case-${caseId(2)}`, append) ? null : append));
    const verdict = await verifyLog(forged);
    expect(verdict.broken).toBeNull();
    expect(verdict.checkpoints.broken).toEqual({ number: 1, problem: 'checkpoint-root', after: null });
    expect(told).toHaveLength(2);
  });

  it('finds that the end was cut only by what was kept elsewhere', async () => {
    const { log, told } = await signedTwice();
    let left = 4;
    const cut = await copied(log, (append) => (left-- > 0 ? append : null));
    expect(await verifyLog(cut)).toMatchObject({ broken: null, checkpoints: { count: 1, broken: null } });
    expect((await verifyLog(cut, { kept: told })).checkpoints.broken).toMatchObject({
      number: 2,
      problem: 'checkpoint-missing',
    });
  });

  it('finds a log that was signed anew by the same key, by what was kept elsewhere', async () => {
    const { log, told } = await signedTwice();
    const unsigned = await copied(log, (append) => (isOf(checkpointStream, append) ? null : append));
    const forger = house(unsigned);
    await forger.signer.sign();
    expect((await verifyLog(unsigned)).checkpoints.broken).toBeNull();
    expect((await verifyLog(unsigned, { kept: told })).checkpoints.broken).toMatchObject({
      number: 1,
      problem: 'checkpoint-differs',
    });
  });

  it.each([
    ['checkpoint-unreadable', () => ({ checkpoint: null })],
    [
      'checkpoint-unsigned',
      (one: SignedCheckpoint) => ({ ...one, checkpoint: { ...one.checkpoint, events: 7 } }),
    ],
    [
      'checkpoint-chain',
      ({ checkpoint }: SignedCheckpoint) => ({ checkpoint, ...signJson(checkpoint, key) }),
      { previous: null },
    ],
    [
      'checkpoint-key',
      ({ checkpoint }: SignedCheckpoint) => ({ checkpoint, ...signJson(checkpoint, stranger) }),
    ],
  ] as const)('finds a checkpoint with %s', async (problem, forge, change: Partial<Checkpoint> = {}) => {
    const { log } = await signedTwice();
    const forged = {
      readAll: log.readAll,
      readStream: async (stream: string) => {
        const [first, second] = await log.readStream(stream);
        const { checkpoint, ...signature } = second!.data as unknown as SignedCheckpoint;
        const data = forge({ checkpoint: { ...checkpoint, ...change }, ...signature });
        return [first!, { ...second!, data: data as unknown as StoredEvent['data'] }];
      },
    };
    expect((await verifyLog(forged)).checkpoints.broken).toMatchObject({ number: 2, problem });
  });
});

const stranger = signingKeyOf(new Uint8Array(randomBytes(32)));

it('derives the same key from the same secret, as RFC 8032 has it (7.1, test 1)', () => {
  const secret = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
  const { x } = signingKeyOf(secret).export({ format: 'jwk' });
  expect(Buffer.from(x!, 'base64url').toString('hex')).toBe(
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  );
  expect(
    createPrivateKey(signingKeyOf(secret).export({ format: 'pem', type: 'pkcs8' })).asymmetricKeyType,
  ).toBe('ed25519');
});

describe('the proof for one case', () => {
  const streamOf = (log: EventLog, name: string | number) => log.readStream(`case-${caseId(name)}`);
  const kindOf = async (log: EventLog, name: string | number) =>
    (await coverageOf(log, await streamOf(log, name))).kind;
  const proofOf = async (log: EventLog, events: readonly StoredEvent[]): Promise<CheckpointProof> => {
    const coverage = await coverageOf(log, events);
    if (coverage.kind !== 'covered') throw new Error(coverage.kind);
    return coverage.proof;
  };

  it('holds for the latest event that is covered, whichever checkpoint covers it', async () => {
    const { log, write, signer } = house(createMemoryLog(), { mostEvents: 3 });
    for (let i = 0; i < 9; i++) await write(caseId(i), [started(), taskCreated('t')]);
    await signer.sign();
    await write(caseId(4), [taskCreated('late')]);
    for (let i = 0; i < 9; i++) {
      const events = await streamOf(log, i);
      const proof = await proofOf(log, events);
      expect(proof.revision).toBe(1);
      expect(proofFrom(JSON.parse(JSON.stringify(proof)))).toEqual(proof);
      expect(proves(proof, hashEvent(events[1]!))).toBe(true);
      expect(proves(proof, hashEvent(events[0]!))).toBe(false);
    }
  });

  it('is not there before anything is signed', async () => {
    const { log, write, signer } = house();
    await write(caseId(0), [started()]);
    expect(await kindOf(log, 0)).toBe('not-yet');
    await signer.sign();
    await write(caseId(1), [started()]);
    expect(await kindOf(log, 1)).toBe('not-yet');
  });

  it('is there again for what is signed after a restore, but for the first checkpoint', async () => {
    const { log } = await signedTwice();
    const restored = house(await copied(log, (append) => append));
    expect(await kindOf(restored.log, 0)).toBe('restored');
    for (let i = 10; i < 14; i++) {
      await restored.write(caseId(i), [started()]);
      await restored.signer.sign();
    }
    const all = [0, 10, 11, 12, 13];
    expect(await Promise.all(all.map((i) => kindOf(restored.log, i)))).toEqual([
      ...['restored', 'restored'],
      ...['covered', 'covered', 'covered'],
    ]);
  });

  it('is none with another checkpoint, one that nobody signed, or one that cannot be read', async () => {
    const { log, told } = await signedTwice();
    const events = await streamOf(log, 0);
    const proof = await proofOf(log, events.slice(0, 2));
    expect(proof.signed).toEqual(told[0]);
    expect(proves({ ...proof, signed: told[1]! }, hashEvent(events[1]!))).toBe(false);
    const unsigned = {
      ...proof.signed,
      checkpoint: { ...proof.signed.checkpoint, madeAt: '2020-01-01T00:00:00Z' },
    };
    expect(proofFrom({ ...proof, signed: unsigned })).toBeNull();
    expect(proofFrom({ ...proof, path: ['x'] })).toBeNull();
    expect(proofFrom(null)).toBeNull();
    const of = (data: object) => ({
      ...log,
      readStream: async (stream: string, which?: object) =>
        (await log.readStream(stream, which)).map((event) =>
          stream === checkpointStream ? { ...event, data: data as StoredEvent['data'] } : event,
        ),
    });
    expect(await coverageOf(of({ ...unsigned }), events.slice(0, 2))).toEqual({ kind: 'differs' });
    expect(await coverageOf(of({}), events)).toEqual({ kind: 'differs' });
  });
});

it('is signed by one key only: what is appended nobody can take back', async () => {
  const { log, write } = await signedTwice();
  await write(caseId('more'), [started()]);
  const other = house(log, { key: stranger });
  await expect(other.signer.sign()).rejects.toThrow('another key');
  expect((await verifyLog(log)).checkpoints).toMatchObject({ count: 2, broken: null });
});

it('counts of the kept ones those that are there, and tells another house apart', async () => {
  const { log, told } = await signedTwice();
  const strange = house(createMemoryLog(), { key: stranger });
  await strange.write(caseId(0), [started()]);
  await strange.signer.sign();
  const { checkpoints } = await verifyLog(log, { kept: [...strange.told, told[1]!] });
  expect(checkpoints).toMatchObject({ kept: 1, broken: { number: 1, problem: 'checkpoint-key' } });
});
