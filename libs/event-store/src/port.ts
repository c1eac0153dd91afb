import type { Position, SealedEvent, StoredEvent } from './envelope.ts';

/** What to add to a stream. All events or none. */
export interface Append {
  readonly stream: string;
  /** The revision of the stream's last event that the writer has seen; -1 when it must not exist yet. */
  readonly expectedRevision: number;
  /** 1 to 1,000 events, revisions from `expectedRevision + 1` without gaps; their canonical envelopes at most 1 MiB together. */
  readonly events: readonly SealedEvent[];
}

export type AppendResult =
  | { readonly outcome: 'appended'; readonly position: Position; readonly revision: number }
  /** Somebody else was faster: nothing was written. `actualRevision` is the stream's present one. */
  | { readonly outcome: 'conflict'; readonly actualRevision: number };

/** The tip of a stream. */
export interface StreamHead {
  readonly revision: number;
  /** Hex hash of the last event: the next one's `prevHash`. */
  readonly hash: string;
}

export interface ReadStream {
  /** First revision to read (inclusive). Forwards from 0, backwards from the end, by default. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** At most so many events; all of them by default. */
  readonly limit?: number;
}

export interface ReadAll {
  /** Exclusive; null or absent: from the beginning (forwards) or the end (backwards). */
  readonly after?: Position | null;
  readonly direction?: 'forwards' | 'backwards';
  /** Appends are not split: a page holds at least one, and about so many events. 1,000 by default. */
  readonly limit?: number;
  /** Only streams whose name starts with one of these. */
  readonly prefixes?: readonly string[];
}

/** A stretch of the log, in its order. */
export interface Page {
  readonly events: readonly StoredEvent[];
  /** Up to here everything was seen, also what the prefixes left out: the checkpoint to store. */
  readonly position: Position | null;
  /** True when, at the time of reading, nothing more was there. */
  readonly atEnd: boolean;
}

export interface Follow extends ReadAll {
  readonly signal?: AbortSignal;
}

/**
 * The log. Every adapter passes the contract suite (`./contract`) or it is not a store.
 *
 * Positions grow in the order of commits, so that reading after a checkpoint can never skip an append that
 * was committed late.
 *
 * An `append` that throws has an *unknown* outcome: it may have been written. Repeat it with the very same
 * events (`appendSurely` does); the store answers a repeated append like the first one. What another has written
 * meanwhile by the same command has the same ids and is not the same (it was recorded and sealed at another moment): that
 * is a conflict, and whoever reads on finds the command done. Only `MalformedAppend` and `LogOverloaded` say that nothing was written.
 */
export interface EventLog {
  append(append: Append): Promise<AppendResult>;
  head(stream: string): Promise<StreamHead | null>;
  readStream(stream: string, options?: ReadStream): Promise<readonly StoredEvent[]>;
  readAll(options?: ReadAll): Promise<Page>;
  /**
   * Pages from a checkpoint on, for ever, until the signal aborts. Waits for notification when at the end;
   * the next page is read when the consumer asks for it, so a slow consumer slows only itself. A page is empty when all
   * that came was left out by the prefixes: its position is a checkpoint all the same.
   * @throws LogWasRestored when the checkpoint is not of this log, or is ahead of it
   */
  follow(options?: Follow): AsyncIterable<Page>;
  /** The position of the last append; null when the log is empty. */
  lastPosition(): Promise<Position | null>;
  /** Negative, zero or positive, like a sort's comparison. @throws LogWasRestored on another epoch */
  comparePositions(a: Position, b: Position): number;
  /**
   * How many appends lie between two positions (null: the beginning); the lag of a follower. About so many where positions are
   * no numbers of appends; 0 only between the same.
   */
  distance(from: Position | null, to: Position | null): number;
  close(): Promise<void>;
}

/** The checkpoint belongs to another life of this log: the view must be rebuilt. */
export class LogWasRestored extends Error {
  override readonly name = 'LogWasRestored';
}

/** There is no log at this address, and none was to be made. */
export class LogMissing extends Error {
  override readonly name = 'LogMissing';
}

/** What the server gives is no log of ours, or was damaged: asking again does not help. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
}

/** The append can never succeed as it is: broken chain, gap in the revisions, too many or too large events. */
export class MalformedAppend extends Error {
  override readonly name = 'MalformedAppend';
}

/** Too many appends wait: this one was refused before anything was sent, so nothing was written. */
export class LogOverloaded extends Error {
  override readonly name = 'LogOverloaded';
}
