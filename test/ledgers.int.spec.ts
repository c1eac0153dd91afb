import { describe, expect, it } from '@jest/globals';
import type { Grant, Role } from '@iter/access';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { everything, ledgerHead, ledgerLines, ledgerNames, openViews, viewerOf } from '@iter/read-models';
import type { LedgerFilter, LedgerName, Lists, Viewer } from '@iter/read-models';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';
import { caseId, deadlineOpened, plan, started } from './support/case-log.ts';
import type { LooseEvent } from './support/case-log.ts';
import { viewHouse } from './support/views.ts';

// What processes write is what the registers of the services read: real cases, played from their scenarios.

const processes = join(import.meta.dirname, '..', 'processes');
const terms = loadCatalogue(processes);
let at = '2026-03-02T09:00:00.000Z';

const house = viewHouse(() => at);

/** Plays a scenario up to a step, and takes what its cases wrote into the log of the views. */
async function play(name: string, upTo = Infinity): Promise<readonly string[]> {
  const [process, scenario] = name.split('/') as [string, string];
  const file = join(processes, process, 'scenarios', `${scenario}.scenario.yaml`);
  const read = readScenario(file, readFileSync(file, 'utf8'));
  const world = new World(read.clock, terms, { registers: read.registers });
  await world.deploy(withCalled(diagramsFor(file), read.with));
  const player = new Player(world);
  await player.play({ ...read, steps: read.steps.slice(0, upTo) });
  expect(player.failures).toEqual([]);
  const ids: string[] = [];
  for (const { name: called, events } of world.cases) {
    const id = caseId(name + called);
    ids.push(id);
    for (const event of events) {
      at = event.recordedAt;
      await house.write(id, [event], { actor: event.actor });
    }
  }
  return ids;
}

const lists = (): Lists => ({
  views: openViews(house.pool),
  names: {
    ...{ process: () => null, element: (_, element) => element, body: () => null },
    ...{ processes: () => [], bodiesNamed: () => [] },
  },
  bodies: {
    ...{ standing: () => ({ serviceModel: 'FULL_UPD' }), incompatible: () => [] },
    headship: () => ({ heads: [], own: [] }),
  },
});

/** The cells of its lines by the names of their columns, codes in Italian. */
async function lines(
  name: LedgerName,
  filter: LedgerFilter & { readonly limit?: number; readonly cursor?: string } = {},
  viewer: Viewer = everything,
) {
  await house.caughtUp();
  const { columns } = ledgerHead(name);
  const { items, nextCursor } = await ledgerLines(lists(), viewer, name, filter);
  return {
    nextCursor,
    items: items.map(({ cells }) =>
      Object.fromEntries(columns.map(({ id }, i) => [id, cells[i]!.words?.it ?? cells[i]!.value])),
    ),
  };
}

const one = (role: Role, body: string, serves: readonly string[] = []): Viewer =>
  viewerOf({
    ...{ account: role.toLowerCase(), displayName: role, serves: { [body]: [...serves] } },
    grants: [{ role, body } satisfies Grant],
  });

it('are all asked without a fault while there is nothing in them', async () => {
  for (const name of ledgerNames)
    for (const state of ['current', 'all'] as const)
      expect(await lines(name, { state, from: '2026-01-01', to: '2026-12-31' })).toEqual({
        items: [],
        nextCursor: null,
      });
});

describe('the hearing diary', () => {
  it('has a hearing from the signature of its summons on, not as it is drafted', async () => {
    await play('disciplinary-ordinary/d-03-deferral', 9);
    await house.caughtUp();
    const { rows } = await house.pool.query('select day from views.hearings');
    expect(rows).toEqual([{ day: '2026-04-15' }]);
    expect((await lines('hearings', { state: 'all' })).items).toEqual([]);
  });

  it('has it while the notice is not proven yet', async () => {
    await play('disciplinary-ordinary/d-03-deferral', 10);
    expect((await lines('hearings')).items).toEqual([
      expect.objectContaining({ notice: 'Da provare', noticeBy: '2026-03-26', deferrals: '0' }),
    ]);
  });

  it('says that the notice was kept, and what came of it', async () => {
    await play('disciplinary-ordinary/d-03-deferral');
    expect((await lines('hearings', { state: 'all' })).items).toEqual([
      {
        heldAt: expect.stringMatching(/^2026-04-29T/),
        place: 'Sede della Provincia',
        notice: 'Rispettato',
        noticeBy: '2026-03-26',
        deferrals: '1',
        outcome: null,
      },
    ]);
    expect((await lines('hearings', { state: 'all', from: '2026-04-30' })).items).toEqual([]);
    expect(
      (await lines('hearings', { state: 'all', from: '2026-04-29', to: '2026-04-29' })).items,
    ).toHaveLength(1);
  });

  it('has a hearing that was moved on its new day alone, with the notice of the new summons', async () => {
    await play('disciplinary-ordinary/d-09-bad-delivery');
    const { items } = await lines('hearings', { state: 'all' });
    expect(items).toEqual([expect.objectContaining({ noticeBy: '2026-04-02', notice: 'Rispettato' })]);
    expect(items[0]!['heldAt']).toMatch(/^2026-04-22T/);
  });

  it('is for the desk and the disciplinary office alone', async () => {
    await play('disciplinary-ordinary/d-03-deferral');
    const seenBy = async (viewer: Viewer) => (await lines('hearings', { state: 'all' }, viewer)).items.length;
    const province = ['DESK_OPERATOR', 'UPD', 'DESK_SUPERVISOR', 'AUDITOR'] as const;
    const counts = await Promise.all(province.map((role) => seenBy(one(role, 'p_mondo', ['c_mondo']))));
    expect(counts).toEqual([1, 1, 0, 0]);
    for (const role of ['COMUNE_HR', 'SEGRETARIO', 'STRUCTURE_HEAD'] as const)
      expect(await seenBy(one(role, 'c_mondo'))).toBe(0);
    expect(await seenBy(one('UPD', 'p_altra', ['c_altro']))).toBe(0);
  });

  it('tells by no page that goes on of a hearing that one may not read', async () => {
    at = '2026-03-02T09:00:00.000Z';
    const summoned = (name: string, comune: string, day: string) =>
      house.write(caseId(name), [
        started({ comune }),
        aDeadline(name, 'DL_HEARING_NOTICE', null, '2026-03-12'),
        set({ hearingAt: `${day}T10:00:00+02:00` }),
      ]);
    await summoned('own', 'c_mondo', '2026-04-15');
    await summoned('others', 'c_borgo', '2026-04-16');
    const both = viewerOf({
      ...{ account: 'ada', displayName: 'Ada', serves: { p_mondo: ['c_mondo'] } },
      grants: [
        { role: 'UPD', body: 'p_mondo' },
        { role: 'SEGRETARIO', body: 'c_borgo' },
      ],
    });
    const page = await lines('hearings', { limit: 1 }, both);
    expect(page).toMatchObject({
      items: [{ heldAt: expect.stringMatching(/^2026-04-15T/) }],
      nextCursor: null,
    });
    expect(await lines('hearings', { from: '2026-04-16' }, both)).toEqual({ items: [], nextCursor: null });
    expect((await lines('hearings', { limit: 1 })).nextCursor).not.toBeNull();
  });
});

describe('the register of the Inspectorate', () => {
  it('has what is due', async () => {
    await play('inspectorate-notification/d-16-inspectorate-refuses', 0);
    expect((await lines('inspectorate')).items).toEqual([
      expect.objectContaining({ kind: 'Avvio', standing: 'Da inviare', sendings: '0', sentOn: null }),
    ]);
  });

  it('has what was refused and sent again, and at the end accepted, among all of them', async () => {
    await play('inspectorate-notification/d-16-inspectorate-refuses');
    expect((await lines('inspectorate')).items).toEqual([]);
    const { items } = await lines('inspectorate', { state: 'all' });
    expect(items).toEqual([expect.objectContaining({ standing: 'Accolta', sendings: '2' })]);
    expect(items[0]!['sentOn']).toMatch(/^2026-/);
  });

  it('is for the desk, its head and the auditor', async () => {
    await play('inspectorate-notification/d-16-inspectorate-refuses');
    const seenBy = async (viewer: Viewer) =>
      (await lines('inspectorate', { state: 'all' }, viewer)).items.length;
    const roles = ['DESK_OPERATOR', 'UPD', 'DESK_SUPERVISOR', 'AUDITOR'] as const;
    expect(await Promise.all(roles.map((role) => seenBy(one(role, 'p_mondo', ['c_mondo']))))).toEqual([
      1, 1, 1, 1,
    ]);
    for (const role of ['COMUNE_HR', 'SEGRETARIO'] as const)
      expect(await seenBy(one(role, 'c_mondo'))).toBe(0);
  });
});

const set = (variables: object): LooseEvent => ({ type: 'VariablesSet', data: { scope: null, variables } });
const done = (key: string, element: string, outputs: object): LooseEvent => ({
  type: 'UserTaskCompleted',
  data: { key, element, scope: null, variables: {}, outputs },
});
const aDeadline = (key: string, id: string, instance: string | null, until: string): LooseEvent => {
  const opened = deadlineOpened(key);
  const dates = { base: '2026-06-01', nominalDate: until, legalDueDate: until };
  const of = { id, ...(instance !== null && { instance }), nature: 'VALIDITY' as const };
  return { ...opened, data: { ...opened.data, ...of, plan: { ...plan(until), ...dates } } };
};
const aHire = (name: string, more: object, startedAt?: string) =>
  house.write(caseId(name), [
    started({ process: 'selection-hiring' }),
    set({ needRef: null, listRef: null, rankingRef: null, contractType: 'PERMANENT', ...more }),
    ...(startedAt === undefined ? [] : [done('s', 't_recordStart', { started: true, startedAt })]),
  ]);

describe('the registers of selections', () => {
  it('have a selection with its stage and its next date, and at the end how it ended', async () => {
    await play('selection-needs-and-mobility/s-02-mobility-notice', 0);
    expect((await lines('pipeline')).items).toEqual([
      {
        ...{ procedure: 'selection-needs-and-mobility', profile: 'Istruttore amministrativo' },
        ...{ stage: 't_checkPlan', nextOn: null, next: null, beganOn: '2026-05-04' },
      },
    ]);
    expect((await lines('needs')).items).toEqual([
      {
        ...{ profile: 'Istruttore amministrativo', contract: 'Tempo indeterminato', posts: '1' },
        ...{ postsLeft: '1', state: 'Aperto', openedOn: '2026-05-04', lastStart: null, days: null },
      },
    ]);
  });

  it('say what a selection waits for, and until when, but not of one person of many', async () => {
    at = '2026-05-04T09:00:00.000Z';
    await house.write(caseId('list'), [
      started({ process: 'selection-single-list' }),
      aDeadline('m', 'DL_LIST_MEMBERSHIP', 'K-01', '2026-07-01'),
      aDeadline('u', 'DL_LIST_UPDATE', null, '2027-06-01'),
    ]);
    const { items } = await lines('pipeline');
    expect(items).toEqual([expect.objectContaining({ stage: 'In attesa', nextOn: '2027-06-01' })]);
  });

  it('count the days from the opening of a need to the last beginning of service', async () => {
    at = '2026-05-04T09:00:00.000Z';
    const need = caseId('need');
    await house.write(need, [
      started({ process: 'selection-needs-and-mobility' }),
      set({ profile: 'Istruttore', contractType: 'PERMANENT', posts: 3 }),
    ]);
    await aHire('first', { needRef: need }, '2026-09-01');
    await aHire('second', { needRef: need }, '2026-10-01T08:00:00+02:00');
    await aHire('third', { needRef: need });
    expect((await lines('needs')).items).toEqual([]);
    expect((await lines('needs', { state: 'all' })).items).toEqual([
      expect.objectContaining({ postsLeft: '0', lastStart: '2026-10-01', days: '150' }),
    ]);
    // Who resigns gives the post back, and with it the day.
    await house.write(caseId('second'), [{ type: 'CaseCompleted', data: { endElement: 'end_resigned' } }]);
    expect((await lines('needs')).items).toEqual([
      expect.objectContaining({ postsLeft: '1', lastStart: '2026-09-01', days: '120' }),
    ]);
  });

  const ranking = caseId('ranking');
  const aRanking = (): Promise<unknown> => {
    at = '2026-12-22T09:00:00.000Z';
    const people = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6'];
    const rankingFinal = people.map((candidateRef, i) => ({
      ...{ candidateRef, position: i + 1 },
      outcome: i === 0 ? 'WINNER' : i === 5 ? 'BEYOND_CAP' : 'ELIGIBLE',
    }));
    return house.write(ranking, [
      started({ process: 'selection-competition' }),
      set({ profile: 'Istruttore', contractType: 'PERMANENT', eligibleCap: 4, rankingFinal }),
      set({ withdrawn: [{ candidateRef: 'C-4' }] }),
      aDeadline('v', 'DL_RANKING_VALIDITY', null, '2029-12-22'),
    ]);
  };
  const aUse = (): Promise<unknown> =>
    house.write(caseId('use'), [
      started({ process: 'selection-ranking-use' }),
      set({ rankingRef: ranking, needRef: caseId('need'), contractType: 'PERMANENT' }),
      done('1', 't_drawNext', { candidateRef: 'C-2', accepted: false }),
      done('2', 't_drawNext', { candidateRef: 'C-3', accepted: true }),
    ]);

  it('have every position of a ranking within the cap, with its use, its expiry and how many are left', async () => {
    await aRanking();
    await aHire('winner', { rankingRef: ranking, candidateRef: 'C-1' });
    await aUse();
    const { items } = await lines('rankings');
    expect(items.map(({ position, candidate, standing }) => [position, candidate, standing])).toEqual([
      ['1', 'C-1', 'Assunzione in corso o avvenuta'],
      ['2', 'C-2', 'Chiamata: rifiuto'],
      ['3', 'C-3', 'Chiamata: accettazione'],
      ['4', 'C-4', 'Rinuncia alla procedura'],
      ['5', 'C-5', 'Tra gli idonei, da chiamare'],
    ]);
    expect(items[0]).toMatchObject({ validUntil: '2029-12-22', left: '1', cap: '4' });
    // A call that was taken back has called nobody.
    await house.write(caseId('use'), [
      { type: 'UserTaskReopened', data: { key: '1', element: 't_drawNext', reason: 'r', tokens: [] } },
    ]);
    expect((await lines('rankings')).items[1]).toMatchObject({ standing: 'Tra gli idonei, da chiamare' });
  });

  it('have a ranking that is revoked or over among all of them only', async () => {
    await aRanking();
    await house.write(ranking, [set({ caseOutcome: 'revoked' })]);
    expect((await lines('rankings')).items).toEqual([]);
    expect((await lines('rankings', { state: 'all', caseId: ranking })).items).toHaveLength(5);
    expect((await lines('rankings', { state: 'all', caseId: caseId('other') })).items).toEqual([]);
  });

  it('come in parts that follow one another', async () => {
    await aRanking();
    const seen: unknown[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await lines('rankings', { limit: 2, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ candidate }) => candidate));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['C-1', 'C-2', 'C-3', 'C-4', 'C-5']);
  });

  it('have every membership of a list, with what was asked of the person', async () => {
    at = '2026-06-01T09:00:00.000Z';
    const list = caseId('list');
    await house.write(list, [
      started({ process: 'selection-single-list' }),
      aDeadline('1', 'DL_LIST_MEMBERSHIP', 'K-1', '2029-06-01'),
      aDeadline('2', 'DL_LIST_MEMBERSHIP', 'K-2', '2029-06-01'),
      aDeadline('3', 'DL_LIST_MEMBERSHIP', 'K-3', '2029-06-01'),
    ]);
    const called = (name: string, asked: readonly string[], offers: readonly LooseEvent[]) =>
      house.write(caseId(name), [
        started({ process: 'selection-interpello' }),
        set({ listRef: list, needRef: caseId('need') }),
        done('0', 't_sendInterpello', { asked }),
        ...offers,
      ]);
    await called(
      'first',
      ['K-1', 'K-2'],
      [
        done('1', 't_proposeHire', { candidateRef: 'K-1', accepted: false }),
        done('2', 't_proposeHire', { candidateRef: 'K-2', accepted: true }),
      ],
    );
    await called('second', ['K-1'], []);
    await aHire('hire', { listRef: list, candidateRef: 'K-2' });
    const closed = { key: '3', reason: 'left', bell: null };
    await house.write(list, [{ type: 'DeadlineClosed', data: closed }]);
    const short = async (state: 'current' | 'all') =>
      (await lines('lists', { state })).items.map((it) => [
        ...[it['candidate'], it['standing'], it['received'], it['offered'], it['refused']],
      ]);
    expect(await short('current')).toEqual([['K-1', 'In elenco', '2', '1', '1']]);
    expect(await short('all')).toEqual([
      ['K-1', 'In elenco', '2', '1', '1'],
      ['K-2', 'Assunzione a tempo indeterminato', '1', '1', '0'],
      ['K-3', 'Non più in elenco', '0', '0', '0'],
    ]);
    expect((await lines('lists')).items[0]).toMatchObject({ since: '2026-06-01', until: '2029-06-01' });
  });

  it('take who was asked from the call itself', async () => {
    await play('selection-interpello/all-replied');
    await house.caughtUp();
    const { rows } = await house.pool.query('select list_ref, asked from views.need_uses');
    expect(rows).toEqual([{ list_ref: 'L-1', asked: ['K-01', 'K-02', 'K-03'] }]);
  });

  it('have every publication of a competition with its reference, the latest first', async () => {
    await play('selection-competition/s-09-s-10-to-the-end-of-the-ranking');
    const { items } = await lines('publications');
    expect(items.map(({ on, what, where }) => [on, what, where])).toEqual([
      ['2026-12-22', 'Graduatoria', 'https://provincia.example/graduatorie/1'],
      ['2026-10-27', 'Diario delle prove', 'inPA e sito'],
      ['2026-10-15', 'Termine della procedura', null],
      ['2026-09-14', 'Bando', 'INPA-1 · https://provincia.example/bandi/1'],
    ]);
    const october = { from: '2026-10-01', to: '2026-10-31' };
    expect((await lines('publications', october)).items).toHaveLength(2);
  });

  it('have the publications of each edition of a list, as corrected, and none that was taken back', async () => {
    const [list] = await play('selection-single-list/s-12-membership');
    const short = async () => (await lines('publications')).items.map(({ on, what }) => `${on} ${what}`);
    expect(await short()).toEqual([
      '2027-05-19 Elenco degli idonei',
      '2027-04-27 Termine della procedura',
      '2027-04-05 Bando',
      '2026-06-01 Elenco degli idonei',
      '2026-03-25 Termine della procedura',
      '2026-03-03 Bando',
    ]);
    await house.write(list!, [set({ listPublishedAt: '2027-05-20' })]);
    expect((await short())[0]).toBe('2027-05-20 Elenco degli idonei');
    expect(await short()).toContain('2026-06-01 Elenco degli idonei');
    const { rows } = await house.pool.query<{ task: string }>(
      `select it ->> 'task' as task from views.publications p, jsonb_array_elements(p.published) it
        where it ->> 'on' = '2027-05-20'`,
    );
    const reopened = { key: rows[0]!.task, element: 't_publishList', reason: 'r', tokens: [] };
    await house.write(list!, [{ type: 'UserTaskReopened', data: reopened }]);
    expect(await short()).toHaveLength(5);
  });

  it('are for the desk, the body’s own staff and, without codes and free text, the auditor', async () => {
    at = '2026-12-22T09:00:00.000Z';
    await aRanking();
    const seenBy = async (viewer: Viewer) => (await lines('rankings', {}, viewer)).items;
    for (const role of ['DESK_OPERATOR', 'DESK_SUPERVISOR'] as const)
      expect(await seenBy(one(role, 'p_demo', ['c_borgo']))).toHaveLength(5);
    const [first] = await seenBy(one('AUDITOR', 'p_demo', ['c_borgo']));
    expect(first).toMatchObject({ position: '1', candidate: null });
    expect(await seenBy(one('SEGRETARIO', 'c_borgo'))).toHaveLength(5);
    for (const viewer of [
      one('UPD', 'p_demo', ['c_borgo']),
      one('COMMISSION', 'p_demo', ['c_borgo']),
      one('STRUCTURE_HEAD', 'c_borgo'),
      one('SEGRETARIO', 'c_valle'),
      one('COMUNE_HR', 'c_borgo'),
    ])
      expect(await seenBy(viewer)).toEqual([]);
  });
});
