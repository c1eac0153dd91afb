import { expect, it } from '@jest/globals';
import { fromText, nested } from './nested.ts';

it('alike things are a table, others a list, contexts parts with names', () => {
  expect(nested([{ a: 1 }, { a: 2, b: null }])).toMatchObject({ kind: 'table', columns: ['a', 'b'] });
  expect(nested(['x', { a: 1 }])).toMatchObject({ kind: 'list' });
  expect(nested([{}])).toMatchObject({ kind: 'list' });
  expect(nested({ a: [1] })).toEqual({ kind: 'parts', parts: [['a', [1]]] });
  const wide = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`c${n}`, n]));
  expect(nested([wide])).toMatchObject({ kind: 'list' });
  expect([nested(null), nested([]), nested({})]).toEqual(Array(3).fill({ kind: 'none' }));
  expect([nested(false), nested(7)]).toEqual([
    { kind: 'flag', is: false },
    { kind: 'text', text: '7' },
  ]);
  // Nothing is drawn without end.
  expect(nested({ a: 1 }, 5)).toEqual({ kind: 'text', text: '{"a":1}' });
});

it('JSON is what it says, and what cannot be read itself', () => {
  expect(fromText('{"a":1}')).toEqual({ a: 1 });
  expect([fromText('{"a":'), fromText('true'), fromText('null')]).toEqual(['{"a":', true, null]);
});
