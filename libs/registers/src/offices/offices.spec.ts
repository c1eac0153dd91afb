import { describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { demoStaff } from '../staff/index.ts';
import { createOfficeRegister, decideOffices, demoOffices, officeNamed } from './index.ts';
import type { Office } from './index.ts';

const office = (code: string, more: Partial<Office> = {}): Office => ({
  ...{ code, name: `Ufficio ${code}`, head: null, parent: null, from: '2020-01-01', to: null },
  ...more,
});
const known = new Map([office('A'), office('B', { parent: 'A' })].map((it) => [it.code, it]));

describe('an office', () => {
  it.each<[string, Office]>([
    ['no code', office('')],
    ['no name', office('C', { name: ' ' })],
    ['a name for its head', office('C', { head: 'Mario Rossi' })],
    ['a tax code for its head', office('C', { head: 'RSSMRA80A01H501U' })],
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

  it('is named by its code, or by a name that no other has', () => {
    const twins = new Map(known).set('C', office('C', { name: 'Ufficio B' }));
    expect(officeNamed(known, ' ufficio b')?.code).toBe('B');
    expect(officeNamed(twins, 'B')?.code).toBe('B');
    expect(officeNamed(twins, 'Ufficio B')).toBeNull();
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
    const entries = [office('A', { head: 'M-4711' }), office('B', { parent: 'A' })];
    expect(await register.record({ body: 'c_borgo', entries, ...by() })).toMatchObject({ recorded: 2 });
    const withdraw = (entry: string) =>
      register.withdraw({ body: 'c_borgo', entry, reason: 'doppione', ...by() });
    expect(await withdraw('A')).toMatchObject({ rejection: { code: 'entry-in-use' } });
    expect(await withdraw('B')).toMatchObject({ outcome: 'done' });
    expect(await withdraw('A')).toMatchObject({ outcome: 'done' });
    expect(await withdraw('A')).toMatchObject({ rejection: { code: 'entry-not-found' } });
    expect([register.of('c_borgo').size, register.nameOf('c_borgo', 'A')]).toEqual([0, 'A']);
    expect(JSON.stringify(await log.readAll())).not.toMatch(/M-4711|doppione/);
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
