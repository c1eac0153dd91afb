import { describe, expect, it } from '@jest/globals';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createMemoryLog } from '../memory/index.ts';
import { DamagedLog } from '../port.ts';
import type { EventLog, Page } from '../port.ts';
import { createLedger } from './ledger.ts';
import { createMemoryIndex } from './memory-index.ts';

type Counted = { type: 'Counted'; data: { by: number; note: string } };
type TooMuch = { code: 'too-much' };

const actor = { account: 'a', role: 'SYSTEM', body: 'iter' };
const clear = { Counted: ['by'] };

const counter = (log: EventLog, now = () => '2026-01-01T00:00:00.000Z') => {
  const sealer = createSealer({ store: createMemoryDataKeys() });
  const ledger = createLedger<number, Counted>(
    { log, clock: { now }, sealer },
    { initial: 0, evolve: (sum, { data }) => sum + data.by, clear },
  );
  const add = (commandId: string, by = 1, requestHash = `h${by}`, stream = 'counter-1') =>
    ledger.execute<TooMuch>({
      stream,
      tenant: 't',
      actor,
      commandId,
      requestHash,
      decide: (sum) =>
        sum + by > 100 ? { code: 'too-much' } : [{ type: 'Counted', data: { by, note: 'CANARY' } }],
    });
  return { ledger, add };
};

/** Waits for it, and not for ever. */
async function until(isSo: () => boolean): Promise<void> {
  for (let left = 400; left > 0 && !isSo(); left--) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
}

describe('a ledger', () => {
  it('adds, refuses, and answers the same command the same way', async () => {
    const log = createMemoryLog();
    const { ledger, add } = counter(log);
    const first = await add('c1', 40);
    expect(first).toMatchObject({ outcome: 'done', state: 40, repeated: false });
    expect(await add('c2', 61)).toEqual({ outcome: 'rejected', rejection: { code: 'too-much' } });
    expect(await add('c1', 40)).toMatchObject({
      repeated: true,
      position: (first as { position: string }).position,
    });
    expect(await add('c1', 41)).toEqual({ outcome: 'key-reused' });
    expect(await ledger.load('counter-1')).toBe(40);
  });

  it('seals what is private', async () => {
    const log = createMemoryLog();
    await counter(log).add('c1');
    expect(JSON.stringify(await log.readAll())).not.toContain('CANARY');
  });

  it('decides again when another was faster, and loses nothing', async () => {
    const log = createMemoryLog();
    const { ledger, add } = counter(log);
    await Promise.all([...Array(8).keys()].map((i) => add(`c${i}`)));
    expect(await ledger.load('counter-1')).toBe(8);
  });

  it('never records earlier than before, whatever the clock says', async () => {
    const log = createMemoryLog();
    const times = ['2026-01-02T00:00:00.000Z', '2026-01-01T00:00:00.000Z'];
    const { add } = counter(log, () => times.shift() as string);
    await add('c1');
    await add('c2');
    const recorded = (await log.readStream('counter-1')).map(({ recordedAt }) => recordedAt);
    expect(recorded).toEqual(['2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z']);
  });
});

describe('an index in memory', () => {
  it('applies each event once, in order, and catches up on demand', async () => {
    const log = createMemoryLog();
    const { add } = counter(log);
    await add('c1', 1);
    const seen: unknown[] = [];
    const index = createMemoryIndex({
      log,
      prefixes: ['counter-'],
      apply: async ({ data }) => {
        await Promise.resolve();
        seen.push(data['by']);
      },
    });
    await add('c2', 2);
    await Promise.all([index.catchUp(), index.catchUp()]);
    await add('c3', 3);
    await index.catchUp();
    expect(seen).toEqual([1, 2, 3]);
    await index.close();
  });

  it('stops at an event that it cannot apply, and says so', async () => {
    const log = createMemoryLog();
    await counter(log).add('c1');
    const told: Error[] = [];
    const index = createMemoryIndex({
      log,
      prefixes: ['counter-'],
      apply: () => {
        throw new Error('poison');
      },
      onFailure: (error) => told.push(error),
    });
    await expect(index.catchUp()).rejects.toThrow('cannot apply Counted');
    await index.close();
    expect(told).toHaveLength(1);
    expect(index.failure()).toBe(told[0]);
  });

  it('goes on after a log that was away, and knows what came meanwhile', async () => {
    const log = createMemoryLog();
    const { add } = counter(log);
    const seen: string[] = [];
    const told: Error[] = [];
    let isAway = false;
    const away = (): void => {
      if (isAway) throw new Error('no connection');
    };
    const index = createMemoryIndex({
      log: {
        ...log,
        readAll: async (which) => (away(), log.readAll(which)),
        async *follow(which) {
          for await (const page of log.follow(which)) {
            away();
            yield page;
          }
        },
      },
      prefixes: ['counter-'],
      apply: ({ stream }) => void seen.push(stream),
      onFailure: (error) => told.push(error),
    });
    try {
      await index.catchUp();
      isAway = true;
      await add('c1');
      await expect(index.catchUp()).rejects.toThrow('no connection');
      isAway = false;
      await add('c2');
      await until(() => seen.length === 2);
      expect([seen.length, index.failure(), told]).toEqual([2, null, []]);
    } finally {
      await index.close();
    }
  });

  it('tells when a log cannot be read for long, and when it can again', async () => {
    const log = createMemoryLog();
    const told: (string | null)[] = [];
    let isBroken = true;
    const index = createMemoryIndex({
      log: {
        ...log,
        readAll: async (which) => {
          if (isBroken) throw new TypeError('no such thing');
          return log.readAll(which);
        },
      },
      prefixes: ['counter-'],
      apply: () => undefined,
      onTrouble: (trouble) => told.push(trouble && trouble.message),
      bearsMs: 50,
    });
    try {
      await until(() => told.length > 0);
      expect(index.failure()).toBeInstanceOf(TypeError);
      isBroken = false;
      await until(() => told.length > 1);
      expect([told, index.failure()]).toEqual([['no such thing', null], null]);
    } finally {
      await index.close();
    }
  });

  it('looks at the log together with the others of it, and reads only what concerns it', async () => {
    const log = createMemoryLog();
    const { add } = counter(log);
    let following = 0;
    const read: unknown[] = [];
    const watched: EventLog = {
      ...log,
      readAll: (which) => (read.push(which?.prefixes), log.readAll(which)),
      async *follow(which) {
        following++;
        try {
          yield* log.follow(which);
        } finally {
          following--;
        }
      },
    };
    const seen: string[] = [];
    const indexes = ['counter-', 'other-', 'third-'].map((prefix) =>
      createMemoryIndex({ log: watched, prefixes: [prefix], apply: ({ stream }) => void seen.push(stream) }),
    );
    try {
      await until(() => following === 1 && read.length === 6);
      await add('c1', 1, 'h1', 'other-1');
      await until(() => seen.length === 1);
      expect([following, read.slice(6)]).toEqual([1, [['other-']]]);
      // The others go on when one leaves.
      await indexes[1]!.close();
      await add('c2', 1, 'h1', 'other-1');
      await add('c3');
      await until(() => seen.length === 2);
      expect(seen).toEqual(['other-1', 'counter-1']);
    } finally {
      await Promise.all(indexes.map((index) => index.close()));
    }
    await until(() => following === 0);
  });

  it('misses nothing that the others passed by before it joined them', async () => {
    const log = createMemoryLog();
    const { add } = counter(log);
    const seen: string[] = [];
    const apply = ({ stream }: { readonly stream: string }): void => void seen.push(stream);
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    let isFirst = true;
    const slow: EventLog = {
      ...log,
      async readAll(which) {
        const page = await log.readAll(which);
        if (which?.prefixes?.includes('late-') && isFirst) {
          isFirst = false;
          await gate;
        }
        return page;
      },
    };
    const early = createMemoryIndex({ log: slow, prefixes: ['counter-'], apply });
    const late = createMemoryIndex({ log: slow, prefixes: ['late-'], apply });
    try {
      await early.catchUp();
      await add('c1', 1, 'h1', 'late-1');
      await add('c2');
      await until(() => seen.length === 1);
      goOn();
      await until(() => seen.length === 2);
      expect(seen).toEqual(['counter-1', 'late-1']);
      await add('c3', 1, 'h1', 'late-1');
      await until(() => seen.length === 3);
    } finally {
      await Promise.all([early.close(), late.close()]);
    }
  });

  it('is not stopped by what another of the same log cannot apply, or cannot read', async () => {
    const log = createMemoryLog();
    const { add } = counter(log);
    const sound = (page: Page): Page => {
      if (page.events.some(({ stream }) => stream === 'damaged-1')) throw new DamagedLog('not one of ours');
      return page;
    };
    const damaged: EventLog = {
      ...log,
      readAll: async (which) => sound(await log.readAll(which)),
      async *follow(which) {
        for await (const page of log.follow(which)) yield sound(page);
      },
    };
    const seen: string[] = [];
    const failed: Error[] = [];
    const [good, ...bad] = ['counter-', 'poison-', 'damaged-'].map((prefix) =>
      createMemoryIndex({
        log: damaged,
        prefixes: [prefix],
        apply({ stream }) {
          if (prefix === 'poison-') throw new Error('poison');
          seen.push(stream);
        },
        onFailure: (error) => failed.push(error),
      }),
    );
    try {
      await Promise.all([good!, ...bad].map((index) => index.catchUp()));
      await add('c1', 1, 'h1', 'poison-1');
      await until(() => failed.length === 1);
      await add('c2', 1, 'h1', 'damaged-1');
      await until(() => failed.length === 2);
      await add('c3');
      await until(() => seen.length === 1);
      expect(good!.failure()).toBeNull();
      expect(bad.map((index) => index.failure()?.message)).toEqual([
        'cannot apply Counted of poison-1',
        'not one of ours',
      ]);
    } finally {
      await Promise.all([good!, ...bad].map((index) => index.close()));
    }
  });
});
