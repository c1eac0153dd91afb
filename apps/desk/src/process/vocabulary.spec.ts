import { expect, it } from '@jest/globals';
import { inItalian } from '../ui/italian.ts';
import { wordsIn } from './vocabulary.ts';

const word = (name: string | null, code: string, italian: string, english = italian) => ({
  ...{ name, code },
  label: { it: italian, en: english },
});

const named = (name: string, italian: string, english = italian) => ({
  name,
  label: { it: italian, en: english },
});

const told = {
  names: [
    named('route', 'Procedura', 'Route'),
    named('sentAt', 'Inviata il', 'Sent on'),
    named('sentAt', 'Inviata di nuovo il', 'Sent again on'),
    named('hours', 'Ore', 'Hours'),
    named('hours', 'Ore', 'Hours of the course'),
    named('area', 'Area'),
  ],
  values: [
    word('route', 'ORDINARY', 'Ordinaria', 'Ordinary'),
    word('kind', 'END', 'Conclusione'),
    word('renewal', 'END', 'Si conclude alla scadenza'),
    word('sign', 'SIGNED', 'Firmata'),
    word('sign', 'SIGNED', 'L’atto è firmato'),
    word('check', 'OK', 'Requisiti in ordine'),
    word(null, 'BELOW', 'Sotto le attese'),
  ],
  typed: ['note'],
};
const roleOf = (code: string) => (code === 'UPD' ? 'Ufficio' : null);
const words = wordsIn(told, 'it', roleOf);

it('calls variables and codes as the process does, in the language of the reader', () => {
  expect(words.nameOf('route')).toBe('Procedura');
  expect(words.nameOf('else')).toBeNull();
  expect(wordsIn(told, 'en').valueOf('route', 'ORDINARY')).toBe('Ordinary');
});

it('names nothing on which the forms do not agree in this language', () => {
  expect([words.nameOf('sentAt'), words.nameOf('hours')]).toEqual([null, 'Ore']);
  expect(wordsIn(told, 'en').nameOf('hours')).toBeNull();
  expect(words.valueOf('sign', 'SIGNED')).toBeNull();
});

it('marks as Italian what nobody says in English', () => {
  const english = wordsIn(told, 'en');
  expect(english.nameOf('area')).toBe(inItalian('Area'));
  expect(english.valueOf('kind', 'END')).toBe(inItalian('Conclusione'));
  expect(words.nameOf('area')).toBe('Area');
});

it('takes the word of another name only where all agree', () => {
  expect(words.valueOf('proposedRoute', 'ORDINARY')).toBe('Ordinaria');
  expect(words.valueOf('renewal', 'END')).toBe('Si conclude alla scadenza');
  expect(words.valueOf('other', 'END')).toBeNull();
  expect(words.valueOf('status', 'BELOW')).toBe('Sotto le attese');
  expect(words.valueOf('status', 'UNSAID')).toBeNull();
  expect(words.valueOf('owner', 'UPD')).toBe('Ufficio');
});

it('leaves what people type as they wrote it', () => {
  for (const text of ['OK', 'UPD', 'BELOW', 'ORDINARY'])
    expect([words.valueOf('note', text), words.valueOf('reason', text)]).toEqual([null, null]);
});

it('calls parts of what a register has by their own words, which are nobody else’s', () => {
  const { nameOf, valueOf } = wordsIn(
    {
      names: [
        named('kind', 'Atto da comunicare'),
        named('sender.kind', 'Tipo di ente'),
        named('ipa', 'Codice'),
      ],
      values: [word('kind', 'START', 'Avvio'), word('sender.kind', 'comune', 'Comune')],
      typed: [],
    },
    'it',
  );
  expect([nameOf('kind'), nameOf('kind', 'sender'), nameOf('kind', 'else'), nameOf('ipa', 'sender')]).toEqual(
    [...['Atto da comunicare', 'Tipo di ente', 'Atto da comunicare', 'Codice']],
  );
  expect([valueOf('kind', 'comune', 'sender'), valueOf('kind', 'START', 'sender')]).toEqual([
    'Comune',
    'Avvio',
  ]);
  expect([valueOf('kind', 'comune'), valueOf('place', 'comune'), valueOf(null, 'comune')]).toEqual([
    ...[null, null, null],
  ]);
});
