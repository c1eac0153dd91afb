import { expect, it } from '@jest/globals';
import { stillAsked } from './faults.ts';
import { askedOf, readForm } from './schema.ts';

it('says nothing more about a question that is hidden meanwhile', () => {
  const components = [
    { type: 'textarea', id: 'note', key: 'note' },
    { type: 'textfield', id: 'short', key: 'reason' },
    { type: 'textarea', id: 'long', key: 'reason' },
  ];
  const asked = askedOf(readForm({ components }));
  const faults = ['note', 'reason', ''].map((key) => ({ key, rule: 'required' }) as const);
  const left = (...hidden: readonly string[]) =>
    stillAsked(faults, asked, new Set(hidden)).map(({ key }) => key);
  expect(left()).toEqual(['note', 'reason', '']);
  expect(left('note')).toEqual(['reason', '']);
  // One of two ways to ask the same is enough.
  expect(left('short')).toEqual(['note', 'reason', '']);
  expect(left('short', 'long')).toEqual(['note', '']);
});

it('keeps no refusal of the server silent: where its question is hidden, it is of the form as a whole', () => {
  const components = [
    { type: 'textarea', id: 'note', key: 'note' },
    { type: 'textarea', id: 'why', key: 'why' },
  ];
  const asked = askedOf(readForm({ components }));
  const refused = { key: 'note', rule: 'server', code: 'required', message: 'Occorre la nota.' } as const;
  const hidden = new Set(['note']);
  expect(stillAsked([refused], asked, hidden)).toEqual([{ ...refused, key: '' }]);
  // Beside others that can be put right it comes back when it is sent again.
  const other = { ...refused, key: 'why' };
  expect(stillAsked([refused, other], asked, hidden)).toEqual([other]);
  expect(stillAsked([{ key: 'note', rule: 'required' }], asked, hidden)).toEqual([]);
});
