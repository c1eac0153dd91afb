import { expect, it } from '@jest/globals';
import { fitFor } from './fit.ts';

const office = (body: string) => ({ role: 'COMUNE_HR', body, bodyName: body });
const person = (account: string, body: string) => ({
  account,
  displayName: account,
  offices: [office(body)],
  disabled: false,
});
const people = [person('olga', 'p_demo'), person('sara', 'c_borgo'), person('altra', 'c_valle')];

it.each([
  ['a Comune, from itself and the Province that serves it', ['c_borgo'], ['olga', 'sara']],
  ['the Province, from itself alone', ['p_demo'], ['olga']],
  ['two Comuni, from the Province', ['c_borgo', 'c_valle'], ['olga']],
])('people who stand in come, for %s', (_, bodies, fit) => {
  const session = {
    grants: [office('p_demo')],
    bodies: ['p_demo', 'c_borgo', 'c_valle'].map((code) => ({ code, name: code })),
  };
  const found = fitFor(bodies.map(office), people, session as Parameters<typeof fitFor>[2]);
  expect(found.map(({ account }) => account)).toEqual(fit);
});
