import { randomUUID } from 'node:crypto';

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface RecordedEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Grows, with holes: it stands for an offset in bytes. Commit and prepare position are the same. */
  readonly position: bigint;
  readonly createdMs: number;
}

export type Expected = 'any' | 'no-stream' | 'stream-exists' | number;

export type Appended =
  | { readonly outcome: 'appended'; readonly last: RecordedEvent }
  | { readonly outcome: 'wrong-revision'; readonly current: number }
  | { readonly outcome: 'too-large' | 'deleted' };

interface Stream {
  readonly events: RecordedEvent[];
  isTombstoned: boolean;
}

/** What the server lets an append be at most: all its events together, in bytes. */
export const mostAppendBytes = 1024 * 1024;

const metadataOf = (stream: string): string => `$$${stream}`;
const sizeOf = ({ type, data, metadata }: ProposedEvent): number =>
  data.length + metadata.length + 2 * type.length;

/** What an EventStoreDB keeps: streams and `$all`, with its rules about repeated, conflicting and deleted writes. */
export class EsdbStore {
  #streams = new Map<string, Stream>();
  #log: RecordedEvent[] = [];
  #nextPosition = 1_000n;
  readonly #listeners = new Set<() => void>();

  /** Every event, system events included, in the order of commits. */
  get log(): readonly RecordedEvent[] {
    return this.#log;
  }

  /** The stream's last revision; -1 when there is none. */
  revisionOf(stream: string): number {
    return this.#streams.get(stream)?.events.at(-1)?.revision ?? -1;
  }

  isTombstoned(stream: string): boolean {
    return this.#streams.get(stream)?.isTombstoned ?? false;
  }

  /** Events of a stream that reading shows: none before what `$tb` says. */
  visible(stream: string): readonly RecordedEvent[] {
    const events = this.#streams.get(stream)?.events ?? [];
    const about = this.#streams.get(metadataOf(stream))?.events.at(-1);
    if (!about) return events;
    const { $tb = 0 } = JSON.parse(Buffer.from(about.data).toString()) as { $tb?: number };
    return events.filter(({ revision }) => revision >= $tb);
  }

  append(stream: string, expected: Expected, events: readonly ProposedEvent[]): Appended {
    if (events.reduce((sum, event) => sum + sizeOf(event), 0) > mostAppendBytes)
      return { outcome: 'too-large' };
    const checked = this.#check(stream, expected, events);
    return checked ?? { outcome: 'appended', last: this.#write(stream, events) };
  }

  /**
   * Null when it may be written. Only ids are compared, never what the events say.
   * Source: EventStore oss-v24.6.0, IndexWriter.CheckCommit
   */
  #check(stream: string, expected: Expected, events: readonly ProposedEvent[]): Appended | null {
    const there = this.#streams.get(stream);
    if (there?.isTombstoned) return { outcome: 'deleted' };
    const current = this.revisionOf(stream);
    const wrong: Appended = { outcome: 'wrong-revision', current };
    if (expected === 'stream-exists' && current < 0) return wrong;
    if (expected === 'any' || expected === 'stream-exists') {
      const found = events.map(({ id }) => there?.events.find((event) => event.id === id));
      if (!found[0]) return null;
      return found.every((event) => event !== undefined)
        ? { outcome: 'appended', last: found.at(-1)! }
        : wrong;
    }
    const after = expected === 'no-stream' ? -1 : expected;
    if (after === current) return null;
    const repeated = there?.events.filter(
      ({ revision }) => revision > after && revision <= after + events.length,
    );
    const isRepetition =
      repeated?.length === events.length && repeated.every(({ id }, i) => id === events[i]!.id);
    return isRepetition ? { outcome: 'appended', last: repeated.at(-1)! } : wrong;
  }

  #write(stream: string, events: readonly ProposedEvent[]): RecordedEvent {
    const there = this.#streams.get(stream) ?? { events: [], isTombstoned: false };
    this.#streams.set(stream, there);
    for (const event of events) {
      const revision = (there.events.at(-1)?.revision ?? -1) + 1;
      const recorded = {
        ...event,
        ...{ stream, revision, position: this.#nextPosition, createdMs: Date.now() },
      };
      this.#nextPosition += BigInt(60 + stream.length + sizeOf(event));
      there.events.push(recorded);
      this.#log.push(recorded);
    }
    this.#tell();
    return there.events.at(-1)!;
  }

  /** Hides all that is there; the next append goes on with the revisions. */
  softDelete(stream: string): bigint {
    const data = Buffer.from(JSON.stringify({ $tb: this.revisionOf(stream) + 1 }));
    const about = { id: randomUUID(), type: '$metadata', contentType: 'application/json' };
    return this.#write(metadataOf(stream), [{ ...about, data, metadata: new Uint8Array() }]).position;
  }

  /** Ends a stream for ever. */
  tombstone(stream: string): bigint {
    const there = this.#streams.get(stream) ?? { events: [], isTombstoned: false };
    this.#streams.set(stream, there);
    there.isTombstoned = true;
    const at = this.#nextPosition;
    this.#nextPosition += 60n;
    return at;
  }

  /** What a copy of the server's files would hold now. @returns puts it back: whatever came later is gone */
  backup(): () => void {
    const log = [...this.#log];
    const nextPosition = this.#nextPosition;
    const streams = [...this.#streams].map(
      ([name, { events, isTombstoned }]) => [name, { events: [...events], isTombstoned }] as const,
    );
    return () => {
      this.#log = [...log];
      this.#nextPosition = nextPosition;
      this.#streams = new Map(
        streams.map(([name, { events, isTombstoned }]) => [name, { events: [...events], isTombstoned }]),
      );
    };
  }

  /** Called after every write. @returns ends it */
  onWrite(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
