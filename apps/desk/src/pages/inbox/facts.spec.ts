import { expect, it } from '@jest/globals';
import { choicesOf, factsFrom, factsTo } from './facts.ts';

it('one choice has one address, in whatever order it was made', () => {
  const made = new Map([['urgency', 'URGENT'], ['oral', 'true'], ['triage', '']]); // prettier-ignore
  expect(factsTo(made)).toBe('oral:true,urgency:URGENT');
  expect([...factsFrom('oral:true,urgency:URGENT')]).toEqual([['oral', 'true'], ['urgency', 'URGENT']]); // prettier-ignore
  expect(factsTo(factsFrom(''))).toBe('');
  expect(factsFrom('nonsense').size).toBe(0);
});

it('what is declared no longer can still be taken out', () => {
  const name = (it: string) => ({ it, en: it });
  const urgency = {
    name: 'urgency',
    label: name('Urgenza'),
    values: [{ value: 'LOW', label: name('Bassa') }],
  };
  const asked = factsFrom('old:X,urgency:NONE');
  expect(choicesOf([urgency], factsFrom('urgency:LOW'))).toEqual([urgency]);
  expect(choicesOf([urgency], asked)).toEqual([
    { ...urgency, values: [...urgency.values, { value: 'NONE', label: name('NONE') }] },
    { name: 'old', label: name('old'), values: [{ value: 'X', label: name('X') }] },
  ]);
});
