import { expect, it } from '@jest/globals';
import { factsFrom, factsTo } from './facts.ts';

it('one choice has one address, in whatever order it was made', () => {
  const made = new Map([['urgency', 'URGENT'], ['oral', 'true'], ['triage', '']]); // prettier-ignore
  expect(factsTo(made)).toBe('oral:true,urgency:URGENT');
  expect([...factsFrom('oral:true,urgency:URGENT')]).toEqual([['oral', 'true'], ['urgency', 'URGENT']]); // prettier-ignore
  expect(factsTo(factsFrom(''))).toBe('');
  expect(factsFrom('nonsense').size).toBe(0);
});
