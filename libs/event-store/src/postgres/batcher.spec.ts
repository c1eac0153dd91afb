import { describe, expect, it } from '@jest/globals';
import { appendOf } from '../contract/events.ts';
import { LogOverloaded } from '../port.ts';
import { createBatcher } from './batcher.ts';

describe('the batcher', () => {
  it('shares one statement among those who wait, keeps a stream to one place in it, and fails only its batch', async () => {
    const batches: string[][] = [];
    let finish: (error?: Error) => void = () => undefined;
    const batcher = createBatcher({
      mostWaiting: 3,
      write: (entries) => {
        batches.push(entries.map(({ stream }) => stream));
        return new Promise<string[]>((resolve, reject) => {
          finish = (error) => (error ? reject(error) : resolve(entries.map(({ stream }) => stream)));
        });
      },
    });
    const add = (stream: string): Promise<string> => batcher.add(appendOf(stream, null, stream));
    const first = add('a-1');
    await Promise.resolve();
    const rest = [add('a-2'), add('a-3'), add('a-2')];
    expect(() => add('a-4')).toThrow(LogOverloaded);
    finish(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    finish();
    expect(await Promise.all(rest.slice(0, 2))).toEqual(['a-2', 'a-3']);
    finish();
    expect(await rest[2]).toBe('a-2');
    expect(batches).toEqual([['a-1'], ['a-2', 'a-3'], ['a-2']]);
  });

  it('parts those who come back together, so that one half prepares while the other is written', async () => {
    const sizes: number[] = [];
    const batcher = createBatcher({
      write: async (entries) => {
        sizes.push(entries.length);
        // The answer comes in a turn of its own, as over a socket.
        await new Promise(setImmediate);
        return entries.map(({ stream }) => stream);
      },
    });
    const caller = async (name: number): Promise<void> => {
      for (let step = 0; step < 4; step++) await batcher.add(appendOf(`caller-${name}-${step}`, null, 'x'));
    };
    await Promise.all(Array.from({ length: 8 }, (_, name) => caller(name)));
    expect(sizes).toEqual([8, 4, 4, 4, 4, 4, 4]);
  });

  it('bounds a batch, and what waits, by count and by length', async () => {
    const sizes: number[] = [];
    const lengths: number[] = [];
    const batcher = createBatcher({
      mostAppends: 4,
      mostLength: 5_000,
      mostWaitingLength: 60_000,
      write: async (entries) => {
        sizes.push(entries.length);
        lengths.push(entries.reduce((sum, { events }) => sum + events.length, 0));
        return entries.map(({ stream }) => stream);
      },
    });
    const add = (stream: string, length: number): Promise<string> =>
      batcher.add(appendOf(stream, null, stream, [{ text: 'x'.repeat(length) }]));
    const small = Array.from({ length: 9 }, (_, i) => add(`small-${i}`, 10));
    const large = Array.from({ length: 4 }, (_, i) => add(`large-${i}`, 9_000));
    expect(() => add('large-4', 30_000)).toThrow(LogOverloaded);
    await Promise.all([...small, ...large]);
    expect(sizes).toEqual([4, 4, 1, 1, 1, 1, 1]);
    expect(Math.max(...lengths.slice(0, 3))).toBeLessThan(5_000);
    await batcher.drain();
    expect(await add('after-1', 10)).toBe('after-1');
  });
});
