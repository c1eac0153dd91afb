import { expect, it } from '@jest/globals';
import { it as italian } from '../../i18n/it.ts';
import type { HistoryEvent } from '../../api/model.ts';
import { wordsIn } from '../../process/vocabulary.ts';
import { formatDay } from '../../time/format.ts';
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
  ...{ element: itself, instance: itself, deadline: itself, said, language: 'it' },
  date: (day) => formatDay(day, 'it'),
  person: (account) => ({ operatore: 'Olga Operatore' })[account] ?? account,
  flag: (is) => (is ? 'sì' : 'no'),
};
const told = (type: string, data: object, isIntervention = false) =>
  parametersOf({ type, data, isIntervention, definition: '', actor: {} } as unknown as HistoryEvent, names);

it('says a reason of the process by its word, and one that somebody gave as it was written', () => {
  const closed = (reason: string, byHand: boolean) => told('DeadlineClosed', { reason }, byHand)['reason'];
  expect([closed('EXTINGUISHED', false), closed('EXTINGUISHED', true)]).toEqual(['Estinto', 'EXTINGUISHED']);
  expect([closed('OK', false), closed('BELOW', false)]).toEqual(['OK', 'BELOW']);
});

it('calls people by their names, and by their accounts where nobody says them', () => {
  const assigned = (to: string) => told('UserTaskAssigned', { by: 'operatore', to });
  expect(assigned('operatore')).toMatchObject({ by: 'Olga Operatore', to: 'Olga Operatore' });
  expect(assigned('p-e8c1')['to']).toBe('p-e8c1');
  expect(told('EscalationHandedOn', { account: 'operatore' })['receiver']).toBe('Olga Operatore');
  expect(told('EscalationHandedOn', { role: 'UPD' })['receiver']).toBe('UPD');
});

it('leaves what people wrote of an incident or an escalation', () => {
  expect(told('IncidentResolved', { resolution: 'OK' })['outcome']).toBe('OK');
  expect(told('EscalationResolved', { code: 'done', outcome: 'OK' })['outcome']).toBe('OK');
});

it('tells an activity from others that look alike right after its name', () => {
  const event = { type: 'UserTaskReopened', data: { key: 'k', element: 't_a' }, definition: '', actor: {} };
  const beside = (more: object) =>
    parametersOf(event as unknown as HistoryEvent, { ...names, ...more })['element'];
  expect([beside({ beside: ' (2) · Valle' }), beside({})]).toEqual(['t_a (2) · Valle', 't_a']);
});

it('says yes or no within a sentence', () => {
  const evaluated = [{ matchedRules: [{ outputs: [{ name: 'isDue', value: true }] }] }];
  expect(told('DecisionEvaluated', { output: true, evaluated })['output']).toBe('sì');
  expect(told('DecisionEvaluated', { output: { due: false, list: [true] } })['output']).toBe(
    'due: no, list: sì',
  );
});

it.each([
  ['UserTaskAssigned', { key: 'k-1', to: 'mario.rossi' }, { to: 'mario.rossi' }],
  ['MessageThrown', { element: 't_send', name: 'reportToUpd', to: 'c_mondo' }, { to: 'c_mondo' }],
  [
    'CaseMigrated',
    { from: '9fe2ac37', definition: '0b11', version: 2, reason: 'norma' },
    { from: '9fe2ac37' },
  ],
  [
    'DeliverySent',
    { to: ['a@pec.example.it', 'b@pec.example.it'] },
    { to: 'a@pec.example.it, b@pec.example.it' },
  ],
  ['DeliveryReceiptRecorded', { to: 'a@pec.example.it', state: 'delivered' }, { context: 'delivered' }],
  ['DeliveryReceiptRecorded', { to: null, state: 'accepted' }, { to: '', context: 'accepted' }],
  ['LadderStepReached', { to: ['DESK_OPERATOR'], label: { it: 'Primo avviso' } }, { label: 'Primo avviso' }],
  [
    'SubstitutionArranged',
    { substitute: 'vice', from: '2026-08-03', to: '2026-08-31' },
    { from: 'lun 3 ago 2026', until: 'lun 31 ago 2026' },
  ],
  [
    'ConventionRecorded',
    { id: 'conv-1', validFrom: '2026-01-01', validTo: null },
    { validFrom: 'gio 1 gen 2026', validTo: '' },
  ],
  ['DeadlineMet', { id: 'DL_A', by: 't_send', on: '2026-03-31T22:30:00.000Z' }, { on: 'mer 1 apr 2026' }],
  ['DeadlineOpened', { id: 'DL_A', plan: { legalDueDate: '2026-04-07' } }, { due: 'mar 7 apr 2026' }],
  [
    'IncomingRegistered',
    { protocolNo: '17', receivedOn: '2026-99-31', sender: 'INPS' },
    { receivedOn: '2026-99-31' },
  ],
])('tells %s with dates as dates and all else as it was said', (type, data, says) => {
  expect(told(type, data)).toMatchObject(says);
});

it('tells every kind of fact whatever its data say', () => {
  const keys = Object.keys(told('CaseStarted', {}));
  for (const value of [
    'mario.rossi',
    'c_mondo',
    '2',
    '2026-02-31T99',
    '2026-03-06',
    null,
    7,
    true,
    ['a'],
    {},
  ])
    for (const type of Object.keys(italian.events))
      expect(() => told(type, Object.fromEntries(keys.map((key) => [key, value])))).not.toThrow();
});

it('says of a term by which nothing was to be done that its time is over, and of one decided before that it is quiet', () => {
  const met = (use: string, by: string) => told('DeadlineMet', { use, by })['context'];
  expect([met('decides', 'expiry'), met('quiets', 't_notify'), met('both', 't_notify')]).toEqual([
    ...['elapsed', 'quieted', ''],
  ]);
  expect(Object.keys(italian.events)).toEqual(
    expect.arrayContaining(['DeadlineMet_elapsed', 'DeadlineMet_quieted']),
  );
});
