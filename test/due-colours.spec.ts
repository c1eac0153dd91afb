import { expect, it } from '@jest/globals';
import { mostOfUnit, usualDueColours } from '@iter/read-models';
import { mostOf, usualThresholds } from '../apps/desk/src/time/thresholds.ts';

// The server judges what people choose. The desk knows nothing of ours but the contract, and must colour lists before it has
// asked and tell a wrong choice while it is typed: what it begins with is the same.
it('terms stand out on the desk as the server says, before it is asked', () => {
  expect(usualThresholds).toEqual(usualDueColours);
  expect(mostOf).toEqual(mostOfUnit);
});
