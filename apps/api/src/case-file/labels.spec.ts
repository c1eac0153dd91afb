import { expect, it } from '@jest/globals';
import { labelsIn } from './labels.ts';

type Definition = Parameters<typeof labelsIn>[0];

/** A version of a process: the names of its elements, what each calls, and the terms of its deadlines. */
function version(
  key: string,
  number: number,
  names: Readonly<Record<string, string>>,
  more: { readonly calls?: string; readonly terms?: Readonly<Record<string, string>> } = {},
): Definition {
  const node = ([id, name]: [string, string]) => [id, { id, name }] as const;
  const call = more.calls && [
    'call',
    { id: 'call', name: '', call: { process: { constant: more.calls }, binding: { kind: 'latest' } } },
  ];
  return {
    ...{ key, hash: `${key}@${number}`, version: number },
    model: {
      nodes: new Map([...Object.entries(names).map(node), ...(call ? [call as never] : [])]),
      flows: new Map([
        ['f_named', { name: 'sì', source: 'a', target: 'b' }],
        ['f_bare', { name: '', source: 'a', target: 'b' }],
      ]),
      deadlines: new Map(Object.entries(more.terms ?? {}).map(([id, term]) => [id, { term }])),
    },
  } as unknown as Definition;
}

function labels(...all: readonly Definition[]) {
  const versions = (key: string) => all.filter((one) => one.key === key);
  const catalog = {
    byHash: (hash: string) => all.find((one) => one.hash === hash),
    called: (key: string) => versions(key).at(-1)?.hash ?? null,
    decision: () => null,
    async *readVersions(key: string) {
      yield* versions(key);
    },
  };
  const terms = {
    terms: () => [
      { key: 't.one', label: { it: 'Prima', en: 'First' } },
      { key: 't.one', label: { it: 'Contestazione', en: 'Charge' } },
    ],
  };
  return labelsIn(all[0]!, catalog, terms as never);
}

it('names elements and flows as the process and what it calls draw them', async () => {
  const { element } = await labels(
    version('p', 1, { a: 'Ricevere', b: 'Firmare' }, { calls: 'q' }),
    version('q', 1, { c: 'Inviare' }),
    version('r', 1, { d: 'Altrove' }),
  );
  expect(['b', 'c', 'd', 'call', 'f_named', 'f_bare'].map(element)).toEqual([
    ...['Firmare', 'Inviare', null, null, 'sì'],
    // What is called draws the same flow between elements that it does not have.
    null,
  ]);
});

it('has no name where versions differ', async () => {
  const { element } = await labels(version('p', 1, { a: 'Ricevere', b: 'Firmare' }), version('p', 2, { a: 'Ricevere', b: 'Adottare' })); // prettier-ignore
  expect(['a', 'b'].map(element)).toEqual(['Ricevere', null]);
});

it('calls a deadline by its term as the latest version of the catalogue does', async () => {
  const { deadline } = await labels(version('p', 1, {}, { terms: { DL_A: 't.one', DL_B: 't.none' } }));
  expect(deadline('DL_A')).toEqual({ it: 'Contestazione', en: 'Charge' });
  expect([deadline('DL_B'), deadline('DL_C')]).toEqual([null, null]);
});
