import { describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { demoStaff } from '../staff/index.ts';
import type { StaffEntry } from '../staff/index.ts';
import {
  createOfficeRegister,
  decideOffices,
  demoOffices,
  evolveOffices,
  headshipOf,
  officeNamed,
} from './index.ts';
import type { Office } from './index.ts';

const office = (code: string, more: Partial<Office> = {}): Office => ({
  ...{
    code,
    name: `Ufficio ${code}`,
    head: null,
    headAccount: null,
    parent: null,
    from: '2020-01-01',
    to: null,
  },
  ...more,
});
const known = new Map([office('A'), office('B', { parent: 'A' })].map((it) => [it.code, it]));

describe('an office', () => {
  it.each<[string, Office]>([
    ['no code', office('')],
    ['no name', office('C', { name: ' ' })],
    ['a name for its head', office('C', { head: 'Mario Rossi' })],
    ['a tax code for its head', office('C', { head: 'RSSMRA80A01H501U' })],
    ['an account without the number of its person', office('C', { headAccount: 'anna' })],
    ['an end before its beginning', office('C', { to: '2019-12-31' })],
    ['a day that is none', office('C', { from: '2026-02-30' })],
    ['a whole that nobody knows', office('C', { parent: 'Z' })],
    ['itself for its whole', office('C', { parent: 'C' })],
    ['its part for its whole', office('A', { parent: 'B' })],
  ])('with %s is refused', (_, it) => {
    expect(decideOffices(known, [it])).toMatchObject({ code: 'office-invalid' });
  });

  it('may come before its whole in one command; one that is known adds nothing', () => {
    const [part, whole] = [office('D', { parent: 'C' }), office('C')];
    expect(decideOffices(known, [part, whole, office('A')])).toEqual([
      { type: 'OfficesRecorded', data: { offices: [part, whole] } },
    ]);
    expect(decideOffices(known, [office('A')])).toEqual([]);
  });

  it('is headed by one person under one account, who may head others', () => {
    const headed = new Map(known).set('C', office('C', { head: 'M-1', headAccount: 'anna' }));
    const at = (head: string) => decideOffices(headed, [office('D', { head, headAccount: 'anna' })]);
    expect(at('M-1')).toHaveLength(1);
    expect(at('M-2')).toMatchObject({ code: 'office-invalid' });
  });

  it('that was recorded before accounts were named names none', () => {
    const { headAccount: _, ...former } = office('C', { head: 'M-1' });
    const event = { type: 'OfficesRecorded', data: { offices: [former as Office] } } as const;
    expect(evolveOffices(known, event).get('C')).toEqual(office('C', { head: 'M-1' }));
  });

  it('is named by its code, or by a name that no other has', () => {
    const twins = new Map(known).set('C', office('C', { name: 'Ufficio B' }));
    expect(officeNamed(known, ' ufficio b')?.code).toBe('B');
    expect(officeNamed(twins, 'B')?.code).toBe('B');
    expect(officeNamed(twins, 'Ufficio B')).toBeNull();
  });
});

describe('the head of somebody', () => {
  const headed = (code: string, head: string, headAccount: string | null, more: Partial<Office> = {}) =>
    office(code, { head, headAccount, ...more });
  const all = [
    headed('AMM', 'M-1', 'anna'),
    headed('DEM', 'M-2', 'bruno', { parent: 'AMM' }),
    headed('BIB', 'M-3', null, { parent: 'AMM' }),
    office('SOC', { parent: 'DEM' }),
    headed('TRI', 'M-2', 'bruno', { parent: 'AMM', to: '2025-12-31' }),
    headed('TEC', 'M-4', null),
    headed('POL', 'M-5', 'carla'),
  ];
  const staff = (office: string): StaffEntry => ({
    ...{ employeeRef: '', office, area: 'ISTRUTTORI', hiredOn: '2020-01-01', leftOn: null },
  });
  const people: Readonly<Record<string, string>> = {
    ...{ 'M-1': 'AMM', 'M-2': 'DEM', 'M-3': 'BIB', 'M-4': 'TEC', 'M-5': 'POL' },
    ...{
      inDem: 'DEM',
      inBib: 'BIB',
      inSoc: 'SOC',
      inTri: 'TRI',
      inTec: 'TEC',
      inPol: 'POL',
      old: 'Ufficio DEM',
    },
  };
  const of = (employeeRef: string, gone: readonly string[] = [], segretari = ['sandra', 'anna']) =>
    headshipOf(employeeRef, {
      staff: new Map(Object.entries(people).map(([ref, code]) => [ref, staff(code)])),
      offices: new Map(all.map((it) => [it.code, it])),
      on: '2026-03-06',
      isHead: (account) => !gone.includes(account),
      secretaries: () => segretari,
    });

  it.each([
    ['heads the office', 'inDem', ['bruno']],
    ['heads an office named by its name, as it was before the register', 'old', ['bruno']],
    ['heads what the office is part of, where it has no head', 'inSoc', ['bruno']],
    ['heads what the office is part of, where its head has no account', 'inBib', ['anna']],
    ['heads what the office was part of, when it is closed', 'inTri', ['anna']],
    ['is nobody where nobody is named', 'inTec', []],
    ['is nobody of somebody who is not on the register', 'M-99', []],
  ])('%s', (_, employeeRef, heads) => {
    expect(of(employeeRef)).toEqual({ heads, own: [] });
  });

  it('is never that person itself: it is the head above, and above all the Segretario', () => {
    expect(of('M-2')).toEqual({ heads: ['anna'], own: ['bruno'] });
    expect(of('M-1')).toEqual({ heads: ['sandra'], own: ['anna'] });
    expect(of('M-4')).toEqual({ heads: ['sandra', 'anna'], own: [] });
    expect(of('M-5', [], [])).toEqual({ heads: [], own: ['carla'] });
  });

  it('can be asked: not an account that is no head of the body, or not any more', () => {
    expect(of('inDem', ['bruno'])).toEqual({ heads: ['anna'], own: [] });
    expect(of('inPol', ['carla'])).toEqual({ heads: [], own: [] });
  });
});

describe('the register', () => {
  it('keeps offices, takes back what was none, and writes nothing of their heads in clear', async () => {
    const log = createMemoryLog();
    const register = createOfficeRegister({
      ...{ log, sealer: createSealer({ store: createMemoryDataKeys() }) },
      clock: { now: () => '2026-03-06T09:00:00.000Z' },
      requestHash: requestHashWith(Buffer.from('spec')),
    });
    let n = 0;
    const by = () => ({ principal: systemPrincipal, route: 'spec', idempotencyKey: `k${++n}` });
    const entries = [office('A', { head: 'M-4711', headAccount: 'anna.capo' }), office('B', { parent: 'A' })];
    expect(await register.record({ body: 'c_borgo', entries, ...by() })).toMatchObject({ recorded: 2 });
    const withdraw = (entry: string) =>
      register.withdraw({ body: 'c_borgo', entry, reason: 'doppione', ...by() });
    expect(await withdraw('A')).toMatchObject({ rejection: { code: 'entry-in-use' } });
    expect(await withdraw('B')).toMatchObject({ outcome: 'done' });
    expect(await withdraw('A')).toMatchObject({ outcome: 'done' });
    expect(await withdraw('A')).toMatchObject({ rejection: { code: 'entry-not-found' } });
    expect([register.of('c_borgo').size, register.nameOf('c_borgo', 'A')]).toEqual([0, 'A']);
    expect(JSON.stringify(await log.readAll())).not.toMatch(/M-4711|anna.capo|doppione/);
    await register.close();
  });
});

it('the demo’s staff works in its offices, and heads them', () => {
  for (const [body, entries] of Object.entries(demoStaff)) {
    const offices = new Map(demoOffices[body]!.map((it) => [it.code, it]));
    expect(decideOffices(new Map(), demoOffices[body]!)).toHaveLength(1);
    expect(entries.filter((it) => !offices.has(it.office))).toEqual([]);
    const refs = new Set(entries.map(({ employeeRef }) => employeeRef));
    expect([...offices.values()].filter(({ head }) => head !== null && !refs.has(head))).toEqual([]);
  }
});
