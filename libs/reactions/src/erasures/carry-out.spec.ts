import { expect, it } from '@jest/globals';
import { carryOut } from './carry-out.ts';

it('one that cannot be carried out keeps none of the others waiting, and is told', async () => {
  const carriedOut: string[] = [];
  const ports = {
    due: () => ['a', 'b', 'c'].map((caseId) => ({ caseId, keys: [] })),
    async destroy({ caseId }: { readonly caseId: string }) {
      if (caseId === 'a') throw new Error('no');
    },
    carriedOut: async (caseId: string) => void carriedOut.push(caseId),
    onOrdered: () => () => undefined,
  };
  const stopping = new AbortController();
  await expect(carryOut(ports, stopping.signal)).rejects.toThrow('no');
  expect(carriedOut).toEqual(['b', 'c']);
  stopping.abort();
  await carryOut(ports, stopping.signal);
  expect(carriedOut).toEqual(['b', 'c']);
});
