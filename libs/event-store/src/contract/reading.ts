import { describe, expect, it } from '@jest/globals';
import { hashEvent } from '../chain.ts';
import type { Position } from '../envelope.ts';
import { LogWasRestored } from '../port.ts';
import type { ReadStream } from '../port.ts';
import type { Context } from './context.ts';
import { appendOf } from './events.ts';

/** What `readStream`, `readAll` and the positions promise. */
export function describeReading(context: Context): void {
  const { newStream } = context;
  const grow = context.grow.bind(context);
  const drain = context.drain.bind(context);

  describe('reading a stream', () => {
    it('goes forwards and backwards from any revision, also in the middle of an append, with a limit', async () => {
      const stream = newStream();
      const wide = appendOf(stream, null, stream, Array(7).fill({}));
      await context.log.append(wide);
      await grow(stream, 2);
      const all = Array.from({ length: 11 }, (_, i) => i);
      for (const from of [undefined, -5, 0, 1, 3, 6, 7, 8, 10, 11, 99])
        for (const limit of [undefined, 0, 1, 2, 4, 7, 50]) {
          const ask = async (direction: ReadStream['direction']): Promise<number[]> => {
            const options = {
              direction,
              ...(from === undefined ? {} : { from }),
              ...(limit === undefined ? {} : { limit }),
            };
            return (await context.log.readStream(stream, options as ReadStream)).map(
              ({ revision }) => revision,
            );
          };
          const onwards = all.filter((revision) => revision >= (from ?? 0));
          expect([from, limit, await ask('forwards')]).toEqual([from, limit, onwards.slice(0, limit)]);
          const back = all.toReversed().filter((revision) => revision <= (from ?? 99));
          expect([from, limit, await ask('backwards')]).toEqual([from, limit, back.slice(0, limit)]);
        }
    });

    it('gives many who ask at the same time what each asked for', async () => {
      const streams = Array.from({ length: 150 }, () => newStream());
      await Promise.all(streams.map((stream, n) => grow(stream, 1 + (n % 3))));
      const long = newStream();
      const first = appendOf(long, null, long, Array(900).fill({}));
      await context.log.append(first);
      const tip = first.events.at(-1)!;
      const head = { revision: tip.revision, hash: hashEvent(tip) };
      await context.log.append(appendOf(long, head, `${long} again`, Array(900).fill({})));
      const absent = newStream();

      const read = async (stream: string, from?: number, limit?: number): Promise<string[]> => {
        const options = { ...(from !== undefined && { from }), ...(limit !== undefined && { limit }) };
        const events = await context.log.readStream(stream, options);
        return events.map((event) => `${event.stream}/${event.revision}`);
      };
      const wanted = (stream: string, from: number, to: number): string[] =>
        Array.from({ length: Math.max(0, to - from) }, (_, i) => `${stream}/${from + i}`);
      const asked = [...streams.slice(0, 75), long, absent, ...streams.slice(75)];
      const answers = await Promise.all([
        ...asked.map((stream) => read(stream)),
        ...streams.map((stream) => read(stream, 1, 2)),
        read(long, 850, 100),
        read(long, 700),
        read(long, 1_800),
      ]);
      const lengthOf = (n: number): number => 2 * (1 + (n % 3));
      const whole = streams.map((stream, n) => wanted(stream, 0, lengthOf(n)));
      expect(answers).toEqual([
        ...[...whole.slice(0, 75), wanted(long, 0, 1_800), [], ...whole.slice(75)],
        ...streams.map((stream, n) => wanted(stream, 1, Math.min(3, lengthOf(n)))),
        ...[wanted(long, 850, 950), wanted(long, 700, 1_800), []],
      ]);
    });

    it('finds nothing where there is no stream', async () => {
      expect(await context.log.readStream(newStream())).toEqual([]);
      expect(await context.log.readStream(newStream(), { direction: 'backwards' })).toEqual([]);
      expect(await context.log.head(newStream())).toBeNull();
    });
  });

  describe('reading the whole', () => {
    it('sees every append once, in order, in pages, forwards and backwards', async () => {
      const { log } = context;
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
      const end = await log.lastPosition();
      expect([log.distance(end, end), log.distance(null, null)]).toEqual([0, 0]);
      if (context.countsAppends) {
        expect(log.distance(start, end)).toBe(12);
        expect(log.distance(null, start) + 12).toBe(log.distance(null, end));
      } else {
        expect(log.distance(start, end)).toBeGreaterThanOrEqual(1);
        expect(log.distance(end, start)).toBe(-log.distance(start, end));
        expect(log.distance(null, end)).toBeGreaterThan(log.distance(start, end));
      }

      const whole = await drain(null);
      expect(whole.slice(-24)).toEqual(events);
      expect(await drain(null, { direction: 'backwards' })).toEqual(whole.toReversed());
      const middle = events[9]!.position;
      const before = whole.filter(({ position }) => log.comparePositions(position, middle) < 0);
      expect(await drain(middle, { direction: 'backwards' })).toEqual(before.toReversed());
    });

    it('gives only the streams that are asked for', async () => {
      const start = await context.log.lastPosition();
      const [first, second, third] = [newStream('apple'), newStream('apples'), newStream('pear')];
      for (const stream of [first, second, third, newStream()]) await grow(stream, 1);
      const of = async (...prefixes: string[]): Promise<string[]> => [
        ...new Set((await drain(start, { prefixes })).map(({ stream }) => stream)),
      ];
      expect(await of('apple-')).toEqual([first]);
      expect(await of('apple')).toEqual([first, second]);
      expect(await of('apple', 'apple-', 'pear-')).toEqual([first, second, third]);
      expect(await of('nothing-')).toEqual([]);
      expect(await of()).toEqual([]);
      const back = await drain(null, { prefixes: ['apple', 'pear-'], direction: 'backwards' });
      expect(back).toEqual((await drain(null, { prefixes: ['apple', 'pear-'] })).toReversed());
    });

    it('refuses a checkpoint of another log, one that is ahead, and what is none', async () => {
      const { log } = context;
      const last = (await log.lastPosition())!;
      const ahead = last.replace(/\d+$/, (n) => String(Number(n) + 1));
      for (const position of ['ffffffff-1', ahead, 'none', ''] as Position[]) {
        await expect(log.readAll({ after: position })).rejects.toThrow(LogWasRestored);
        const pages = log.follow({ after: position })[Symbol.asyncIterator]();
        await expect(pages.next()).rejects.toThrow(LogWasRestored);
      }
      expect(() => log.comparePositions(last, 'ffffffff-1')).toThrow(LogWasRestored);
    });
  });
}
