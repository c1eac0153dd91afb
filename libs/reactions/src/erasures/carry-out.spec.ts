import { expect, it } from '@jest/globals';
import { carryOut, destroyAgain } from './carry-out.ts';

const ordered = (carriedOutAt: string | null, ...ids: string[]) =>
  ids.map((caseId) => ({ caseId, keys: [], carriedOutAt }));

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
