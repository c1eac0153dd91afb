import { expect, it } from '@jest/globals';
import { withElisions } from './elision.ts';

it.each([
  ['scade il 8 apr 2026', 'scade l’8 apr 2026'],
  ['Dal 8 aprile 2026 al 11 maggio 2026', 'Dall’8 aprile 2026 all’11 maggio 2026'],
  ['Il 11 nov 2026, 10:30, in un’altra finestra', 'L’11 nov 2026, 10:30, in un’altra finestra'],
  ['non prima del 18 apr 2026', 'non prima del 18 apr 2026'],
  ['fino al 8 di ogni mese, al 11 per cento', 'fino al 8 di ogni mese, al 11 per cento'],
  ['canal 8 aprile', 'canal 8 aprile'],
])('%s', (text, expected) => {
  expect(withElisions(text)).toBe(expected);
});
