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
