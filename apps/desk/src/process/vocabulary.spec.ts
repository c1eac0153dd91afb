import { expect, it } from '@jest/globals';
import { wordsIn } from './vocabulary.ts';

const word = (name: string | null, code: string, italian: string, english = italian) => ({
  ...{ name, code },
  label: { it: italian, en: english },
});

const told = {
  names: [{ name: 'route', label: { it: 'Procedura', en: 'Route' } }],
  values: [
    word('route', 'ORDINARY', 'Ordinaria', 'Ordinary'),
    word('kind', 'END', 'Conclusione'),
    word('renewal', 'END', 'Si conclude alla scadenza'),
    word(null, 'BELOW', 'Sotto le attese'),
  ],
};
const words = wordsIn(told, 'it');

it('calls variables and codes as the process does, in the language of the reader', () => {
  expect(words.nameOf('route')).toBe('Procedura');
  expect(words.nameOf('else')).toBeNull();
  expect(wordsIn(told, 'en').valueOf('route', 'ORDINARY')).toBe('Ordinary');
});

it('takes the word of another name only where all agree', () => {
  expect(words.valueOf('proposedRoute', 'ORDINARY')).toBe('Ordinaria');
  expect(words.valueOf('renewal', 'END')).toBe('Si conclude alla scadenza');
  expect(words.valueOf('other', 'END')).toBeNull();
  expect(words.valueOf('status', 'BELOW')).toBe('Sotto le attese');
  expect(words.valueOf('status', 'UNSAID')).toBeNull();
  expect([words.isKnown('END'), words.isKnown('UNSAID')]).toEqual([true, false]);
});
