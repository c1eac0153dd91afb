import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeAppending } from './appending.ts';
import { createContext } from './context.ts';
import type { LogUnderTest } from './context.ts';
import { appendOf } from './events.ts';
import { describeFollowing } from './following.ts';
import { describeReading } from './reading.ts';
import { describeSigning } from './signing.ts';

export type { LogUnderTest } from './context.ts';

/** What every store promises. An adapter that fails one of these is not a store. */
export function describeEventLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(name, () => {
    let under: LogUnderTest;
    const context = createContext(() => under);
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.close());

    it('is empty at first', async () => {
      expect(await context.log.lastPosition()).toBeNull();
      expect(await context.log.readAll()).toEqual({ events: [], position: null, atEnd: true });
      const back = await context.log.readAll({ direction: 'backwards' });
      expect(back).toEqual({ events: [], position: null, atEnd: true });
    });
    describeAppending(context);
    describeReading(context);
    describeFollowing(context);
    describeSigning(context);

    it('lets followers go when it is closed, and takes nothing more', async () => {
      const own = await open();
      const following = (async () => {
        const pages = [];
        for await (const page of own.log.follow()) pages.push(page);
        return pages;
      })();
      await own.log.lastPosition();
      await own.log.close();
      await own.close();
      expect(await following).toEqual([]);
      await expect(own.log.append(appendOf('case-1', null, 'late'))).rejects.toThrow('closed');
    });
  });
}
