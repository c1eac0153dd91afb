import { expect, it } from '@jest/globals';
import { carryOut, destroyAgain } from './carry-out.ts';

const ordered = (carriedOutAt: string | null, ...ids: string[]) =>
  ids.map((caseId) => ({ caseId, keys: [], carriedOutAt }));

function house() {
  const due = ordered(null, 'a', 'b', 'c');
  const destroyed: string[] = [];
  const carriedOut: string[] = [];
  const ports = {
    due: () => due,
    list: () => [...due, ...ordered('2026-03-06T09:00:00.000Z', 'd', 'e')],
    async destroy({ caseId }: { readonly caseId: string }) {
      if (caseId === 'a') throw new Error('no');
      destroyed.push(caseId);
    },
    carriedOut: async (caseId: string) => void carriedOut.push(caseId),
    onOrdered: () => () => undefined,
  };
  return { ports, destroyed, carriedOut, stopping: new AbortController() };
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
