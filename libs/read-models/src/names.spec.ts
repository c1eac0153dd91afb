import { expect, it } from '@jest/globals';
import type { Definition } from '@iter/process-catalog';
import { namesFrom } from './names.ts';

it('one definition that cannot be read leaves the others their names', () => {
  const read = {
    ...{ key: 'p', name: 'Prova', version: 1, hash: 'a' },
    model: { nodes: new Map([['t', { name: 'Firmare' }]]) },
  } as unknown as Definition;
  const worn = {
    ...{ key: 'p', name: 'Prova', version: 2, hash: 'b' },
    get model() {
      throw new Error('version 2 of p cannot be read any more');
    },
  } as unknown as Definition;
  const names = namesFrom(
    {
      byHash: (hash) => [read, worn].find((of) => of.hash === hash),
      find: (_, version) => (version === 1 ? read : undefined),
      list: () => [],
    },
    { name: () => null, named: () => [] },
  );
  expect([names.element('a', 't'), names.element('b', 't')]).toEqual(['Firmare', null]);
  expect([names.process('b'), names.element('c', 't')]).toEqual(['Prova', null]);
});
