import { expect, it } from '@jest/globals';
import { registerWords } from '@iter/process-catalog';
import type { BodyKind, Convention, Service } from '@iter/registers';
import { examinersAmong, participantsAmong, registersOf, trainersAmong } from './registers.ts';

const gamma = {
  ...{ ipa: 'p_gamma', name: 'Provincia di Gamma', kind: 'province', province: null },
  ...{ mailboxes: [], conventions: [] as Convention[] },
};
const agreed: Convention = {
  ...{ id: 'C-1', province: 'p_gamma', services: ['discipline'], serviceModel: 'FULL_UPD' },
  // No case begins any more, and what has begun goes on.
  ...{ validFrom: '2025-01-01', validTo: '2026-01-31', startsUntil: '2025-12-31' },
};
const comune = { ...gamma, ipa: 'c_uno', kind: 'comune', conventions: [agreed] };
const registers = registersOf(
  {
    find: (ipa: string) => [gamma, comune].find((it) => it.ipa === ipa) ?? null,
    convention: () => null,
    isSetAside: (ipa: string) => ipa === 'c_illeggibile',
  } as never,
  {} as never,
  {} as never,
  {},
  {},
  false,
);
const bodyOf = (key: string | readonly (string | null)[]) =>
  registers.read({ register: 'body', key, comune: 'c_uno', process: 'any', on: '2026-01-22' });

it('finds a body by its code, and a list of bodies by a list of codes, in its order', async () => {
  const found = {
    ...{ ipa: 'p_gamma', name: 'Provincia di Gamma', kind: 'province', province: null },
    ...{ mailbox: null, certifiedMail: false, served: false },
  };
  expect(await bodyOf('p_gamma')).toEqual(found);
  expect(await bodyOf('p_ignota')).toBeNull();
  expect(await bodyOf(['p_ignota', 'p_gamma', null])).toEqual([null, found, null]);
});

it('says of a body whether a Province works on its cases, also on those alone that began before', async () => {
  const served = async (process: string, on: string) =>
    (await registers.read({ register: 'body', key: 'c_uno', comune: 'c_uno', process, on })) as {
      served: boolean;
    };
  expect(await served('disciplinary-ordinary', '2026-01-31')).toMatchObject({ served: true });
  expect(await served('disciplinary-ordinary', '2026-02-01')).toMatchObject({ served: false });
  expect(await served('training-course', '2026-01-31')).toMatchObject({ served: false });
});

it('says of a body that cannot be read neither that it is not there nor that it has no convention', async () => {
  for (const register of ['body', 'convention'] as const) {
    const read = (key: string) =>
      registers.read({ register, key, comune: 'c_uno', process: 'any', on: '2026-01-22' });
    expect(await read('p_ignota')).toBeNull();
    await expect(read('c_illeggibile')).rejects.toThrow('c_illeggibile');
  }
});

it('has words for every part of bodies, conventions and people, and for every code in them', async () => {
  const convention: Required<Convention> = {
    ...{ id: 'C-1', province: 'p_gamma', services: ['discipline'], serviceModel: 'SUPPORT' },
    ...{ validFrom: '2026-01-01', validTo: null, startsUntil: null, rulesAct: null, agreedSanction: false },
  };
  const person = {
    employeeRef: 'M-1',
    comune: 'c_uno',
    office: 'o',
    area: 'ISTRUTTORI',
    hiredOn: '2020-01-01',
  };
  const house = registersOf(
    { find: () => gamma, convention: () => convention, isSetAside: () => false } as never,
    { find: () => person, page: () => [person] } as never,
    { nameOf: () => 'Anagrafe', headship: () => ({ heads: ['anna'], own: [] }) },
    {},
    {},
    false,
  );
  for (const register of ['body', 'convention', 'employee', 'staff'] as const) {
    const read = await house.read({
      ...{ register, key: 'any', comune: 'c_uno', process: 'disciplinary-ordinary', on: '2026-01-22' },
    });
    const [entry] = [read].flat() as object[];
    expect(Object.keys(registerWords[register].parts).toSorted()).toEqual(Object.keys(entry!).toSorted());
  }
  const codesOf = (register: 'body' | 'convention', part: string) =>
    Object.keys(registerWords[register].parts[part]!.codes!).toSorted();
  const kinds: Readonly<Record<BodyKind, true>> = {
    programme: true,
    province: true,
    comune: true,
    union: true,
    other: true,
  };
  const named: Readonly<Record<Service, true>> = {
    ...{ discipline: true, selection: true, training: true, onboarding: true },
  };
  const models: Readonly<Record<Convention['serviceModel'], true>> = { FULL_UPD: true, SUPPORT: true };
  expect(codesOf('body', 'kind')).toEqual(Object.keys(kinds).toSorted());
  expect(codesOf('convention', 'service')).toEqual(Object.keys(named).toSorted());
  expect(codesOf('convention', 'serviceModel')).toEqual(Object.keys(models).toSorted());
});

it('offers whoever puts a board together the accounts that may examine there, and nobody else', async () => {
  const account = (username: string, role: string, body: string, disabled = false) => ({
    ...{ username, displayName: `Persona ${username}`, disabled },
    grants: [{ role, body }],
  });
  const choose = examinersAmong({
    list: () => [
      account('verdi', 'COMMISSION', 'p_demo'),
      account('anna', 'COMMISSION', 'c_borgo'),
      account('spenta', 'COMMISSION', 'p_demo', true),
      account('lontano', 'COMMISSION', 'p_altra'),
      account('sportello', 'DESK_OPERATOR', 'p_demo'),
    ],
  } as never);
  const asked = (role: string) => ({
    principal: {
      ...{ account: 'x', displayName: 'x', serves: { p_demo: ['c_borgo'] } },
      grants: [{ role, body: 'p_demo' }],
    } as never,
    on: '2026-01-22',
  });
  const values = async (role: string, more: object = {}) =>
    (await choose({ ...asked(role), ...more })).map(({ value }) => value);
  expect(await values('DESK_OPERATOR')).toEqual(['anna', 'verdi']);
  expect(await values('DESK_OPERATOR', { text: 'VERDI' })).toEqual(['verdi']);
  expect(await values('DESK_OPERATOR', { called: ['lontano', 'Anna'] })).toEqual(['anna']);
  expect(await values('COMMISSION')).toEqual([]);
});

it('offers a Comune the accounts of its own people for a course, and the desk those of all that it serves', async () => {
  const account = (username: string, role: string, body: string) => ({
    ...{ username, displayName: `Persona ${username}`, disabled: false },
    grants: [{ role, body }],
  });
  const choose = participantsAmong({
    list: () => [
      account('anna', 'PARTICIPANT', 'c_borgo'),
      account('carlo', 'PARTICIPANT', 'c_valle'),
      account('lontano', 'PARTICIPANT', 'c_altro'),
      account('personale', 'COMUNE_HR', 'c_borgo'),
    ],
  } as never);
  const values = async (role: string, body: string, more: object = {}) => {
    const serves = { p_demo: ['c_borgo', 'c_valle'] };
    const principal = { account: 'x', displayName: 'x', serves, grants: [{ role, body }] } as never;
    return (await choose({ principal, on: '2026-01-22', ...more })).map(({ value }) => value);
  };
  expect(await values('COMUNE_HR', 'c_borgo')).toEqual(['anna']);
  expect(await values('COMUNE_HR', 'c_borgo', { called: ['carlo', 'personale'] })).toEqual([]);
  expect(await values('DESK_OPERATOR', 'p_demo')).toEqual(['anna', 'carlo']);
  expect(await values('PARTICIPANT', 'c_borgo')).toEqual([]);
});

it('offers as trainers who holds that office of the Province whose editions one publishes', async () => {
  const account = (username: string, role: string, body: string) => ({
    ...{ username, displayName: username, disabled: username === 'sospeso' },
    grants: [{ role, body }],
  });
  const choose = trainersAmong({
    list: () => [
      account('docente', 'TRAINER', 'p_demo'),
      account('sospeso', 'TRAINER', 'p_demo'),
      account('lontano', 'TRAINER', 'p_altra'),
      account('operatore', 'DESK_OPERATOR', 'p_demo'),
    ],
  } as never);
  const values = async (role: string) => {
    const principal = { account: 'x', displayName: 'x', serves: {}, grants: [{ role, body: 'p_demo' }] };
    return (await choose({ principal, on: '2026-01-22' } as never)).map(({ value }) => value);
  };
  expect(await values('DESK_OPERATOR')).toEqual(['docente']);
  expect(await values('TRAINER')).toEqual([]);
});

it('tells of whom the people are that somebody may choose, so that a form offers those of one body', async () => {
  const house = registersOf(
    {} as never,
    { page: (body: string) => [{ employeeRef: `${body}-1` }, { employeeRef: `${body}-2` }] } as never,
    { nameOf: () => 'Anagrafe', headship: () => ({ heads: [], own: [] }) },
    {},
    {},
    false,
  );
  const grants = ['c_uno', 'c_due'].map((body) => ({ role: 'SEGRETARIO', body }));
  const asked = { principal: { account: 'x', displayName: 'x', serves: {}, grants }, on: '2026-01-22' };
  const chosen = async (more: object = {}) =>
    (await house.choices({ register: 'employee', ...asked, ...more } as never)).map(({ value, entry }) => [
      value,
      entry['comune'],
    ]);
  expect(await chosen()).toEqual([
    ['c_uno-1', 'c_uno'],
    ['c_uno-2', 'c_uno'],
    ['c_due-1', 'c_due'],
    ['c_due-2', 'c_due'],
  ]);
  expect(await chosen({ limit: 1 })).toEqual([['c_uno-1', 'c_uno']]);
});

it('finds the convention of the process, or of each that is named behind the body, also on another day', async () => {
  const found = (body: string, process: string, on: string) =>
    process === 'disciplinary-ordinary' && on < '2030' ? { id: `${body}-D`, services: ['discipline'] } : null;
  const bodies = { convention: found, isSetAside: () => false };
  const house = registersOf(bodies as never, {} as never, {} as never, {}, {}, false);
  const read = (key: string | readonly string[]) =>
    house.read({
      ...{ register: 'convention', key, comune: 'c_uno', process: 'disciplinary-ordinary', on: '2026-01-22' },
    });
  expect(await read('c_due')).toMatchObject({ id: 'c_due-D', service: 'discipline' });
  expect(await read('c_due training-course')).toBeNull();
  expect(await read('c_due disciplinary-ordinary 2029-12-31')).toMatchObject({ id: 'c_due-D' });
  expect(await read('c_due disciplinary-ordinary 2030-01-01')).toBeNull();
  expect(await read(['c_due disciplinary-ordinary', 'c_due training-course'])).toMatchObject([
    { id: 'c_due-D', service: 'discipline', rulesAct: null },
    null,
  ] as never);
});

it('tells the account of the head of somebody, as the registers name it', async () => {
  const person = {
    employeeRef: 'M-1',
    comune: 'c_uno',
    office: 'TEC',
    area: 'ISTRUTTORI',
    hiredOn: '2020-01-01',
  };
  const asked: unknown[] = [];
  const house = registersOf(
    {} as never,
    { find: (key: string) => (key === 'M-1' ? person : null) } as never,
    {
      nameOf: () => 'Ufficio tecnico',
      headship: (...of) => (asked.push(of), { heads: ['anna'], own: ['io'] }),
    },
    {},
    {},
    false,
  );
  const read = (key: string) =>
    house.read({ register: 'employee', key, comune: 'c_uno', process: 'any', on: '2026-01-22' });
  expect(await read('M-1')).toEqual({ ...person, office: 'Ufficio tecnico', headAccounts: ['anna'] });
  expect(asked).toEqual([['c_uno', 'M-1']]);
  expect(await read('M-2')).toBeNull();
});
