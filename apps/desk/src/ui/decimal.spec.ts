import { expect, it } from '@jest/globals';
import { decimal } from './decimal.ts';

it.each([
  [16.5, 'it', '16,5'],
  ['16.5', 'it', '16,5'],
  ['16,5', 'it', '16,5'],
  [-0.25, 'it', '-0,25'],
  [12000, 'it', '12000'],
  ['', 'it', ''],
  [16.5, 'en', '16.5'],
])('%p in %s is %s', (plain, language, shown) => {
  expect(decimal(plain, language)).toBe(shown);
});
