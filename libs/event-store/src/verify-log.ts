import { hashEvent, verifyStream } from './chain.ts';
import type { BrokenLink } from './chain.ts';
import {
  checkpointHash,
  checkpointOf,
  checkpointProblem,
  checkpointStream,
} from './checkpoints/checkpoint.ts';
import type { CheckpointProblem, SignedCheckpoint } from './checkpoints/checkpoint.ts';
import { treeHash } from './checkpoints/tree.ts';
import type { Position, StoredEvent } from './envelope.ts';
import type { EventLog, StreamHead } from './port.ts';

export interface LogVerdict {
  readonly events: number;
  readonly streams: number;
  /** The first broken link in the order of the log; null: there is none. */
  readonly broken: (BrokenLink & { readonly position: Position }) | null;
  readonly checkpoints: CheckpointsVerdict;
}

/** What the signed checkpoints say of the log. */
export interface CheckpointsVerdict {
  /** How many the log holds, and the last of them; null: none. */
  readonly count: number;
  readonly last: SignedCheckpoint | null;
  /** How many of those kept elsewhere were found in the log. */
  readonly kept: number;
  readonly broken: BrokenCheckpoint | null;
}

export interface BrokenCheckpoint {
  readonly number: number;
  readonly problem:
    | CheckpointProblem
    /** Its events are not those that were signed. */
    | 'checkpoint-root'
    /** Kept elsewhere, and not in the log: its tail was cut, or all of it written anew. */
    | 'checkpoint-missing'
    /** Kept elsewhere, and another in the log. */
    | 'checkpoint-differs';
  /** Behind this position, up to that of the checkpoint, is what differs; null: from the beginning, or no matter of a place. */
  readonly after: Position | null;
}

export interface VerifyLogOptions {
  /** Told after each page how many events were seen. */
  readonly onPage?: (events: number) => void;
  /** Checkpoints of this log that were kept elsewhere. */
  readonly kept?: readonly SignedCheckpoint[];
}

interface Seen extends StreamHead {
  readonly recordedAt: string;
}

/**
 * Follows every chain of a log from its beginning, page by page, compares with what was signed, and stops at the first
 * broken link. Memory grows by the number of streams, about 200 bytes each, and of checkpoints.
 */
export async function verifyLog(
  log: Pick<EventLog, 'readAll' | 'readStream'>,
  { onPage = () => undefined, kept = [] }: VerifyLogOptions = {},
): Promise<LogVerdict> {
  const there = (await log.readStream(checkpointStream)).map(checkpointOf);
  const signed = readableOf(there);
  const verdictOf = (broken: BrokenCheckpoint | null): CheckpointsVerdict => ({
    ...{ count: signed.length, last: signed.at(-1) ?? null, broken },
    kept: kept.filter((one) => isThere(signed, one)).length,
  });
  const unsound = firstUnsound(there) ?? firstNotKept(signed, kept);
  const compared = comparison(signed);
  const heads = new Map<string, Seen>();
  let events = 0;
  for (let after: Position | null = null; ;) {
    const page = await log.readAll({ after, limit: 10_000 });
    const broken = firstBroken(page.events, heads);
    const isEnd = page.atEnd || page.position === null;
    const different = broken ? null : (compared.take(page.events) ?? (isEnd ? compared.end() : null));
    events += page.events.length;
    onPage(events);
    if (broken || different || isEnd) {
      const checkpoints = verdictOf(unsound ?? different);
      return { events, streams: heads.size, broken, checkpoints };
    }
    after = page.position;
  }
}

const isThere = (
  signed: readonly SignedCheckpoint[],
  { checkpoint, publicKey }: SignedCheckpoint,
): boolean => {
  const here = signed[checkpoint.number - 1];
  return here?.publicKey === publicKey && checkpointHash(here.checkpoint) === checkpointHash(checkpoint);
};

/** Up to the first that is none. */
function readableOf(there: readonly (SignedCheckpoint | null)[]): readonly SignedCheckpoint[] {
  const end = there.indexOf(null);
  return there.slice(0, end === -1 ? undefined : end) as readonly SignedCheckpoint[];
}

function firstUnsound(there: readonly (SignedCheckpoint | null)[]): BrokenCheckpoint | null {
  for (const [i, one] of there.entries()) {
    const problem = one ? checkpointProblem(one, there[i - 1] ?? null) : 'checkpoint-unreadable';
    if (problem) return { number: i + 1, problem, after: null };
  }
  return null;
}

function firstNotKept(
  signed: readonly SignedCheckpoint[],
  kept: readonly SignedCheckpoint[],
): BrokenCheckpoint | null {
  for (const one of kept.toSorted((a, b) => a.checkpoint.number - b.checkpoint.number)) {
    const { number } = one.checkpoint;
    const here = signed[number - 1];
    const after = signed.at(-1)?.checkpoint.through ?? null;
    if (!here) return { number, problem: 'checkpoint-missing', after };
    if (here.publicKey !== one.publicKey) return { number, problem: 'checkpoint-key', after: null };
    if (!isThere(signed, one)) return { number, problem: 'checkpoint-differs', after: null };
  }
  return null;
}

/** Compares the events of a log, page by page in their order, with what was signed. */
function comparison(signed: readonly SignedCheckpoint[]) {
  let next = 0;
  let hashes: string[] = [];
  const different = ({ checkpoint: { number } }: SignedCheckpoint): BrokenCheckpoint => ({
    ...{ number, problem: 'checkpoint-root' },
    after: signed[number - 2]?.checkpoint.through ?? null,
  });
  return {
    /** The first checkpoint that these events, behind those before, do not agree with. */
    take(events: readonly StoredEvent[]): BrokenCheckpoint | null {
      for (const event of events) {
        const one = signed[next];
        if (!one) return null;
        hashes.push(hashEvent(event));
        if (hashes.length < one.checkpoint.count) continue;
        if (treeHash(hashes) !== one.checkpoint.root) return different(one);
        next++;
        hashes = [];
      }
      return null;
    },
    /** The first checkpoint for which there were too few. */
    end(): BrokenCheckpoint | null {
      const one = signed[next];
      return one ? different(one) : null;
    },
  };
}

function firstBroken(events: readonly StoredEvent[], heads: Map<string, Seen>): LogVerdict['broken'] {
  for (const event of events) {
    const { stream, position, revision, recordedAt } = event;
    const head = heads.get(stream) ?? null;
    const link = verifyStream([event], head);
    if (link) return { ...link, position };
    if (head && recordedAt < head.recordedAt) {
      return { stream, revision, problem: 'time-goes-back', position };
    }
    heads.set(stream, { revision, hash: hashEvent(event), recordedAt });
  }
  return null;
}
