import { describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { requestHashWith } from '@iter/platform/ids';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createAccounts } from '../accounts/accounts.ts';
import type { AccountCommand } from '../accounts/account.ts';
import { mayAct, standsFor } from '../may-act.ts';
import { systemPrincipal } from '../system.ts';
import type { ActFacts, CaseFacts, Grant, Principal, Role } from '../types.ts';
import type { ArrangeSubstitution, Person } from './arrange.ts';
import { createStandIns } from './stand-ins.ts';

const grant = (role: Role, body = 'p_demo'): Grant => ({ role, body });
const people: Readonly<Record<string, readonly Grant[]>> = {
  rita: [grant('DESK_SUPERVISOR')],
  ugo: [grant('UPD')],
  olga: [grant('DESK_OPERATOR')],
  sara: [grant('STRUCTURE_HEAD', 'c_borgo'), grant('UPD', 'c_borgo')],
  ada: [grant('AUDITOR')],
  gino: [grant('SYSTEM_OPERATOR')],
  altra: [grant('DESK_SUPERVISOR', 'p_altra')],
  automa: [grant('WORKER')],
  docente: [grant('TRAINER')],
  collega: [grant('TRAINER')],
};

async function house(log = createMemoryLog()) {
  let now = '2026-03-06T09:00:00.000Z';
  const accounts = createAccounts({
    log,
    clock: { now: () => now },
    sealer: createSealer({ store: createMemoryDataKeys() }),
    requestHash: requestHashWith(Buffer.from('key')),
    serves: (body) => (body === 'p_demo' ? ['c_borgo'] : []),
  });
  let n = 0;
  const execute = (username: string, command: AccountCommand, by = systemPrincipal, key = `k${n++}`) =>
    accounts.execute({ username, command, principal: by, route: 'test', idempotencyKey: key });
  for (const [username, grants] of Object.entries(people)) {
    await execute(username, { type: 'CreateAccount', username, displayName: username, grants });
  }
  const who = async (name: string): Promise<Principal> => (await accounts.principal(name)) as Principal;
  return {
    log,
    accounts,
    execute,
    who,
    at: (instant: string) => void (now = instant),
    /** The code of the refusal, or `done`. */
    async answer(...asked: Parameters<typeof execute>): Promise<string> {
      const result = await execute(...asked);
      return result.outcome === 'rejected' ? result.rejection.code : result.outcome;
    },
    grants: async (name: string) =>
      (await who(name)).grants.map(
        ({ role, body, onBehalfOf }) => `${role}@${body}${onBehalfOf ? ` for ${onBehalfOf}` : ''}`,
      ),
  };
}

const away = (substitute: string, more: Partial<ArrangeSubstitution> = {}): ArrangeSubstitution => ({
  type: 'ArrangeSubstitution',
  substitute,
  from: '2026-03-09',
  to: '2026-03-10',
  roles: null,
  bodies: null,
  reason: 'CANARY ferie',
  ...more,
});
const ended = (id: string, reason = 'rientro'): AccountCommand => ({ type: 'EndSubstitution', id, reason });

describe('a substitute', () => {
  it('holds what the absent person holds on each of the days, in Rome, and not a moment longer', async () => {
    const { execute, at, grants } = await house();
    await execute('ugo', away('olga'));
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo']);
    at('2026-03-08T22:59:59.999Z');
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo']);
    at('2026-03-08T23:00:00.000Z');
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo', 'UPD@p_demo for ugo']);
    at('2026-03-10T22:59:59.999Z');
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo', 'UPD@p_demo for ugo']);
    at('2026-03-10T23:00:00.000Z');
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo']);
    expect(await grants('ugo')).toEqual(['UPD@p_demo']);
  });

  it('loses it at once when it is ended, and when the absent person is disabled', async () => {
    const { execute, at, grants, answer } = await house();
    await execute('ugo', away('olga'));
    await execute('sara', away('olga', { roles: ['UPD'] }));
    at('2026-03-09T09:00:00.000Z');
    expect(await grants('olga')).toHaveLength(3);
    expect(await answer('ugo', ended('1', ' '))).toBe('reason-required');
    expect(await answer('ugo', ended('2'))).toBe('substitution-not-found');
    expect(await answer('ugo', ended('1'))).toBe('done');
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo', 'UPD@c_borgo for sara']);
    await execute('sara', { type: 'DisableAccount', reason: 'cessata' });
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo']);
  });

  it('gets only what is covered, as it is held now', async () => {
    const { execute, at, grants } = await house();
    await execute('sara', away('olga', { roles: ['UPD'], bodies: ['c_borgo'] }));
    at('2026-03-09T09:00:00.000Z');
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo', 'UPD@c_borgo for sara']);
    await execute('sara', { type: 'GrantRoles', grants: [grant('COMUNE_HR', 'c_borgo')], reason: 'altro' });
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo']);
  });

  it('gets nothing that makes a pair which nobody may hold, also when it comes to be later', async () => {
    const { execute, at, grants, answer } = await house();
    expect(await answer('gino', away('ada'))).toBe('roles-incompatible');
    await execute('gino', away('olga'));
    await execute('ada', away('ugo'));
    at('2026-03-09T09:00:00.000Z');
    const both = [grant('DESK_OPERATOR'), grant('DPO')];
    await execute('olga', { type: 'GrantRoles', grants: both, reason: 'incarico' });
    expect(await grants('olga')).toEqual(['DESK_OPERATOR@p_demo', 'DPO@p_demo']);
    expect(await grants('ugo')).toEqual(['UPD@p_demo', 'AUDITOR@p_demo for ada']);
  });

  it('is known to those who send notices, for the office as well', async () => {
    const { execute, accounts } = await house();
    await execute('sara', away('olga', { roles: ['UPD'] }));
    const noon = '2026-03-09T11:00:00.000Z';
    expect(accounts.substitutesOf('sara', noon)).toEqual(['olga']);
    expect(accounts.substitutesOf('sara', noon, grant('UPD', 'c_borgo'))).toEqual(['olga']);
    expect(accounts.substitutesOf('sara', noon, grant('STRUCTURE_HEAD', 'c_borgo'))).toEqual([]);
    expect(accounts.substitutesOf('sara', '2026-03-08T11:00:00.000Z')).toEqual([]);
    expect(accounts.substitutesOf('nobody', noon)).toEqual([]);
    await execute('olga', { type: 'DisableAccount', reason: 'cessata' });
    expect(accounts.substitutesOf('sara', noon)).toEqual([]);
  });

  it('is found again in the log, and why somebody is away cannot be read there', async () => {
    const { execute, log } = await house();
    await execute('ugo', away('olga'));
    await execute('ugo', ended('1', 'CANARY rientro'));
    expect(JSON.stringify(await log.readAll())).not.toContain('CANARY');
    const types = (await log.readStream('account-ugo')).map(({ type }) => type);
    expect(types).toEqual(['AccountCreated', 'SubstitutionArranged', 'SubstitutionEnded']);
  });
});

describe('arranging', () => {
  it('is done once, however often it is sent', async () => {
    const { execute, accounts } = await house();
    for (let i = 0; i < 2; i++) {
      expect(await execute('ugo', away('olga'), systemPrincipal, 'same')).toMatchObject({ outcome: 'done' });
    }
    expect(accounts.list().find(({ username }) => username === 'ugo')?.substitutions).toHaveLength(1);
    expect(await execute('ugo', away('rita'), systemPrincipal, 'same')).toEqual({ outcome: 'key-reused' });
    await execute('ugo', ended('1'));
    expect(await execute('ugo', ended('1'))).toMatchObject({ outcome: 'done', position: null });
  });

  it.each<readonly [string, string, ArrangeSubstitution, string]>([
    ['oneself', 'ugo', away('ugo'), 'substitution-invalid'],
    ['nobody known', 'ugo', away('ignoto'), 'account-not-found'],
    ['a program', 'ugo', away('automa'), 'substitution-invalid'],
    ['somebody of another Province', 'ugo', away('altra'), 'substitution-invalid'],
    ['of a Comune, in its Province', 'ugo', away('sara'), 'substitution-invalid'],
    ['whoever only teaches there', 'ugo', away('docente'), 'substitution-invalid'],
    ['for a program', 'automa', away('olga'), 'substitution-invalid'],
    ['days in the wrong order', 'ugo', away('olga', { to: '2026-03-08' }), 'substitution-invalid'],
    ['a day that is none', 'ugo', away('olga', { to: '2026-03-32' }), 'substitution-invalid'],
    ['another day that is none', 'ugo', away('olga', { to: '2027-02-29' }), 'substitution-invalid'],
    ['the past', 'ugo', away('olga', { from: '2026-03-05' }), 'substitution-invalid'],
    ['for years', 'ugo', away('olga', { to: '2027-03-10' }), 'substitution-invalid'],
    ['in years', 'ugo', away('olga', { from: '2027-03-08', to: '2027-03-09' }), 'substitution-invalid'],
    ['roles that are not held', 'ugo', away('olga', { roles: ['SEGRETARIO'] }), 'substitution-invalid'],
    ['no reason', 'ugo', away('olga', { reason: ' ' }), 'reason-required'],
    ['an account that is not there', 'ignoto', away('olga'), 'account-not-found'],
  ])('refuses %s', async (_, absent, command, code) => {
    expect(await (await house()).answer(absent, command)).toBe(code);
  });

  it('takes an office of the Province for one of a Comune that it serves, and one teacher for another', async () => {
    const { answer } = await house();
    expect(await answer('sara', away('olga'))).toBe('done');
    expect(await answer('docente', away('collega'))).toBe('done');
  });

  it('of one person refuses two for the same office on the same day, and takes two for two', async () => {
    const { answer, execute } = await house();
    await execute('sara', away('olga', { roles: ['UPD'] }));
    expect(await answer('sara', away('rita'))).toBe('substitution-overlaps');
    expect(await answer('sara', away('rita', { from: '2026-03-10', to: '2026-03-12', roles: ['UPD'] }))).toBe(
      'substitution-overlaps',
    );
    expect(await answer('sara', away('rita', { roles: ['STRUCTURE_HEAD'] }))).toBe('done');
    expect(await answer('sara', away('ugo', { from: '2026-03-11', to: '2026-03-12' }))).toBe('done');
  });

  it('makes no chain and no circle, from neither end, unless the days are others', async () => {
    const { answer, execute } = await house();
    await execute('ugo', away('olga'));
    expect(await answer('olga', away('rita'))).toBe('substitution-chained');
    expect(await answer('olga', away('ugo'))).toBe('substitution-chained');
    expect(await answer('rita', away('ugo', { from: '2026-03-10', to: '2026-03-15' }))).toBe(
      'substitution-chained',
    );
    expect(await answer('olga', away('rita', { from: '2026-03-11', to: '2026-03-12' }))).toBe('done');
    await execute('ugo', ended('1'));
    expect(await answer('olga', away('rita', { from: '2026-03-09', to: '2026-03-09' }))).toBe('done');
  });

  it('gives nothing on when a chain came to be all the same, of two arranged at one instant', () => {
    const because = { roles: null, bodies: null, reason: 'ferie', endedAt: null } as const;
    const person = (username: string, substitute: string | null): Person => ({
      username,
      grants: people[username] ?? [],
      disabled: false,
      substitutions:
        substitute === null
          ? []
          : [{ id: '1', substitute, from: '2026-03-09', to: '2026-03-10', ...because }],
    });
    const chain = [person('ugo', 'olga'), person('olga', 'rita'), person('rita', null)];
    const known = new Map(chain.map((it) => [it.username, it]));
    const standIns = createStandIns(known, {
      clock: { now: () => '2026-03-09T09:00:00.000Z' },
      serves: () => [],
    });
    for (const it of chain) standIns.note(it);
    expect(standIns.grantsOf(person('rita', null))).toEqual([
      grant('DESK_SUPERVISOR'),
      { ...grant('DESK_OPERATOR'), onBehalfOf: 'olga' },
    ]);
  });

  it('is bounded', async () => {
    const { answer, execute } = await house();
    const day = (n: number) => new Date(Date.UTC(2026, 2, 9 + n)).toISOString().slice(0, 10);
    for (let n = 0; n < 24; n++) await execute('ugo', away('olga', { from: day(n), to: day(n) }));
    expect(await answer('ugo', away('olga', { from: day(24), to: day(24) }))).toBe('limit-exceeded');
    expect(await answer('sara', away('olga', { from: day(24), to: day(24) }))).toBe('limit-exceeded');
  });
});

describe('who may arrange', () => {
  it('oneself, the supervisor for the people of the Province, the operator for others; never to one’s own gain', async () => {
    const { answer, who } = await house();
    const [ugo, rita, olga, gino, altra] = await Promise.all(
      ['ugo', 'rita', 'olga', 'gino', 'altra'].map((name) => who(name)),
    );
    const days = (n: number) => ({ from: `2026-04-0${n}`, to: `2026-04-0${n}` });
    expect(await answer('ugo', away('olga', days(1)), ugo)).toBe('done');
    expect(await answer('ugo', away('olga', days(2)), rita)).toBe('done');
    expect(await answer('ugo', away('olga', days(3)), gino)).toBe('done');
    expect(await answer('ugo', ended('2', 'errore'), altra)).toBe('not-authorised');
    expect(await answer('ugo', ended('2', 'errore'), rita)).toBe('done');
    for (const [absent, substitute, by] of [
      ['ugo', 'olga', olga],
      ['ugo', 'sara', altra],
      // Not their own staff; nor who watches over the house; nor what they would have themselves.
      ['sara', 'olga', rita],
      ['ada', 'olga', rita],
      ['ugo', 'rita', rita],
      ['ugo', 'gino', gino],
    ] as const) {
      expect([absent, substitute, await answer(absent, away(substitute, days(4)), by)]).toEqual([
        absent,
        substitute,
        'not-authorised',
      ]);
    }
  });

  it('a substitute of the operator gives nothing to the absent operator either', async () => {
    const { execute, at, who } = await house();
    await execute('gino', away('olga'));
    at('2026-03-09T09:00:00.000Z');
    const olga = await who('olga');
    expect(mayAct(olga, 'GrantRoles', { account: 'ugo' })).toMatchObject({ as: { onBehalfOf: 'gino' } });
    expect(mayAct(olga, 'GrantRoles', { account: 'gino' }).allowed).toBe(false);
    expect(mayAct(olga, 'GrantRoles', { account: 'olga' }).allowed).toBe(false);
    expect(mayAct(olga, 'ChangePassword', { account: 'gino' }).allowed).toBe(false);
  });
});

describe('acting in the place of another', () => {
  const file: CaseFacts = {
    comune: 'c_borgo',
    process: 'disciplinary-ordinary',
    startedBy: 'sara',
    serviceModel: 'FULL_UPD',
    deeds: [{ element: null, account: 'sara', role: 'STRUCTURE_HEAD' }],
  };
  const task = (role: Role, more: object = {}): NonNullable<ActFacts['task']> => ({
    element: 't_x',
    roles: [role],
    assignee: null,
    candidateUsers: [],
    ...more,
  });
  const standing = (
    account: string,
    own: readonly Grant[],
    absent: string,
    held: readonly Grant[],
  ): Principal => ({
    account,
    displayName: account,
    grants: [...own, ...held.map((it) => ({ ...it, onBehalfOf: absent }))],
    serves: { p_demo: ['c_borgo'] },
  });
  const olga = standing('olga', [grant('DESK_OPERATOR')], 'ugo', [grant('UPD')]);

  it('is said with the act', () => {
    expect(standsFor(olga)).toEqual(['ugo']);
    expect(mayAct(olga, 'CompleteUserTask', { case: file, task: task('UPD') })).toMatchObject({
      as: { role: 'UPD', body: 'p_demo', onBehalfOf: 'ugo' },
    });
    expect(mayAct(olga, 'AttachDocument', { case: file })).toMatchObject({
      as: { role: 'DESK_OPERATOR', body: 'p_demo' },
    });
  });

  it('takes from the absent person what is theirs, in their name, and from nobody else', () => {
    const bruno = standing('bruno', [grant('UPD')], 'ugo', [grant('UPD')]);
    const on = (assignee: string | null) =>
      mayAct(bruno, 'CompleteUserTask', { case: file, task: task('UPD', { assignee }) });
    expect(on('ugo')).toMatchObject({ as: { onBehalfOf: 'ugo' } });
    expect(on('bruno')).toMatchObject({ as: { role: 'UPD', body: 'p_demo' } });
    expect(on(null)).not.toMatchObject({ as: { onBehalfOf: 'ugo' } });
    const named = {
      case: { ...file, process: 'selection' },
      task: task('COMMISSION', { candidateUsers: ['carla'] }),
    };
    const carla = standing('olga', [], 'carla', [grant('COMMISSION')]);
    expect(mayAct(carla, 'CompleteUserTask', named).allowed).toBe(true);
    expect(
      mayAct(standing('olga', [], 'dino', [grant('COMMISSION')]), 'CompleteUserTask', named).allowed,
    ).toBe(false);
  });

  it('sees the reports of the absent head, who sees later what was reported in his place', () => {
    const head = standing('olga', [], 'sara', [grant('STRUCTURE_HEAD', 'c_borgo')]);
    expect(mayAct(head, 'SeeCase', { case: file }).allowed).toBe(true);
    const by = { element: null, account: 'olga', role: 'STRUCTURE_HEAD', onBehalfOf: 'sara' };
    const reported: CaseFacts = { ...file, startedBy: 'olga', deeds: [by] };
    const sara = standing('sara', [grant('STRUCTURE_HEAD', 'c_borgo')], '', []);
    expect(mayAct(sara, 'SeeCase', { case: reported }).allowed).toBe(true);
    expect(mayAct(sara, 'CompleteUserTask', { case: reported, task: task('STRUCTURE_HEAD') }).allowed).toBe(
      true,
    );
    const other = standing('altro', [grant('STRUCTURE_HEAD', 'c_borgo')], '', []);
    expect(mayAct(other, 'SeeCase', { case: reported }).allowed).toBe(false);
  });

  it('keeps duties apart for both: who stands in for the reporter does not judge, nor who was stood in for', () => {
    const facts: ActFacts = { case: file, task: task('UPD') };
    const denied = { allowed: false, why: 'reporter-may-not-judge' };
    // The substitute of the reporter, with a power of his own.
    const judge = standing('ugo', [grant('UPD')], 'sara', [grant('STRUCTURE_HEAD', 'c_borgo')]);
    expect(mayAct(judge, 'CompleteUserTask', facts)).toMatchObject(denied);
    // The reporter as substitute of the judge.
    const sara = standing('sara', [grant('STRUCTURE_HEAD', 'c_borgo')], 'ugo', [grant('UPD')]);
    expect(mayAct(sara, 'CompleteUserTask', facts)).toMatchObject(denied);
    // Who was reported for, back from the absence, in the office that judges.
    const by = { element: null, account: 'olga', role: 'STRUCTURE_HEAD', onBehalfOf: 'mara' };
    const mara = standing('mara', [grant('UPD')], '', []);
    const reported: CaseFacts = { ...file, startedBy: 'olga', deeds: [by] };
    expect(mayAct(mara, 'CompleteUserTask', { case: reported, task: task('UPD') })).toMatchObject(denied);
    // Anybody else may.
    expect(mayAct(olga, 'CompleteUserTask', facts).allowed).toBe(true);
  });

  it('does not sign what was drafted by either', () => {
    const draft = { element: 't_draftContestation', account: 'olga', role: 'DESK_OPERATOR' };
    const sign: ActFacts = {
      case: { ...file, deeds: [draft] },
      task: task('UPD', { element: 't_signContestation' }),
    };
    const denied = { why: 'drafter-may-not-sign' };
    expect(mayAct(olga, 'CompleteUserTask', sign)).toMatchObject(denied);
    const signer = standing('ugo', [grant('UPD')], 'olga', [grant('DESK_OPERATOR')]);
    expect(mayAct(signer, 'CompleteUserTask', sign)).toMatchObject(denied);
    expect(mayAct(standing('ugo', [grant('UPD')], '', []), 'CompleteUserTask', sign).allowed).toBe(true);
  });

  it('answers an escalation: whom it calls, whom it was handed on to, and who stands in for them', () => {
    const acts = [
      'AcknowledgeEscalation',
      'TakeOverEscalation',
      'HandOnEscalation',
      'ResolveEscalation',
    ] as const;
    const may = (who: Principal, facts: Omit<ActFacts, 'case'>) =>
      acts.map((act) => mayAct(who, act, { case: file, ...facts }).allowed).every((it) => it);
    const piero = standing('piero', [grant('COMUNE_HR', 'c_borgo')], '', []);
    expect(may(piero, { addressees: ['SEGRETARIO'] })).toBe(false);
    expect(may(piero, { addressees: ['SEGRETARIO', 'COMUNE_HR'] })).toBe(true);
    expect(may(piero, { addressees: ['SEGRETARIO'], called: ['piero'] })).toBe(true);
    expect(may(standing('piero', [grant('COMUNE_HR', 'c_valle')], '', []), { called: ['piero'] })).toBe(
      false,
    );
    const forPiero = standing('anna', [], 'piero', [grant('COMUNE_HR', 'c_borgo')]);
    expect(may(forPiero, { addressees: ['SEGRETARIO'], called: ['piero'] })).toBe(true);
    expect(mayAct(forPiero, 'ResolveEscalation', { case: file, called: ['piero'] })).toMatchObject({
      as: { onBehalfOf: 'piero' },
    });
  });
});
