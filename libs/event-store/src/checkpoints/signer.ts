import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { publicKeyOf, signJson } from '@iter/platform/signatures';
import { appendSurely } from '../append-surely.ts';
import type { Persistence } from '../append-surely.ts';
import { chainEvents, hashEvent } from '../chain.ts';
import type { StoredEvent } from '../envelope.ts';
import { sealEvents } from '../ledger/sealing.ts';
import { LogWasRestored } from '../port.ts';
import type { EventLog, Page } from '../port.ts';
import { checkpointHash, checkpointOf, checkpointStream } from './checkpoint.ts';
import type { Checkpoint, SignedCheckpoint } from './checkpoint.ts';
import { treeHash } from './tree.ts';

export interface SignerPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly key: KeyObject;
  /** Told of each new checkpoint, so that it also stands where the log's keeper cannot alter it. */
  onSigned(signed: SignedCheckpoint): void;
  /** Events of one checkpoint, about: appends are not split. 1,000 by default; whoever proves a case reads so many. */
  readonly mostEvents?: number;
  readonly persistence?: Persistence;
}

export interface Signer {
  /** Signs what no checkpoint covers yet. @returns how many checkpoints were written */
  sign(stop?: AbortSignal): Promise<number>;
}

const actor = { account: 'system', role: 'SYSTEM', body: 'iter' };

/** @throws when an event is no checkpoint: nobody else writes to their stream */
function signedBy(event: StoredEvent): SignedCheckpoint {
  const signed = checkpointOf(event);
  if (!signed) throw new Error(`${checkpointStream} holds no checkpoint at ${event.revision}`);
  return signed;
}

/** Signed checkpoints of a log from a revision of their stream on, or backwards from its end. */
export async function readCheckpoints(
  log: Pick<EventLog, 'readStream'>,
  which: Parameters<EventLog['readStream']>[1] = {},
): Promise<readonly SignedCheckpoint[]> {
  return (await log.readStream(checkpointStream, which)).map(signedBy);
}

/**
 * Vouches for the log by appending a signed checkpoint to it (ADR 0040). Any number of processes may: the log
 * takes each number once.
 */
export function createSigner(ports: SignerPorts): Signer {
  const { log, clock, key, onSigned, mostEvents: limit = 1_000 } = ports;
  const publicKey = publicKeyOf(key);

  /** What comes behind so many events, whatever positions are called in this life of the log. */
  async function behind(events: number): Promise<Page> {
    let seen = 0;
    for (let after: Page['position'] = null; ;) {
      const page = await log.readAll({ after, limit });
      if (seen + page.events.length >= events) {
        const last = page.events[events - seen - 1]!;
        return log.readAll({ after: last.position, limit });
      }
      if (page.atEnd || page.position === null)
        throw new Error(`the log holds ${seen + page.events.length} events, and ${events} were signed`);
      seen += page.events.length;
      after = page.position;
    }
  }

  async function uncovered(before: Checkpoint | null): Promise<Page> {
    try {
      return await log.readAll({ after: before?.through ?? null, limit });
    } catch (error) {
      if (!before || !(error instanceof LogWasRestored)) throw error;
      return behind(before.events);
    }
  }

  /** @returns null: there is nothing to vouch for, or another process was faster */
  async function signNext(): Promise<SignedCheckpoint | null> {
    const [last] = await log.readStream(checkpointStream, { direction: 'backwards', limit: 1 });
    const former = last ? signedBy(last) : null;
    // Nobody can take back what is appended: a chain that goes on with a stranger's key would be broken for ever.
    if (former && former.publicKey !== publicKey)
      throw new Error('the checkpoints of this log were signed with another key: is this its master key?');
    const before = former?.checkpoint ?? null;
    const { events, atEnd } = await uncovered(before);
    if (events.length === 0 || (atEnd && events.every(({ stream }) => stream === checkpointStream)))
      return null;
    const now = clock.now();
    const recordedAt = last && last.recordedAt > now ? last.recordedAt : now;
    const checkpoint: Checkpoint = {
      format: 'iter-checkpoint/1',
      number: (before?.number ?? 0) + 1,
      events: (before?.events ?? 0) + events.length,
      count: events.length,
      root: treeHash(events.map(hashEvent)),
      previous: before && checkpointHash(before),
      through: events.at(-1)!.position,
      madeAt: recordedAt,
    };
    const signed: SignedCheckpoint = { checkpoint, ...signJson(checkpoint, key) };
    const commandId = randomUUID();
    const cover = {
      ...{ tenant: 'iter', stream: checkpointStream, occurredAt: recordedAt, recordedAt, actor },
      ...{ commandId, requestHash: '', causationId: null, correlationId: commandId },
    };
    const data = { ...signed, checkpoint: { ...checkpoint } };
    const head = last ? { revision: last.revision, hash: hashEvent(last) } : null;
    // Nothing of it is private.
    const chained = chainEvents(head, sealEvents(null, cover, [{ type: 'CheckpointSigned', data }], {}));
    const expectedRevision = last?.revision ?? -1;
    const append = { stream: checkpointStream, expectedRevision, events: chained };
    const { outcome } = await appendSurely(log, append, ports.persistence);
    if (outcome === 'conflict') return null;
    onSigned(signed);
    return signed;
  }

  return {
    async sign(stop) {
      let written = 0;
      while (!stop?.aborted && (await signNext())) written++;
      return written;
    },
  };
}
