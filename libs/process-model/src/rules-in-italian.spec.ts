import { expect, it } from '@jest/globals';
import { wordsOf } from './rules-in-italian.ts';

it('says in Italian which rule is broken, with the words of the check behind it', () => {
  const message = 'No flow leads out of an end event.';
  expect(wordsOf({ rule: 'end-with-outgoing', message })).toEqual({
    it: 'Nessun flusso esce da un evento di fine: non è così («No flow leads out of an end event.»)',
    en: message,
  });
});

it('says the rules of tables and ladders as well, and of what no table has the code', () => {
  const said = (rule: string) => wordsOf({ rule, message: 'No.' }).it;
  expect(said('not-dmn')).toBe('È un file DMN, dalla versione 1.1 alla 1.5: non è così («No.»)');
  expect(said('strange')).toBe('Regola «strange»: non è così («No.»)');
});

it('leaves what a check says in Italian as it is', () => {
  const message = 'La scala x di y non è nel catalogo.';
  expect(wordsOf({ rule: 'ladder-unresolved', message, language: 'it' }).it).toBe(message);
});
