import { describe, expect, it } from '@jest/globals';
import { ahead } from './ahead.ts';

/** Tells what was asked of it. */
function source(values: readonly (string | Error)[], told: string[]): AsyncGenerator<string> {
  return (async function* () {
    try {
      for (const value of values) {
        told.push('asked');
        if (value instanceof Error) throw value;
        yield value;
      }
    } finally {
      told.push('ended');
    }
  })();
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('ahead', () => {
  it('asks for the next while one is consumed, where that one says that there is more', async () => {
    const told: string[] = [];
    for await (const value of ahead(source(['more', 'last'], told), (it) => it === 'more')) {
      await soon();
      told.push(value);
    }
    expect(told).toEqual(['asked', 'asked', 'more', 'last', 'ended']);
  });

  it('gives what came before an error, then throws it', async () => {
    const told: string[] = [];
    const values = ahead(source(['one', new Error('broken')], told), () => true);
    expect(await values.next()).toEqual({ done: false, value: 'one' });
    await soon();
    await expect(values.next()).rejects.toThrow('broken');
    expect(told).toEqual(['asked', 'asked', 'ended']);
  });

  it('ends the source when nobody wants more', async () => {
    const told: string[] = [];
    for await (const _ of ahead(source(['one', 'two', 'three'], told), () => true)) break;
    expect(told).toEqual(['asked', 'asked', 'ended']);
  });
});
