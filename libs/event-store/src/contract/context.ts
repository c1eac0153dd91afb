import { expect } from '@jest/globals';
import type { JsonObject, Position, SealedEvent, StoredEvent } from '../envelope.ts';
import type { EventLog, ReadAll } from '../port.ts';
import { appendOf } from './events.ts';

export interface LogUnderTest {
  readonly log: EventLog;
  /** Another client of the same log, as another process would have it; absent where there is none. */
  readonly other?: EventLog;
  /** Its positions are no numbers of appends: distances tell before from after, and how much there is about. */
  readonly estimatesDistances?: true;
  close(): Promise<void>;
}

/** What the parts of the suite share: the log, and short ways to fill and read it. */
export interface Context {
  readonly log: EventLog;
  /** The other client where there is one, else the same. */
  readonly other: EventLog;
  readonly countsAppends: boolean;
  /** A name that no other test uses. */
  newStream(prefix?: string): string;
  /** Appends so many commands of two events each behind the head. */
  grow(stream: string, commands: number): Promise<void>;
  /** Everything after a position (before it, backwards), in pages as small as wanted. */
  drain(after: Position | null, options?: ReadAll): Promise<StoredEvent[]>;
}

/** Without its place: what was given to the log. */
export const sealed = ({ position: _, index: __, ...event }: StoredEvent): SealedEvent => event;

/** @param under answers only while tests run */
export function createContext(under: () => LogUnderTest): Context {
  let count = 0;
  return {
    get log() {
      return under().log;
    },
    get other() {
      return under().other ?? under().log;
    },
    get countsAppends() {
      return under().estimatesDistances !== true;
    },
    newStream: (prefix = 'case') => `${prefix}-${(count++).toString().padStart(5, '0')}`,
    async grow(stream, commands) {
      for (let i = 0; i < commands; i++) {
        const data: JsonObject[] = [{ i }, { i, ü: 'è\u0000' }];
        const append = appendOf(stream, await this.log.head(stream), `${stream}/${i}/${count++}`, data);
        expect((await this.log.append(append)).outcome).toBe('appended');
      }
    },
    async drain(after, options = {}) {
      const events: StoredEvent[] = [];
      for (let at = after; ;) {
        const page = await this.log.readAll({ limit: 7, ...options, after: at });
        events.push(...page.events);
        at = page.position;
        if (page.atEnd) return events;
      }
    },
  };
}
