import { afterEach, describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { versionOf } from '../versions.ts';
import { createStaffRegister, decideStaff, faultOf, inService } from './index.ts';
import type { StaffEntry, StaffRegister } from './index.ts';

const entry = (employeeRef: string, more: Partial<StaffEntry> = {}): StaffEntry => ({
  ...{ employeeRef, office: 'Ufficio tecnico', area: 'ISTRUTTORI', hiredOn: '2020-01-01', leftOn: null },
  ...more,
});

describe('an entry', () => {
  it.each<[string, Partial<StaffEntry>]>([
    ['a tax code for a reference', { employeeRef: 'RSSMRA80A01H501U' }],
    ['no reference', { employeeRef: '' }],
    ['a reference with spaces', { employeeRef: 'Mario Rossi' }],
    ['no office', { office: ' ' }],
    ['an area that is none', { area: 'DIRIGENTI' as never }],
    ['a day that is none', { hiredOn: '2026-02-30' }],
    ['an end before the beginning', { leftOn: '2019-12-31' }],
  ])('with %s is refused', (_, more) => {
    expect(faultOf(entry('M-1', more))).not.toBeNull();
    expect(decideStaff(new Map(), [entry('M-0'), entry('M-1', more)])).toMatchObject({
      code: 'staff-invalid',
    });
  });

  it('counts on the days of service, both included', () => {
    const worked = entry('M-1', { leftOn: '2026-06-30' });
    expect(
      ['2019-12-31', '2020-01-01', '2026-06-30', '2026-07-01'].map((on) => inService(worked, on)),
    ).toEqual([...[false, true, true, false]]);
  });

  it('that is known adds nothing; one that differs replaces it', () => {
    const known = new Map([['M-1', entry('M-1')]]);
    expect(decideStaff(known, [entry('M-1')])).toEqual([]);
    expect(decideStaff(known, [entry('M-1'), entry('M-2')])).toMatchObject([
      { data: { entries: [entry('M-2')] } },
    ]);
  });
});

const requestHash = requestHashWith(Buffer.from('spec'));

let register: StaffRegister | undefined;
afterEach(() => register?.close());

async function world() {
  const log = createMemoryLog();
  const sealer = createSealer({ store: createMemoryDataKeys() });
  register = createStaffRegister({
    ...{ log, sealer, clock: { now: () => '2026-03-06T09:00:00.000Z' }, requestHash },
  });
  await register.catchUp();
  let n = 0;
  const record = (body: string, entries: readonly StaffEntry[], principal: Principal = systemPrincipal) =>
    register!.record({ body, entries, principal, route: 'spec', idempotencyKey: `k${++n}` });
  return { log, sealer, record, register };
}

describe('what two people correct', () => {
  const correct = async (seen: string, more: Partial<StaffEntry>, account: string) => {
    const principal = { ...systemPrincipal, account };
    const entries = [entry('M-1', more)];
    const key = new Map([['M-1', seen]]);
    const by = { principal, route: 'spec', idempotencyKey: account };
    const done = await register!.record({ body: 'c_borgo', entries, seen: key, ...by });
    return done.outcome === 'rejected' ? done.rejection.code : done.outcome;
  };

  it('is not written over by the one who read it before; it says who was faster', async () => {
    const { record, register: it } = await world();
    await record('c_borgo', [entry('M-1')]);
    const version = versionOf(it.of('c_borgo').get('M-1'));
    expect(await correct(version, { office: 'TEC' }, 'prima')).toBe('done');
    expect(await correct(version, { office: 'DEM' }, 'seconda')).toBe('register-changed');
    expect(it.of('c_borgo').get('M-1')).toMatchObject({ office: 'TEC' });
    expect(it.lastChange('c_borgo', 'M-1')).toMatchObject({ by: 'prima', at: '2026-03-06T09:00:00.000Z' });
    // The same request once more is answered as it was.
    expect(await correct(version, { office: 'TEC' }, 'prima')).toBe('done');
    expect(await correct(versionOf(entry('M-1', { office: 'TEC' })), { office: 'DEM' }, 'terza')).toBe(
      'done',
    );
  });

  it('is not added where somebody has added it, nor changed where somebody has withdrawn it', async () => {
    const { record, register: it } = await world();
    expect(await correct('', {}, 'prima')).toBe('done');
    expect(await correct('', { office: 'TEC' }, 'seconda')).toBe('register-changed');
    const version = versionOf(it.of('c_borgo').get('M-1'));
    await it.withdraw({
      ...{ body: 'c_borgo', entry: 'M-1', reason: 'r', principal: systemPrincipal, route: 'spec' },
      idempotencyKey: 'w',
    });
    expect(await correct(version, { office: 'DEM' }, 'terza')).toBe('register-changed');
    await record('c_borgo', [entry('M-2')]);
    expect(it.lastChange('c_borgo', 'M-1')).toMatchObject({ by: systemPrincipal.account });
  });

  it('is not taken back by whoever read it before it was corrected, nor twice', async () => {
    const { record, register: it } = await world();
    await record('c_borgo', [entry('M-1'), entry('M-2')]);
    const seen = versionOf(it.of('c_borgo').get('M-1'));
    let n = 0;
    const withdraw = (version: string) =>
      it.withdraw({
        ...{ body: 'c_borgo', entry: 'M-1', reason: 'r', seen: version, principal: systemPrincipal },
        ...{ route: 'spec', idempotencyKey: `w${++n}` },
      });
    await record('c_borgo', [entry('M-2', { office: 'TEC' })]);
    expect(await correct(seen, { office: 'TEC' }, 'prima')).toBe('done');
    expect(await withdraw(seen)).toMatchObject({ rejection: { code: 'register-changed' } });
    expect(it.of('c_borgo').has('M-1')).toBe(true);
    const now = versionOf(it.of('c_borgo').get('M-1'));
    expect(await withdraw(now)).toMatchObject({ outcome: 'done' });
    expect(it.lastChange('c_borgo', 'M-1')).toMatchObject({ by: systemPrincipal.account });
    expect(await withdraw(now)).toMatchObject({ rejection: { code: 'register-changed' } });
  });
});

describe('the register', () => {
  it('keeps who works where, page by page, and finds one by reference', async () => {
    const { record, register: it } = await world();
    await record(
      'c_borgo',
      ['M-3', 'M-1', 'M-2'].map((ref) => entry(ref)),
    );
    await record('c_borgo', [entry('M-2', { leftOn: '2026-01-31' })]);
    await record('c_valle', [entry('V-1')]);
    const refs = (after: string | null, limit = 10) =>
      it.page('c_borgo', '2026-03-06', after, limit).map(({ employeeRef }) => employeeRef);
    expect(refs(null)).toEqual(['M-1', 'M-3']);
    expect(refs(null, 1)).toEqual(['M-1']);
    expect(refs('M-1', 1)).toEqual(['M-3']);
    expect(it.of('c_borgo').size).toBe(3);
    expect(it.find('V-1')).toMatchObject({ comune: 'c_valle', office: 'Ufficio tecnico' });
    expect(it.find('X-1')).toBeNull();
  });

  it('writes nothing of people in clear', async () => {
    const { log, record } = await world();
    await record('c_borgo', [entry('M-4711')]);
    const { events } = await log.readAll();
    expect(events.map(({ type }) => type)).toEqual(['StaffRecorded']);
    expect(JSON.stringify(events)).not.toMatch(/M-4711|Ufficio tecnico/);
  });

  it('goes on after what stood on it was erased', async () => {
    const { log, sealer, record, register: it } = await world();
    await record('c_borgo', [entry('M-1')]);
    const key = (await log.readAll()).events[0]?.keyId;
    expect(await sealer.destroy([key!])).toBe(1);
    expect(await record('c_borgo', [entry('M-2')])).toMatchObject({ outcome: 'done', recorded: 1 });
    expect(it.find('M-2')).toMatchObject({ comune: 'c_borgo' });
  });

  it('takes back who was recorded by mistake; the log keeps both', async () => {
    const { log, record, register: it } = await world();
    await record('c_borgo', [entry('M-1'), entry('M-2')]);
    const by = { principal: systemPrincipal, route: 'spec', idempotencyKey: 'w' };
    const withdrawal = { body: 'c_borgo', entry: 'M-1', reason: 'matricola errata' };
    expect(await it.withdraw({ ...withdrawal, ...by })).toMatchObject({ outcome: 'done' });
    expect([it.find('M-1'), it.find('M-2')]).toMatchObject([null, { comune: 'c_borgo' }]);
    expect((await log.readAll()).events.map(({ type }) => type)).toEqual(['StaffRecorded', 'StaffWithdrawn']);
    expect(await it.withdraw({ ...withdrawal, ...by, idempotencyKey: 'v' })).toMatchObject({
      rejection: { code: 'entry-not-found' },
    });
  });

  it.each<[Role, string, string]>([
    ['COMUNE_HR', 'c_borgo', 'done'],
    ['COMUNE_HR', 'c_valle', 'rejected'],
    ['DESK_SUPERVISOR', 'p_demo', 'done'],
    ['UPD', 'p_demo', 'rejected'],
    ['SYSTEM_OPERATOR', 'p_demo', 'rejected'],
  ])('is written by whoever answers for the staff: %s of %s: %s', async (role, body, outcome) => {
    const { record } = await world();
    const principal = {
      account: 'x',
      displayName: 'x',
      grants: [{ role, body }],
      serves: { p_demo: ['c_borgo'] },
    };
    expect(await record('c_borgo', [entry('M-1')], principal)).toMatchObject({ outcome });
  });
});
