import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../envelope.ts';
import type { Context } from './context.ts';

/** What `follow` promises. */
export function describeFollowing(context: Context): void {
  const { newStream } = context;
  const grow = context.grow.bind(context);
  const drain = context.drain.bind(context);

  describe('following', () => {
    it('waits for what comes, skips nothing while many write, and ends when told', async () => {
      const start = await context.log.lastPosition();
      const stop = new AbortController();
      const wanted = 32 * 6 * 2;
      const follow = async (): Promise<string[]> => {
        const seen: string[] = [];
        for await (const page of context.other.follow({ after: start, limit: 10, signal: stop.signal })) {
          seen.push(...page.events.map(({ id }) => id));
          if (seen.length >= wanted) return seen;
        }
        return seen;
      };
      const following = [follow(), follow()];
      const streams = Array.from({ length: 32 }, () => newStream('follow'));
      await Promise.all(streams.map((stream) => grow(stream, 6)));
      const seen = await Promise.all(following);
      const written = (await drain(start)).map(({ id }) => id);
      expect(new Set(written).size).toBe(wanted);
      expect(seen).toEqual([written, written]);
      stop.abort();
    });

    it('ends when told, also while it waits', async () => {
      const stop = new AbortController();
      const after = await context.log.lastPosition();
      const pages = context.log.follow({ after, signal: stop.signal })[Symbol.asyncIterator]();
      const next = pages.next();
      await context.log.lastPosition();
      stop.abort();
      expect(await next).toEqual({ done: true, value: undefined });
      expect(await pages.next()).toEqual({ done: true, value: undefined });
    });

    it('lets a slow consumer take its time, and passes over what is not asked for', async () => {
      const { log } = context;
      const start = await log.lastPosition();
      await grow(newStream('other'), 3);
      const stream = newStream('wanted');
      await grow(stream, 3);
      const pages = log.follow({ after: start, limit: 3, prefixes: ['wanted-'] })[Symbol.asyncIterator]();
      const seen: StoredEvent[] = [];
      let checkpoint = start;
      while (seen.length < 6) {
        const { value } = await pages.next();
        seen.push(...(value?.events ?? []));
        checkpoint = value?.position ?? null;
        await grow(newStream('other'), 1);
      }
      await pages.return?.();
      expect(seen.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(await drain(checkpoint, { prefixes: ['wanted-'] })).toEqual([]);
    });
  });
}
