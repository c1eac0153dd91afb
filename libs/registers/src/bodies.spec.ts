import { describe, expect, it } from '@jest/globals';
import { mayAct, systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import { createAccounts, createMemorySignInStore, createSignIn } from '@iter/access/accounts';
import { createLedger } from '@iter/event-store/ledger';
import { createMemoryLog } from '@iter/event-store/memory';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createBodies } from './bodies.ts';
import { decideBody, evolveBody } from './body.ts';
import type { Body, BodyCommand, BodyEvent, Convention } from './body.ts';
import { demoAccounts, seedDemo } from './demo.ts';
import { noLocalCalendar } from './local-calendar.ts';
import { sendingMailbox } from './mailboxes.ts';
import type { Mailbox } from './mailboxes.ts';

const clock = { now: () => '2026-03-06T09:00:00.000Z' };
const requestHash = (text: string): string => text;

const convention: Convention = {
  id: 'C1',
  province: 'p_demo',
  services: ['discipline'],
  serviceModel: 'FULL_UPD',
  validFrom: '2026-01-01',
  validTo: null,
};

const comune: Body = {
  ipa: 'c_x',
  name: 'X',
  kind: 'comune',
  province: 'p_demo',
  conventions: [convention],
  mailboxes: [],
  calendar: noLocalCalendar,
  calendarVersion: 0,
  shared: [],
};

describe('a body', () => {
  it('has mailboxes, each once; acts leave from the certified one, the protocol’s first', () => {
    const box = (address: string, kind: Mailbox['kind'], purpose: Mailbox['purpose']): Mailbox => ({
      ...{ address, kind, purpose },
    });
    const upd = box('upd@pec.x.it', 'CERTIFIED_MAIL', 'DISCIPLINE');
    const protocol = box('protocollo@pec.x.it', 'CERTIFIED_MAIL', 'PROTOCOL');
    const after = (body: Body, command: BodyCommand): Body => {
      const events = decideBody(body, command);
      if ('code' in events) throw new Error(events.message.it);
      return events.reduce<Body | null>(evolveBody, body)!;
    };
    const record = (body: Body, mailbox: Mailbox) => after(body, { type: 'RecordMailbox', mailbox });
    const mail = record(comune, box('info@x.it', 'MAIL', 'PROTOCOL'));
    expect(sendingMailbox(mail.mailboxes)).toBeNull();
    const both = record(record(mail, upd), protocol);
    expect(sendingMailbox(record(mail, upd).mailboxes)).toBe('upd@pec.x.it');
    expect(sendingMailbox(both.mailboxes)).toBe('protocollo@pec.x.it');
    expect(decideBody(both, { type: 'RecordMailbox', mailbox: upd })).toEqual([]);
    const changed = record(both, { ...upd, purpose: 'OTHER' });
    expect(changed.mailboxes).toHaveLength(3);
    const remove = { type: 'RemoveMailbox', address: protocol.address, reason: 'indirizzo errato' } as const;
    const removed = after(both, remove);
    expect(sendingMailbox(removed.mailboxes)).toBe('upd@pec.x.it');
    expect(decideBody(removed, remove)).toMatchObject({ code: 'entry-not-found' });
    expect(decideBody(both, { ...remove, reason: ' ' })).toMatchObject({ code: 'reason-required' });
    for (const wrong of [{ address: 'x' }, { address: 'A@x.it' }, { kind: 'FAX' }, { purpose: 'x' }]) {
      expect(
        decideBody(comune, { type: 'RecordMailbox', mailbox: { ...upd, ...(wrong as object) } }),
      ).toMatchObject({ code: 'mailbox-invalid' });
    }
  });

  it('has a convention no longer that was entered by mistake, with the reason', () => {
    const withdraw = { type: 'WithdrawConvention', id: convention.id, reason: ' doppione ' } as const;
    const events = decideBody(comune, withdraw);
    expect(events).toEqual([
      { type: 'ConventionWithdrawn', data: { id: convention.id, reason: 'doppione' } },
    ]);
    expect((events as readonly BodyEvent[]).reduce<Body | null>(evolveBody, comune)?.conventions).toEqual([]);
    expect(decideBody(comune, { ...withdraw, id: 'X' })).toMatchObject({ code: 'convention-not-found' });
    expect(decideBody(comune, { ...withdraw, reason: '' })).toMatchObject({ code: 'reason-required' });
  });

  it.each([
    ['the same convention', { ...convention }, []],
    ['another one for the same service and time', { ...convention, id: 'C2' }, 'convention-invalid'],
    [
      'one that ends before it begins',
      { ...convention, id: 'C3', validTo: '2025-01-01' },
      'convention-invalid',
    ],
    [
      'one from a day that is not',
      { ...convention, id: 'C4', validFrom: '2026-02-30' },
      'convention-invalid',
    ],
    ['one for no service', { ...convention, id: 'C5', services: [] }, 'convention-invalid'],
    [
      'one that takes cases before it begins',
      { ...convention, startsUntil: '2025-12-31' },
      'convention-invalid',
    ],
    [
      'one that takes cases after it is over',
      { ...convention, validTo: '2026-06-30', startsUntil: '2026-07-01' },
      'convention-invalid',
    ],
    [
      'one that takes cases until a day that is not',
      { ...convention, startsUntil: '2026-02-30' },
      'convention-invalid',
    ],
  ])('answers %s', (_, given, expected) => {
    const decided = decideBody(comune, { type: 'RecordConvention', convention: given });
    expect('code' in decided ? decided.code : decided).toEqual(expected);
  });

  it.each<[string, Partial<Convention>]>([
    ['another model', { serviceModel: 'SUPPORT' }],
    ['another Province', { province: 'p_altra' }],
    ['one service more', { services: ['discipline', 'selection'] }],
    ['another beginning', { validFrom: '2025-06-01' }],
  ])('keeps what was agreed under a number: %s is a new convention', (_, change) => {
    const given = { ...convention, ...change };
    expect(decideBody(comune, { type: 'RecordConvention', convention: given })).toMatchObject({
      code: 'convention-invalid',
      message: { it: expect.stringContaining('chiusa al giorno prima') as unknown as string },
    });
  });

  it('takes an end, the act on the rules and the switch under the same number', () => {
    const given: Convention = {
      ...convention,
      validTo: '2027-12-31',
      rulesAct: 'G.C. 9/2026',
      agreedSanction: true,
    };
    expect(decideBody(comune, { type: 'RecordConvention', convention: given })).toEqual([
      { type: 'ConventionRecorded', data: given },
    ]);
  });

  it('takes a convention for another service', () => {
    const given: Convention = { ...convention, id: 'C6', services: ['training'] };
    expect(decideBody(comune, { type: 'RecordConvention', convention: given })).toEqual([
      { type: 'ConventionRecorded', data: given },
    ]);
  });

  it('keeps its kind', () => {
    const command = {
      type: 'RegisterBody',
      ipa: 'c_x',
      name: 'X',
      kind: 'province',
      province: null,
    } as const;
    expect(decideBody(comune, command)).toMatchObject({ code: 'body-invalid' });
  });
});

describe('the demo world', () => {
  const world = ({ today = (): string => '2026-03-06' } = {}) => {
    const log = createMemoryLog();
    const ports = { log, clock, requestHash, today };
    const bodies = createBodies(ports);
    const sealer = createSealer({ store: createMemoryDataKeys() });
    const accounts = createAccounts({
      log,
      clock,
      sealer,
      requestHash,
      serves: (body) => bodies.serves(body),
    });
    const credentials = createMemorySignInStore();
    const signIn = createSignIn({
      store: credentials,
      principal: (account) => accounts.principal(account),
      nowMs: () => 0,
      cost: { N: 16, r: 1, p: 1 },
    });
    return { log, clock, ports, bodies, accounts, credentials, signIn };
  };

  it('is put in once, and again changes nothing', async () => {
    const it = world();
    await seedDemo(it, 'prova-di-sistema-1');
    const position = await it.log.lastPosition();
    await seedDemo(it, 'un’altra parola');
    expect(await it.log.lastPosition()).toBe(position);
    expect((await it.signIn.signIn('upd', 'prova-di-sistema-1', 'x')).outcome).toBe('signed-in');
    expect(it.accounts.list()).toHaveLength(demoAccounts.length);
    expect(it.bodies.serves('p_demo')).toEqual(['c_borgo', 'c_valle']);
    await seedDemo(it, 'un’altra parola', true);
    expect((await it.signIn.signIn('upd', 'un’altra parola', 'x')).outcome).toBe('signed-in');
    await it.accounts.close();
    await it.bodies.close();
  });

  it('says which convention covers a process, and what is local in the calendar', async () => {
    const it = world();
    await seedDemo(it, 'prova-di-sistema-1');
    expect(it.bodies.standing('c_borgo', 'disciplinary-ordinary', '2026-03-06').serviceModel).toBe(
      'FULL_UPD',
    );
    expect(it.bodies.standing('c_valle', 'disciplinary-ordinary', '2026-03-06').serviceModel).toBe('SUPPORT');
    expect(it.bodies.standing('c_borgo', 'disciplinary-ordinary', '2024-12-31').serviceModel).toBeNull();
    expect(it.bodies.standing('p_demo', 'disciplinary-ordinary', '2026-03-06').serviceModel).toBeNull();
    expect(it.bodies.localDays()['c_borgo']).toEqual({
      patrons: [{ day: '06-24', validFrom: null, validTo: null }],
      closures: [],
      patronSaintShiftsLegalTerm: false,
      version: 1,
    });
    expect(it.bodies.localDays()).toBe(it.bodies.localDays());
    await it.accounts.close();
    await it.bodies.close();
  });

  it('sets one aside whose history cannot be read: nobody acts in its cases, and the others go on', async () => {
    const it = world();
    await seedDemo(it, 'prova-di-sistema-1');
    const later = createLedger<null, { type: string; data: { into: string } }>(it, {
      ...{ initial: null, evolve: () => null, clear: { BodyMerged: ['into'] } },
    });
    const merge = { type: 'BodyMerged', data: { into: 'c_valle' } };
    await later.execute({
      ...{
        stream: 'body-c_borgo',
        tenant: 'c_borgo',
        commandId: 'm-1',
        requestHash: 'm',
        decide: () => [merge],
      },
      actor: { account: 'system', role: 'SYSTEM', tenant: 'c_borgo' } as never,
    });
    const told: string[] = [];
    for (const bodies of [it.bodies, createBodies({ ...it.ports, onSetAside: (ipa) => told.push(ipa) })]) {
      await bodies.catchUp();
      expect(bodies.find('c_borgo')).toBeNull();
      expect(bodies.exists('c_borgo')).toBe(false);
      expect(['c_borgo', 'c_valle'].map((ipa) => bodies.isSetAside(ipa))).toEqual([true, false]);
      expect(bodies.serves('p_demo')).toEqual(['c_valle']);
      // A start puts the demo in again.
      await seedDemo({ ...it, bodies }, 'prova-di-sistema-1');
      expect(bodies.convention('c_borgo', 'disciplinary-ordinary', '2026-03-06')).toBeNull();
      // Terms that run go on with the calendar that was read last.
      expect(bodies.localDays()['c_borgo']?.version).toBe(1);
      // Without a convention the disciplinary office of the Comune itself would decide; nobody knows that there is none.
      const own: Principal = {
        ...{
          account: 'upd.borgo',
          displayName: 'UPD',
          grants: [{ role: 'UPD', body: 'c_borgo' }],
          serves: {},
        },
      };
      const of = (comune: string) =>
        mayAct(own, 'StartCase', {
          case: {
            ...{ comune, process: 'disciplinary-ordinary', startedBy: 'x', deeds: [] },
            ...bodies.standing(comune, 'disciplinary-ordinary', '2026-03-06'),
          },
          task: { element: 's', roles: ['UPD'], assignee: null, candidateUsers: [] },
        }).allowed;
      expect(of('c_borgo')).toBe(false);
      const command = { type: 'ShareCases', services: [], reason: 'r' } as const;
      await expect(
        bodies.execute({
          ...{ body: 'c_borgo', command, idempotencyKey: 'k', principal: systemPrincipal, route: 'r' },
        }),
      ).rejects.toThrow('BodyMerged');
      expect(bodies.standing('c_valle', 'disciplinary-ordinary', '2026-03-06').serviceModel).toBe('SUPPORT');
      await bodies.close();
    }
    expect(told).toEqual(['c_borgo']);
    await it.accounts.close();
  });

  it('gives what a convention began to the Province that had it then, also of another territory and after its end', async () => {
    const { bodies, accounts, ...it } = world();
    await seedDemo({ ...it, bodies, accounts }, 'prova-di-sistema-1');
    const order = (command: BodyCommand) =>
      bodies.execute({
        ...{ body: 'c_borgo', command, principal: systemPrincipal, route: 'test' },
        idempotencyKey: JSON.stringify(command),
      });
    await order({ type: 'EndConvention', id: 'CONV-2025-001', validTo: '2026-03-05', reason: 'recesso' });
    const elsewhere = { ...convention, id: 'ALTROVE', province: 'p_altra', validFrom: '2026-06-01' };
    await order({ type: 'RecordConvention', convention: elsewhere });
    const on = (day: string, process = 'convention-lifecycle') =>
      bodies.standing('c_borgo', process, day).territory;
    expect(['2020-01-01', '2026-03-05', '2026-05-31'].map((day) => on(day))).toEqual(Array(3).fill('p_demo'));
    expect(on('2026-06-01')).toBe('p_altra');
    expect(on('2026-06-01', 'comune-onboarding')).toBe('p_demo');
    await bodies.close();
    await accounts.close();
  });

  it('who leaves with open cases: none begins any more, the Province brings its own to their end, and then they are the body’s', async () => {
    let today = '2026-03-06';
    const { bodies, accounts, ...it } = world({ today: () => today });
    await seedDemo({ ...it, bodies, accounts }, 'prova-di-sistema-1');
    const former = bodies.convention('c_borgo', 'disciplinary-ordinary', '2026-03-06')!;
    const record = async (convention: Convention) => {
      const command = { type: 'RecordConvention', convention } as const;
      const asked = { body: 'c_borgo', command, principal: systemPrincipal, route: 'test' };
      expect(await bodies.execute({ ...asked, idempotencyKey: JSON.stringify(command) })).toMatchObject({
        outcome: 'done',
      });
    };
    await record({ ...former, validTo: null, startsUntil: '2026-06-30' });
    // The next one may begin meanwhile, of another model or with another Province.
    await record({
      ...former,
      id: 'NUOVA',
      serviceModel: 'SUPPORT',
      services: ['training'],
      validFrom: '2026-07-01',
    });
    const on = (day: string) => bodies.standing('c_borgo', 'disciplinary-ordinary', day);
    expect(on('2026-06-30')).toMatchObject({ serviceModel: 'FULL_UPD', isOver: false });
    expect(on('2026-07-01')).toMatchObject({ serviceModel: null, isOver: false });
    expect(bodies.convention('c_borgo', 'disciplinary-ordinary', '2026-07-01')).toBeNull();
    const isServedIn = (began: string, province = 'p_demo') =>
      bodies.isServedBy('c_borgo', province, 'disciplinary-ordinary', began);
    expect(isServedIn('2020-01-01')).toBe(true);
    today = '2026-09-01';
    expect(bodies.serves('p_demo')).toContain('c_borgo');
    expect(on('2026-06-30').isOver).toBe(false);
    // What it has begun with the Province before, it goes on with; of what others begin there since, it is no part.
    expect(['2026-06-30', '2026-07-01'].map((began) => isServedIn(began))).toEqual([true, false]);
    expect(isServedIn('2026-06-30', 'p_other')).toBe(false);
    await record({ ...former, validTo: '2026-10-31', startsUntil: '2026-06-30' });
    today = '2026-11-01';
    // The Province still serves it, and no longer in this.
    expect(bodies.serves('p_demo')).toContain('c_borgo');
    expect(on('2026-06-30')).toMatchObject({ serviceModel: 'FULL_UPD', isOver: true });
    expect(isServedIn('2026-06-30')).toBe(false);
    expect(bodies.standing('c_borgo', 'training-course', '2026-07-01')).toMatchObject({
      serviceModel: 'SUPPORT',
      isOver: false,
    });
    // Another Province that supports the body is not its office; one that is goes on with what is open.
    const next = { ...former, province: 'p_other', services: ['discipline'], startsUntil: null } as const;
    await record({ ...next, id: 'ALTRA', serviceModel: 'SUPPORT', validFrom: '2026-11-01', validTo: null });
    expect(on('2026-06-30')).toMatchObject({ serviceModel: 'FULL_UPD', isOver: true });
    expect(on('2026-11-01')).toMatchObject({ serviceModel: 'SUPPORT', isOver: false });
    await record({
      ...next,
      id: 'ALTRA',
      serviceModel: 'SUPPORT',
      validFrom: '2026-11-01',
      validTo: '2026-11-01',
    });
    await record({ ...next, id: 'UNIFICATO', validFrom: '2026-11-02', validTo: null });
    today = '2026-11-02';
    expect(on('2026-06-30')).toMatchObject({ serviceModel: 'FULL_UPD', isOver: false });
    await bodies.close();
    await accounts.close();
  });

  it('a supervisor ends a convention of a Comune that his Province serves, and no other', async () => {
    const it = world();
    await seedDemo(it, 'prova-di-sistema-1');
    const end = (principal: Principal) =>
      it.bodies.execute({
        body: 'c_borgo',
        command: { type: 'EndConvention', id: 'CONV-2025-001', validTo: '2026-03-05', reason: 'recesso' },
        principal,
        route: 'test',
        idempotencyKey: principal.account,
      });
    const stranger: Principal = {
      ...systemPrincipal,
      account: 'altra',
      grants: [{ role: 'DESK_SUPERVISOR', body: 'p_other' }],
    };
    expect(await end(stranger)).toMatchObject({ rejection: { code: 'not-authorised' } });
    expect(await end((await it.accounts.principal('responsabile')) as Principal)).toMatchObject({
      outcome: 'done',
    });
    expect(it.bodies.serves('p_demo')).toEqual(['c_valle']);
    expect((await it.accounts.principal('upd'))?.serves).toEqual({ p_demo: ['c_valle'] });
    await it.accounts.close();
    await it.bodies.close();
  });

  it('of a calendar people of the Comune say what is closed, and the head of the service what moves terms of law', async () => {
    const it = world();
    await seedDemo(it, 'prova-di-sistema-1');
    const set = async (who: string, closures: number, patronSaintShiftsLegalTerm: boolean) => {
      const { calendar } = it.bodies.find('c_borgo')!;
      const closed = { from: '2026-12-24', to: '2026-12-24', reason: 'chiusura' };
      const command = {
        type: 'SetLocalCalendar',
        calendar: {
          ...calendar,
          closures: Array.from({ length: closures }, () => closed),
          patronSaintShiftsLegalTerm,
        },
        reason: 'delibera',
      } as const;
      const principal = (await it.accounts.principal(who)) as Principal;
      const route = `${who} ${closures} ${String(patronSaintShiftsLegalTerm)}`;
      const done = await it.bodies.execute({
        body: 'c_borgo',
        command,
        principal,
        route,
        idempotencyKey: 'k',
      });
      return done.outcome === 'rejected' ? done.rejection.code : done.outcome;
    };
    expect(await set('personale', 1, false)).toBe('done');
    expect(await set('personale', 1, true)).toBe('not-authorised');
    expect(await set('responsabile', 1, true)).toBe('done');
    expect(await set('personale', 0, true)).toBe('done');
    expect(await set('personale', 0, false)).toBe('not-authorised');
    await it.accounts.close();
    await it.bodies.close();
  });
});

describe('what colleagues see of one another’s cases', () => {
  const share = (services: readonly string[], reason = 'Delibera 12'): BodyCommand => ({
    ...{ type: 'ShareCases', services, reason },
  });

  it('is nothing at first; the body decides by service, with a reason', () => {
    expect(comune.shared).toEqual([]);
    expect(decideBody(comune, share(['training', 'selection']))).toEqual([
      { type: 'CasesShared', data: { services: ['selection', 'training'], reason: 'Delibera 12' } },
    ]);
    expect(decideBody(comune, share(['selection'], ' '))).toMatchObject({ code: 'reason-required' });
    expect(decideBody(comune, share(['everything']))).toMatchObject({ code: 'body-invalid' });
    expect(decideBody(null, share([]))).toMatchObject({ code: 'body-not-found' });
    const open = { ...comune, shared: ['selection'] as const };
    expect(decideBody(open, share(['selection'], ''))).toEqual([]);
    expect(decideBody(open, share([]))).toMatchObject([{ data: { services: [] } }]);
  });
});
