import { isSigned } from '@iter/platform/signatures';
import { hashEvent } from '../chain.ts';
import type { Position, StoredEvent } from '../envelope.ts';
import { LogWasRestored } from '../port.ts';
import type { EventLog, Page } from '../port.ts';
import { checkpointFrom, checkpointOf, checkpointStream } from './checkpoint.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import { inclusionProof, isIncluded } from './tree.ts';

/** Shows, without the log, that a signed checkpoint covers an event of a stream, and with it all before it there. */
export interface CheckpointProof {
  readonly signed: SignedCheckpoint;
  /** Of the event. */
  readonly revision: number;
  /** Its place among the checkpoint's own events, from 0, and the hashes that lead from it up to the tree hash. */
  readonly index: number;
  readonly path: readonly string[];
}

/**
 * How far a stream is vouched for. `not-yet`: none of its events is signed; `restored`: it was signed before the log was
 * restored, and its place among what was signed is not known any more; `differs`: what the log holds is not what was signed.
 */
export type Coverage =
  | { readonly kind: 'covered'; readonly proof: CheckpointProof }
  | { readonly kind: 'not-yet' | 'restored' | 'differs' };
export const coverageKinds = ['covered', 'not-yet', 'restored', 'differs'] as const;

type Readable = Pick<EventLog, 'readAll' | 'readStream' | 'comparePositions'>;

/**
 * The proof for the latest event of a stream that a checkpoint covers; given only when it holds. Reads as many events as that
 * checkpoint has, and a dozen checkpoints.
 * @param events the stream's, in order
 */
export async function coverageOf(log: Readable, events: readonly StoredEvent[]): Promise<Coverage> {
  const [latest] = (await log.readStream(checkpointStream, { direction: 'backwards', limit: 1 })).map(
    checkpointOf,
  );
  if (latest === undefined) return { kind: 'not-yet' };
  if (latest === null) return { kind: 'differs' };
  /** What was signed in another life of the log lies before all that has a place in this one. */
  const covers = ({ checkpoint }: SignedCheckpoint, { position }: StoredEvent): boolean =>
    orRestored(() => log.comparePositions(position, checkpoint.through) <= 0, false);
  const event = events.findLast((one) => covers(latest, one));
  if (!event) return { kind: hasOwnPlace(log, latest) ? 'not-yet' : 'restored' };

  let signed: SignedCheckpoint = latest;
  let before: SignedCheckpoint | null = null;
  // The first that covers it: all behind that one do as well.
  for (let low = 1, high = latest.checkpoint.number; low <= high;) {
    const middle = Math.floor((low + high) / 2);
    const one = await checkpointAt(log, middle);
    if (!one) return { kind: 'differs' };
    if (covers(one, event)) [high, signed] = [middle - 1, one];
    else [low, before] = [middle + 1, one];
  }
  if (before && !hasOwnPlace(log, before)) return { kind: 'restored' };
  return proofBy(log, event, signed, before?.checkpoint.through ?? null);
}

const orRestored = <T>(ask: () => T, otherwise: T): T => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof LogWasRestored) return otherwise;
    throw error;
  }
};

/** Whether a checkpoint's position is of the log's present life. */
const hasOwnPlace = (log: Readable, { checkpoint: { through } }: SignedCheckpoint): boolean =>
  orRestored(() => log.comparePositions(through, through) === 0, false);

async function checkpointAt(log: Readable, number: number): Promise<SignedCheckpoint | null> {
  const [event] = await log.readStream(checkpointStream, { from: number - 1, limit: 1 });
  return event ? checkpointOf(event) : null;
}

async function proofBy(
  log: Readable,
  event: StoredEvent,
  signed: SignedCheckpoint,
  before: Position | null,
): Promise<Coverage> {
  const { count } = signed.checkpoint;
  const own: StoredEvent[] = [];
  for (let after = before; own.length < count;) {
    const page: Page = await log.readAll({ after, limit: count - own.length });
    own.push(...page.events);
    if (page.atEnd || page.position === null) break;
    after = page.position;
  }
  const hashes = own.slice(0, count).map(hashEvent);
  const index = own.findIndex(
    ({ stream, revision }) => stream === event.stream && revision === event.revision,
  );
  if (index < 0 || index >= count || hashes.length < count) return { kind: 'differs' };
  const proof = { signed, revision: event.revision, index, path: inclusionProof(hashes, index) };
  const holds = isSigned(signed.checkpoint, signed) && proves(proof, hashEvent(event));
  return holds ? { kind: 'covered', proof } : { kind: 'differs' };
}

const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** A proof as somebody hands it in; null: it is none, or its checkpoint is not signed. */
export function proofFrom(value: unknown): CheckpointProof | null {
  if (typeof value !== 'object' || value === null) return null;
  const { signed, revision, index, path } = value as Record<string, unknown>;
  const read = checkpointFrom(signed);
  const sound =
    read !== null &&
    [revision, index].every((it) => Number.isSafeInteger(it) && (it as number) >= 0) &&
    Array.isArray(path) &&
    path.length <= 64 &&
    path.every(isHash);
  return sound && isSigned(read.checkpoint, read) ? (value as CheckpointProof) : null;
}

/** @param hash of the event with the proof's revision, hex */
export const proves = ({ signed: { checkpoint }, index, path }: CheckpointProof, hash: string): boolean =>
  isIncluded(hash, { index, path, count: checkpoint.count, root: checkpoint.root });
