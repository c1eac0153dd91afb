import { afterEach, describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { versionOf } from '../versions.ts';
import { boardFault, createBoardRegister, decideBoards, demoBoards, entryOf, inOffice } from './index.ts';
import type { Board, BoardMember, BoardRegister, Incompatibility } from './index.ts';

const member = (more: Partial<BoardMember> = {}): BoardMember => ({
  ...{ name: 'Ugo', account: 'ugo', role: 'PRESIDENT', gender: 'M', incompatibilities: [] },
  ...more,
});
const near = (more: Partial<Incompatibility> = {}): Incompatibility => ({
  ...{ employeeRef: 'B-1', account: null, reason: 'Parentela' },
  ...more,
});
const board = (more: Partial<Board> = {}): Board => ({
  ...{ id: 'UPD-1', kind: 'UPD', name: 'Ufficio', act: null, validFrom: '2026-01-01', validTo: null },
  members: [member()],
  ...more,
});
/** All that can be read without a key. Ciphertext is left out: three letters come to stand in it by chance. */
const inClear = (events: unknown): string =>
  JSON.stringify(events, (name, value: unknown) => (name === 'box' ? undefined : value));

describe('a board', () => {
  it.each<[string, Partial<Board>]>([
    ['no code', { id: '' }],
    ['a kind that is none', { kind: 'GIUNTA' as never }],
    ['no name', { name: ' ' }],
    ['an end before the beginning', { validTo: '2025-12-31' }],
    ['a day that is none', { validFrom: '2026-02-30' }],
    ['two presidents', { members: [member(), member({ account: 'mara' })] }],
    ['somebody twice', { members: [member(), member({ role: 'MEMBER' })] }],
    ['a tax code for an account', { members: [member({ account: 'RSSMRA80A01H501U' })] }],
    ['a role that is none', { members: [member({ role: 'USHER' as never })] }],
    ['a gender that is none', { members: [member({ gender: 'X' as never })] }],
    [
      'an incompatibility with nobody',
      { members: [member({ incompatibilities: [near({ employeeRef: null })] })] },
    ],
    ['one with two', { members: [member({ incompatibilities: [near({ account: 'sara' })] })] }],
    ['one without a reason', { members: [member({ incompatibilities: [near({ reason: ' ' })] })] }],
    [
      'one with a tax code',
      { members: [member({ incompatibilities: [near({ employeeRef: 'RSSMRA80A01H501U' })] })] },
    ],
    ['too many', { members: [member({ incompatibilities: Array.from({ length: 201 }, () => near()) })] }],
  ])('with %s is refused', (_, more) => {
    expect(boardFault(board(more))).not.toBeNull();
    expect(decideBoards(new Map(), [board(more)])).toMatchObject({ code: 'board-invalid' });
  });

  it('is in office on the days of its term, both included', () => {
    const term = board({ validTo: '2026-06-30' });
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map((on) => inOffice(term, on))).toEqual([
      ...[false, true, true, false],
    ]);
  });

  it('that is known adds nothing; one that differs replaces it', () => {
    const known = new Map([['UPD-1', board()]]);
    expect(decideBoards(known, [board()])).toEqual([]);
    const other = board({ members: [member({ incompatibilities: [near()] })] });
    expect(decideBoards(known, [other])).toEqual([{ type: 'BoardRecorded', data: other }]);
  });
});

let register: BoardRegister | undefined;
afterEach(() => register?.close());

async function world() {
  const log = createMemoryLog();
  const sealer = createSealer({ store: createMemoryDataKeys() });
  register = createBoardRegister({
    ...{ log, sealer, clock: { now: () => '2026-03-06T09:00:00.000Z' } },
    requestHash: requestHashWith(Buffer.from('spec')),
  });
  await register.catchUp();
  let n = 0;
  const record = (body: string, boards: readonly Board[], principal: Principal = systemPrincipal) =>
    register!.record({ body, entries: boards, principal, route: 'spec', idempotencyKey: `k${++n}` });
  return { log, sealer, record, register };
}

describe('the register', () => {
  const judging = (employeeRef: string | null, ...reporters: string[]) => ({ employeeRef, reporters });

  it('says who may not judge whom: an employee, or what somebody reported', async () => {
    const { record, register: it } = await world();
    const mara = member({
      ...{ name: 'Mara', account: 'mara', role: 'MEMBER' },
      incompatibilities: [near({ employeeRef: null, account: 'sara' })],
    });
    const noAccount = member({
      ...{ name: 'Ida', account: null, role: 'MEMBER' },
      incompatibilities: [near()],
    });
    await record('p_demo', [board({ members: [member({ incompatibilities: [near()] }), mara, noAccount] })]);
    expect(it.incompatible(judging('B-1', 'sara'))).toEqual(['ugo', 'mara']);
    expect(it.incompatible(judging('B-1', 'piero'))).toEqual(['ugo']);
    expect(it.incompatible(judging('B-2', 'piero'))).toEqual([]);
    expect(it.incompatible(judging(null))).toEqual([]);
  });

  it('keeps a declaration beyond the term of its board, until it is taken back', async () => {
    const { record, register: it } = await world();
    const over = { validFrom: '2020-01-01', validTo: '2020-12-31' };
    await record('p_demo', [board({ ...over, members: [member({ incompatibilities: [near()] })] })]);
    await record('c_borgo', [board()]);
    expect(it.incompatible(judging('B-1'))).toEqual(['ugo']);
    await record('p_demo', [board(over)]);
    expect(it.incompatible(judging('B-1'))).toEqual([]);
  });

  it('takes nothing back of a board that somebody has changed since it was read', async () => {
    const { record, register: it } = await world();
    const ugo = member({ incompatibilities: [near()] });
    await record('p_demo', [board({ members: [ugo] })]);
    const seen = versionOf(it.of('p_demo').get('UPD-1'));
    await record('p_demo', [board({ members: [{ ...ugo, role: 'SUBSTITUTE' }] })]);
    let n = 0;
    const withdraw = (version: string) =>
      it.withdraw({
        ...{ body: 'p_demo', entry: entryOf('UPD-1', ugo, ugo.incompatibilities[0]), reason: 'r' },
        ...{ seen: version, principal: systemPrincipal, route: 'spec', idempotencyKey: `s${++n}` },
      });
    expect(await withdraw(seen)).toMatchObject({ rejection: { code: 'register-changed' } });
    expect(await withdraw(versionOf(it.of('p_demo').get('UPD-1')))).toMatchObject({ outcome: 'done' });
  });

  it('takes back a declaration, then the member, each with its reason', async () => {
    const { log, record, register: it } = await world();
    const ugo = member({ incompatibilities: [near(), near({ employeeRef: 'B-2' })] });
    await record('p_demo', [board({ members: [ugo] })]);
    let n = 0;
    const withdraw = (entry: string, reason = 'scritto per errore', principal = systemPrincipal) =>
      it.withdraw({ body: 'p_demo', entry, reason, principal, route: 'spec', idempotencyKey: `w${++n}` });
    const declaration = entryOf('UPD-1', ugo, ugo.incompatibilities[0]);
    expect(await withdraw(declaration, ' ')).toMatchObject({ rejection: { code: 'reason-required' } });
    expect(await withdraw(declaration)).toMatchObject({ outcome: 'done' });
    expect([it.incompatible(judging('B-1')), it.incompatible(judging('B-2'))]).toEqual([[], ['ugo']]);
    expect(await withdraw(declaration)).toMatchObject({ rejection: { code: 'entry-not-found' } });
    expect(await withdraw(entryOf('UPD-1', ugo))).toMatchObject({ outcome: 'done' });
    expect(it.of('p_demo').get('UPD-1')?.members).toEqual([]);
    expect(inClear((await log.readAll()).events)).not.toMatch(/ugo|B-1|per errore/);
    const upd = {
      account: 'x',
      displayName: 'x',
      grants: [{ role: 'UPD' as const, body: 'p_demo' }],
      serves: {},
    };
    expect(await withdraw(entryOf('UPD-1', ugo), 'prova', upd)).toMatchObject({
      rejection: { code: 'not-authorised' },
    });
  });

  it('keeps nobody of a commission of examiners from judging employees', async () => {
    const { record, register: it } = await world();
    await record('p_demo', [
      board({ kind: 'EXAMINATION', members: [member({ incompatibilities: [near()] })] }),
    ]);
    expect(it.incompatible(judging('B-1'))).toEqual([]);
  });

  it('writes nothing of people in clear', async () => {
    const { log, record } = await world();
    expect(await record('p_demo', demoBoards['p_demo']!)).toMatchObject({ outcome: 'done', recorded: 1 });
    const { events } = await log.readAll();
    expect(events.map(({ type }) => type)).toEqual(['BoardRecorded']);
    expect(inClear(events)).not.toMatch(/Ugo|B-0105|Parentela|"upd"/);
  });

  it('goes on after what stood on it was erased', async () => {
    const { log, sealer, record } = await world();
    await record('p_demo', [board()]);
    const key = (await log.readAll()).events[0]?.keyId;
    expect(await sealer.destroy([key!])).toBe(1);
    expect(await record('p_demo', [board()])).toMatchObject({ outcome: 'done', recorded: 1 });
  });

  it.each<[Role, string, string]>([
    ['DESK_SUPERVISOR', 'p_demo', 'done'],
    ['DESK_SUPERVISOR', 'p_altra', 'rejected'],
    ['DESK_OPERATOR', 'p_demo', 'rejected'],
    ['UPD', 'p_demo', 'rejected'],
    ['COMUNE_HR', 'c_borgo', 'rejected'],
  ])('is written by the head of the service alone: %s of %s: %s', async (role, body, outcome) => {
    const { record } = await world();
    const grants = [{ role, body }];
    const principal = { account: 'x', displayName: 'x', grants, serves: { p_demo: ['c_borgo'] } };
    expect(await record('c_borgo', [board()], principal)).toMatchObject({ outcome });
  });
});
