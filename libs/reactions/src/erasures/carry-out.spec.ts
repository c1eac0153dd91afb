import { describe, expect, it } from '@jest/globals';
import type { ReadStream, StoredEvent } from '@iter/event-store';
import { carryOut, destroyAgain, keysOf } from './carry-out.ts';

const ordered = (carriedOutAt: string | null, ...ids: string[]) =>
  ids.map((caseId) => ({ caseId, keys: [], orderedAt: '2026-03-06T08:59:00.000Z', carriedOutAt }));

function house(before: readonly string[] = ['d', 'e']) {
  const portions: number[] = [];
  const due = ordered(null, 'a', 'b', 'c');
  const destroyed: string[] = [];
  const carriedOut: string[] = [];
  const ports = {
    due: () => due,
    list: () => [...due, ...ordered('2026-03-06T09:00:00.000Z', ...before)],
    async destroy(erasures: readonly { readonly caseId: string }[]) {
      if (erasures.some(({ caseId }) => caseId === 'a')) throw new Error('no');
      portions.push(erasures.length);
      destroyed.push(...erasures.map(({ caseId }) => caseId));
    },
    carriedOut: async (caseId: string) => void carriedOut.push(caseId),
    onOrdered: () => () => undefined,
  };
  return { ports, destroyed, portions, carriedOut, stopping: new AbortController() };
}

it('one that cannot be carried out keeps none of the others waiting, and is told', async () => {
  const { ports, destroyed, carriedOut, stopping } = house();
  await expect(carryOut(ports, stopping.signal)).rejects.toThrow('no');
  expect([destroyed, carriedOut]).toEqual([
    ['b', 'c'],
    ['b', 'c'],
  ]);
  stopping.abort();
  await carryOut(ports, stopping.signal);
  expect(carriedOut).toEqual(['b', 'c']);
});

it('what was carried out before is destroyed again, and not noted again', async () => {
  const { ports, destroyed, carriedOut, stopping } = house();
  await destroyAgain(ports, stopping.signal);
  expect([destroyed, carriedOut]).toEqual([['d', 'e'], []]);
  stopping.abort();
  await destroyAgain(ports, stopping.signal);
  expect(destroyed).toEqual(['d', 'e']);
});

it('of what was carried out long ago nothing is looked for again until the next start', async () => {
  const { ports, destroyed, stopping } = house();
  await destroyAgain(ports, stopping.signal, '2026-03-06T09:00:00.001Z');
  expect(destroyed).toEqual([]);
  await destroyAgain(ports, stopping.signal, '2026-03-06T09:00:00.000Z');
  expect(destroyed).toEqual(['d', 'e']);
});

it('many are destroyed again together, and no more than can be at once', async () => {
  const { ports, portions, stopping } = house(Array.from({ length: 1_234 }, (_, n) => `e${n}`));
  await destroyAgain(ports, stopping.signal);
  expect(portions).toEqual([500, 500, 234]);
});

describe('the keys that go', () => {
  const orderedAt = '2026-03-06T09:00:00.000Z';
  /** A case of which so many events were written long before the order, and these keys after it. */
  function caseOf(before: number, ...late: readonly string[]) {
    const old = Array.from({ length: before }, () => ({
      keyId: 'old',
      recordedAt: '2026-02-01T08:00:00.000Z',
    }));
    const since = late.map((keyId) => ({ keyId, recordedAt: '2026-03-06T08:59:59.000Z' }));
    const stored = [...old, ...since].map((event, revision) => ({ ...event, revision }) as StoredEvent);
    let read = 0;
    const readStream = async (_: string, { from = stored.length - 1, limit = Infinity }: ReadStream = {}) => {
      const events = stored.slice(Math.max(0, from - limit + 1), from + 1).reverse();
      read += events.length;
      return events;
    };
    const ask = () => keysOf({ readStream }, [{ caseId: 'c', keys: ['named'], orderedAt }]);
    return { ask, read: () => read };
  }

  it('are those named by the order and those of late writers, however many', async () => {
    expect(await caseOf(0).ask()).toEqual(['named']);
    expect(await caseOf(3).ask()).toEqual(['named', 'old']);
    const keys = Array.from({ length: 120 }, (_, n) => `late ${n}`);
    expect((await caseOf(10, ...keys).ask()).filter((key) => key.startsWith('late'))).toHaveLength(120);
  });

  it('are looked for in the end of a case alone', async () => {
    const long = caseOf(10_000, 'late');
    expect(await long.ask()).toContain('late');
    expect(long.read()).toBeLessThanOrEqual(50);
  });
});
