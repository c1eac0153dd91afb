import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashEvent, verifyStream } from '../chain.ts';
import type { Position, SealedEvent, StoredEvent } from '../envelope.ts';
import { LogWasRestored, MalformedAppend } from '../port.ts';
import type { EventLog } from '../port.ts';
import { appendOf } from './events.ts';

export interface LogUnderTest {
  readonly log: EventLog;
  /** Another client of the same log, as another process would have it; absent where there is none. */
  readonly other?: EventLog;
  close(): Promise<void>;
}

const sealed = ({ position: _, index: __, ...event }: StoredEvent): SealedEvent => event;

/** What every store promises. An adapter that fails one of these is not a store. */
export function describeEventLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(name, () => {
    let under: LogUnderTest;
    let log: EventLog;
    let count = 0;
    const newStream = (prefix = 'case'): string => `${prefix}-${(count++).toString().padStart(4, '0')}`;
    beforeAll(async () => {
      under = await open();
      log = under.log;
    });
    afterAll(() => under.close());

    /** Appends so many commands of two events each behind the head. */
    const grow = async (stream: string, commands: number): Promise<void> => {
      for (let i = 0; i < commands; i++) {
        const append = appendOf(stream, await log.head(stream), `${stream}/${i}/${count++}`, [
          { i },
          { i, ü: 'è\u0000' },
        ]);
        expect((await log.append(append)).outcome).toBe('appended');
      }
    };
    const drain = async (after: Position | null, prefixes?: readonly string[]): Promise<StoredEvent[]> => {
      const events: StoredEvent[] = [];
      for (let at = after; ;) {
        const page = await log.readAll({ after: at, limit: 7, ...(prefixes ? { prefixes } : {}) });
        events.push(...page.events);
        at = page.position;
        if (page.atEnd) return events;
      }
    };

    describe('appending', () => {
      it('gives back the very events, chained', async () => {
        const stream = newStream();
        const append = appendOf(stream, null, stream, [{ a: 1 }, { b: { deep: ['è', null, true, 0.1] } }]);
        const result = await log.append(append);
        expect(result).toMatchObject({ outcome: 'appended', revision: 1 });
        const events = await log.readStream(stream);
        expect(events.map(sealed)).toEqual(append.events);
        expect(events.map(({ index }) => index)).toEqual([0, 1]);
        expect(await log.head(stream)).toEqual({ revision: 1, hash: hashEvent(append.events[1]!) });
        await grow(stream, 3);
        expect(verifyStream(await log.readStream(stream))).toBeNull();
      });

      it('needs the revision the writer has seen', async () => {
        const stream = newStream();
        await grow(stream, 1);
        const head = await log.head(stream);
        expect(await log.append(appendOf(stream, null, 'late starter'))).toEqual({
          outcome: 'conflict',
          actualRevision: 1,
        });
        expect(await log.append(appendOf(stream, { revision: 7, hash: head!.hash }, 'ahead'))).toEqual({
          outcome: 'conflict',
          actualRevision: 1,
        });
        expect(
          await log.append(appendOf(newStream(), { revision: 0, hash: head!.hash }, 'no stream')),
        ).toEqual({
          outcome: 'conflict',
          actualRevision: -1,
        });
        expect(await log.readStream(stream)).toHaveLength(2);
      });

      it('answers a repetition like the first time, also when the stream has gone on', async () => {
        const stream = newStream();
        const append = appendOf(stream, null, stream, [{ a: 1 }, { a: 2 }]);
        const first = await log.append(append);
        expect(await log.append(append)).toEqual(first);
        await grow(stream, 2);
        expect(await log.append(append)).toEqual(first);
        expect(await log.readStream(stream)).toHaveLength(6);
      });

      it('lets exactly one of many writers win each revision, and loses only the losers', async () => {
        const stream = newStream();
        const bystander = newStream();
        const writers = Array.from({ length: 16 }, (_, w) => (w % 2 && under.other ? under.other : log));
        let won = 0;
        const write = async (client: EventLog, w: number): Promise<void> => {
          for (let i = 0; i < 10; i++) {
            const head = await client.head(stream);
            const { outcome } = await client.append(appendOf(stream, head, `${stream}/${w}/${i}`));
            if (outcome === 'appended') won++;
          }
        };
        await Promise.all([...writers.map(write), grow(bystander, 20)]);
        const events = await log.readStream(stream);
        expect(events).toHaveLength(won);
        expect(verifyStream(events)).toBeNull();
        expect(await log.readStream(bystander)).toHaveLength(40);
      });

      it.each<[string, (stream: string) => Parameters<EventLog['append']>[0]]>([
        ['no events', (stream) => ({ stream, expectedRevision: -1, events: [] })],
        ['too many events', (stream) => appendOf(stream, null, 'x', Array(1_001).fill({}))],
        ['too large events', (stream) => appendOf(stream, null, 'x', [{ text: 'x'.repeat(1024 * 1024) }])],
        ['a name with spaces', () => appendOf('case 1', null, 'x')],
        ['another stream’s events', (stream) => ({ ...appendOf(stream, null, 'x'), stream: `${stream}b` })],
        ['a gap', (stream) => ({ ...appendOf(stream, null, 'x'), expectedRevision: 3 })],
        [
          'a broken chain',
          (stream) => {
            const append = appendOf(stream, null, 'x', [{ a: 1 }, { a: 2 }]);
            return { ...append, events: [{ ...append.events[0]!, data: { a: 9 } }, append.events[1]!] };
          },
        ],
      ])('refuses %s and writes nothing', async (_, make) => {
        const stream = newStream();
        await expect(Promise.resolve().then(() => log.append(make(stream)))).rejects.toThrow(MalformedAppend);
        expect(await log.head(stream)).toBeNull();
      });

      it('refuses an event that does not follow from the head', async () => {
        const stream = newStream();
        await grow(stream, 1);
        const forged = appendOf(stream, { revision: 1, hash: 'f'.repeat(64) }, 'forged');
        await expect(Promise.resolve().then(() => log.append(forged))).rejects.toThrow(MalformedAppend);
      });
    });

    describe('reading a stream', () => {
      it('goes forwards and backwards from any revision, with a limit', async () => {
        const stream = newStream();
        await grow(stream, 5);
        const revisions = async (options: Parameters<EventLog['readStream']>[1]) =>
          (await log.readStream(stream, options)).map(({ revision }) => revision);
        expect(await revisions({ from: 3, limit: 4 })).toEqual([3, 4, 5, 6]);
        expect(await revisions({ from: 99 })).toEqual([]);
        expect(await revisions({ direction: 'backwards', limit: 3 })).toEqual([9, 8, 7]);
        expect(await revisions({ direction: 'backwards', from: 4 })).toEqual([4, 3, 2, 1, 0]);
        expect(await revisions({ direction: 'backwards', from: 99, limit: 1 })).toEqual([9]);
        expect(await log.readStream(newStream())).toEqual([]);
        expect(await log.head(newStream())).toBeNull();
      });
    });

    describe('reading the whole', () => {
      it('sees every append once, in order, in pages', async () => {
        const start = await log.lastPosition();
        const streams = [newStream(), newStream(), newStream('body')];
        for (const stream of [...streams, ...streams]) await grow(stream, 2);
        const events = await drain(start);
        expect(events).toHaveLength(24);
        for (const stream of streams) {
          const own = events.filter((event) => event.stream === stream);
          expect(own.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
        }
        events.slice(1).forEach((event, i) => {
          const step = log.comparePositions(event.position, events[i]!.position);
          expect(step > 0 || (step === 0 && event.index === events[i]!.index + 1)).toBe(true);
        });
        expect((await drain(start, ['body-'])).map(({ stream }) => stream)).toEqual(
          Array(8).fill(streams[2]),
        );
        expect(log.distance(start, await log.lastPosition())).toBe(12);

        const back = await log.readAll({ direction: 'backwards', limit: 6 });
        const reversed = events.toReversed().slice(0, back.events.length);
        expect(back.events.map(({ id }) => id)).toEqual(reversed.map(({ id }) => id));
      });

      it('refuses a checkpoint of another log, or one that is ahead', async () => {
        const stranger = 'ffffffff-1' as Position;
        await expect(log.readAll({ after: stranger })).rejects.toThrow(LogWasRestored);
        const last = await log.lastPosition();
        const ahead = last!.replace(/\d+$/, (n) => String(Number(n) + 1)) as Position;
        await expect(log.readAll({ after: ahead })).rejects.toThrow(LogWasRestored);
      });
    });

    describe('following', () => {
      it('waits for what comes, skips nothing while many write, and ends when told', async () => {
        const start = await log.lastPosition();
        const stop = new AbortController();
        const wanted = 16 * 10 * 2;
        const seen: StoredEvent[] = [];
        const following = (async () => {
          for await (const page of log.follow({ after: start, limit: 10, signal: stop.signal })) {
            seen.push(...page.events);
            if (seen.length >= wanted) stop.abort();
          }
        })();
        const streams = Array.from({ length: 16 }, () => newStream('follow'));
        await Promise.all(streams.map((stream) => grow(stream, 10)));
        await following;
        expect(seen.map(({ id }) => id)).toEqual((await drain(start)).map(({ id }) => id));
        expect(new Set(seen.map(({ id }) => id)).size).toBe(wanted);
      });

      it('lets a slow consumer take its time, and passes over what is not asked for', async () => {
        const start = await log.lastPosition();
        await grow(newStream('other'), 3);
        const stream = newStream('wanted');
        await grow(stream, 3);
        const pages = log.follow({ after: start, limit: 3, prefixes: ['wanted-'] })[Symbol.asyncIterator]();
        const seen: StoredEvent[] = [];
        while (seen.length < 6) {
          const { value } = await pages.next();
          seen.push(...(value?.events ?? []));
          await grow(newStream('other'), 1);
        }
        await pages.return?.();
        expect(seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
      });
    });
  });
}
