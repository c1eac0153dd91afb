import { expect, it } from '@jest/globals';
import { inItalian, partsOf, unmarked } from './italian.ts';

it('Italian within another language is set apart', () => {
  expect(partsOf(`Done: ${inItalian('Firma')}, at noon`)).toEqual([
    { text: 'Done: ', isItalian: false },
    { text: 'Firma', isItalian: true },
    { text: ', at noon', isItalian: false },
  ]);
  expect(partsOf(inItalian(`Firma ${inItalian('di')} chi`))).toEqual([
    { text: 'Firma di chi', isItalian: true },
  ]);
  expect(partsOf('all mine')).toEqual([{ text: 'all mine', isItalian: false }]);
  expect(partsOf(inItalian(''))).toEqual([]);
  expect(unmarked(`Done: ${inItalian('Firma')}`)).toBe('Done: Firma');
});
