import { expect, it } from '@jest/globals';
import { checkFacts, describeFacts } from './facts.ts';
import { someone } from './testing/fake-ports.ts';

const label = { it: 'Urgenza', en: 'Urgency' };
const facts = [
  { name: 'urgency', label, values: [{ code: 'HIGH', label }] },
  { name: 'oral', label, values: null },
];
const catalog = {
  find: (key: string) =>
    key.endsWith('request') || key.startsWith('disc') ? { model: { facts } } : undefined,
} as never;
const operatore = someone('operatore', 'DESK_OPERATOR');
const ask = (asked: string, process: string | undefined = 'desk-request', who = operatore) => {
  try {
    checkFacts(catalog, who, asked, process);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'taken';
};

it.each([
  ['urgency:HIGH', 'desk-request', 'taken'],
  ['urgency:HIGH,oral:false', 'desk-request', 'taken'],
  ['urgency:NONE', 'desk-request', 'fact-value-unknown'],
  ['oral:HIGH', 'desk-request', 'fact-value-unknown'],
  ['employeeRef:M123', 'desk-request', 'fact-unknown'],
  ['urgency:HIGH', 'nobody', 'fact-unknown'],
])('%s of %s: %s', (asked, process, outcome) => {
  expect(ask(asked, process)).toBe(outcome);
});

it('go with a process', () => {
  expect(() => checkFacts(catalog, operatore, 'urgency:HIGH', undefined)).toThrow(/Name the process/);
});

it('are only for those who read what cases of the process say', () => {
  const personale = someone('personale', 'COMUNE_HR', 'c_borgo');
  expect(ask('urgency:HIGH', 'desk-request', personale)).toBe('taken');
  expect(ask('urgency:HIGH', 'disciplinary-ordinary', personale)).toBe('not-authorised');
  // Whether they exist is not told either.
  expect(ask('nothing:AT_ALL', 'disciplinary-ordinary', personale)).toBe('not-authorised');
  for (const role of ['DESK_SUPERVISOR', 'AUDITOR', 'SYSTEM_OPERATOR'] as const)
    expect(ask('urgency:HIGH', 'desk-request', someone('x', role))).toBe('not-authorised');
  const model = { facts } as never;
  expect(describeFacts(personale, 'disciplinary-ordinary', model)).toEqual([]);
  expect(describeFacts(operatore, 'disciplinary-ordinary', model)[1]?.values).toEqual([
    { value: 'true', label: null },
    { value: 'false', label: null },
  ]);
});
