import { createHash } from 'node:crypto';
import { canonicalJson } from '@iter/platform/ids';
import { isSigned } from '@iter/platform/signatures';
import type { Signature } from '@iter/platform/signatures';
import type { Position, StoredEvent } from '../envelope.ts';

/** The stream of the signed checkpoints, one event each. */
export const checkpointStream = 'checkpoint-log';

/**
 * What the house vouches for at a moment: exactly these events, in this order, and before them those of the checkpoints
 * before. Kept by somebody else, it shows later whether the log still holds them.
 */
export interface Checkpoint {
  readonly format: 'iter-checkpoint/1';
  /** From 1, without gaps. */
  readonly number: number;
  /** How many events of the log it covers together with all before it, from the first on. */
  readonly events: number;
  /** How many of them are its own: those that no checkpoint before it covers. */
  readonly count: number;
  /** Tree hash of the hashes of its own events, in the order of the log (RFC 9162). */
  readonly root: string;
  /** SHA-256 of the canonical JSON of the one before; null: it is the first. */
  readonly previous: string | null;
  /** Where the log had the last of them; holds until a log is restored. */
  readonly through: Position;
  /** RFC 3339 in UTC. */
  readonly madeAt: string;
}

export interface SignedCheckpoint extends Signature {
  readonly checkpoint: Checkpoint;
}

/** What the next checkpoint calls `previous`. */
export const checkpointHash = (checkpoint: Checkpoint): string =>
  createHash('sha256').update(canonicalJson(checkpoint)).digest('hex');

/** What is wrong with one checkpoint behind another. */
export type CheckpointProblem =
  'checkpoint-unreadable' | 'checkpoint-unsigned' | 'checkpoint-key' | 'checkpoint-chain';

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
const isHash = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 1_000;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A signed checkpoint as somebody hands it in; null: it is none. Whether the signature holds is another question. */
export function checkpointFrom(value: unknown): SignedCheckpoint | null {
  if (!isRecord(value) || !isRecord(value['checkpoint'])) return null;
  const { checkpoint, algorithm, publicKey, signature } = value;
  const { format, number, events, count, root, previous, through, madeAt } = checkpoint as Record<
    string,
    unknown
  >;
  const sound =
    format === 'iter-checkpoint/1' &&
    algorithm === 'Ed25519' &&
    [number, events, count].every(isWhole) &&
    isHash(root) &&
    (previous === null || isHash(previous)) &&
    [through, madeAt, publicKey, signature].every(isText);
  return sound ? (value as unknown as SignedCheckpoint) : null;
}

/** The signed checkpoint that an event of their stream is; null: it is none. */
export const checkpointOf = ({ type, data }: StoredEvent): SignedCheckpoint | null =>
  type === 'CheckpointSigned' ? checkpointFrom(data) : null;

/**
 * @param before the one before; null: this is to be the first
 * @returns null: it is signed, by the same key, and follows from the one before
 */
export function checkpointProblem(
  signed: SignedCheckpoint,
  before: SignedCheckpoint | null,
): CheckpointProblem | null {
  const { checkpoint } = signed;
  if (!isSigned(checkpoint, signed)) return 'checkpoint-unsigned';
  if (before && before.publicKey !== signed.publicKey) return 'checkpoint-key';
  const follows =
    checkpoint.number === (before?.checkpoint.number ?? 0) + 1 &&
    checkpoint.events === (before?.checkpoint.events ?? 0) + checkpoint.count &&
    checkpoint.previous === (before && checkpointHash(before.checkpoint));
  return follows ? null : 'checkpoint-chain';
}
