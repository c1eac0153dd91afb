import { expect, it } from '@jest/globals';
import type { HistoryEvent } from '../../api/model.ts';
import { wordsIn } from '../../process/vocabulary.ts';
import { parametersOf } from './words.ts';
import type { Names } from './words.ts';

const word = (name: string | null, code: string, text: string) => ({
  ...{ name, code },
  label: { it: text, en: text },
});
const said = wordsIn(
  {
    names: [],
    values: [
      word('reason', 'EXTINGUISHED', 'Estinto'),
      word('check', 'OK', 'Requisiti in ordine'),
      word(null, 'BELOW', 'Sotto le attese'),
    ],
    typed: [],
  },
  'it',
);
const itself = (id: string) => id;
const names: Names = {
  ...{ element: itself, instance: itself, deadline: itself, said, language: 'it', date: itself },
  flag: (is) => (is ? 'sì' : 'no'),
};
const told = (type: string, data: object, isIntervention = false) =>
  parametersOf({ type, data, isIntervention, definition: '', actor: {} } as unknown as HistoryEvent, names);

it('says a reason of the process by its word, and one that somebody gave as it was written', () => {
  const closed = (reason: string, byHand: boolean) => told('DeadlineClosed', { reason }, byHand)['reason'];
  expect([closed('EXTINGUISHED', false), closed('EXTINGUISHED', true)]).toEqual(['Estinto', 'EXTINGUISHED']);
  expect([closed('OK', false), closed('BELOW', false)]).toEqual(['OK', 'BELOW']);
});

it('leaves what people wrote of an incident or an escalation', () => {
  expect(told('IncidentResolved', { resolution: 'OK' })['outcome']).toBe('OK');
  expect(told('EscalationResolved', { code: 'done', outcome: 'OK' })['outcome']).toBe('OK');
});

it('says yes or no within a sentence', () => {
  const evaluated = [{ matchedRules: [{ outputs: [{ name: 'isDue', value: true }] }] }];
  expect(told('DecisionEvaluated', { output: true, evaluated })['output']).toBe('sì');
  expect(told('DecisionEvaluated', { output: { due: false, list: [true] } })['output']).toBe(
    'due: no, list: sì',
  );
});
