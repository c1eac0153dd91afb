import { hashEvent } from '../chain.ts';
import type { StoredEvent } from '../envelope.ts';
import { LogWasRestored } from '../port.ts';
import type { EventLog, Page } from '../port.ts';
import { isSigned } from '@iter/platform/signatures';
import { checkpointFrom } from './checkpoint.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import { readCheckpoints } from './signer.ts';
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

type Readable = Pick<EventLog, 'readAll' | 'readStream' | 'comparePositions'>;

/**
 * For the latest event of a stream that a checkpoint covers. Reads as many events as that checkpoint has, and a dozen others.
 * @param events the stream's, in order
 * @returns null: none of them is covered yet, or the log was restored since and its positions have other names
 */
export async function proofOf(
  log: Readable,
  events: readonly StoredEvent[],
): Promise<CheckpointProof | null> {
  try {
    const [latest] = await readCheckpoints(log, { direction: 'backwards', limit: 1 });
    if (!latest) return null;
    const covers = ({ checkpoint }: SignedCheckpoint, { position }: StoredEvent): boolean =>
      log.comparePositions(position, checkpoint.through) <= 0;
    const event = events.findLast((one) => covers(latest, one));
    return event ? await proofBy(log, event, latest, covers) : null;
  } catch (error) {
    if (error instanceof LogWasRestored) return null;
    throw error;
  }
}

async function proofBy(
  log: Readable,
  event: StoredEvent,
  latest: SignedCheckpoint,
  covers: (signed: SignedCheckpoint, event: StoredEvent) => boolean,
): Promise<CheckpointProof | null> {
  const read = async (number: number): Promise<SignedCheckpoint> => {
    const [signed] = await readCheckpoints(log, { from: number - 1, limit: 1 });
    return signed!;
  };
  // The first that covers it; all behind that do as well.
  let signed = latest;
  for (let low = 1, high = latest.checkpoint.number; low < high;) {
    const middle = Math.floor((low + high) / 2);
    const one = await read(middle);
    if (covers(one, event)) [high, signed] = [middle, one];
    else low = middle + 1;
  }
  const { number, count } = signed.checkpoint;
  const before = number === 1 ? null : (await read(number - 1)).checkpoint.through;
  const own: StoredEvent[] = [];
  for (let after: Page['position'] = before; own.length < count;) {
    const page = await log.readAll({ after, limit: count - own.length });
    if (page.events.length === 0) return null;
    own.push(...page.events);
    after = page.position;
  }
  const hashes = own.slice(0, count).map(hashEvent);
  const index = own.findIndex(
    ({ stream, revision }) => stream === event.stream && revision === event.revision,
  );
  return { signed, revision: event.revision, index, path: inclusionProof(hashes, index) };
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
