import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Grant, Principal, Role } from '@iter/access';
import type { ActorRef } from '@iter/event-store';
import type { CaseEvent } from '@iter/engine';
import { createPool } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import {
  caseId,
  caseWriter,
  deadlineOpened,
  jobCreated,
  operator,
  started,
  taskCompleted,
  taskCreated,
} from '../../../../test/support/case-log.ts';
import { anyLog } from '../../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { followViews } from '../../../../test/support/views.ts';
import {
  escalationFigures,
  everything,
  knowersOf,
  listCases,
  listDeadlines,
  listEscalations,
  listNotices,
  listTasks,
  openViews,
  statistics,
  termRegister,
  viewerOf,
} from '../index.ts';
import type { Lists, Viewer } from '../index.ts';

const today = '2026-03-06';
const now = `${today}T09:00:00.000Z`;
const discipline = 'disciplinary-ordinary';
const year = { from: '2026-01-01', to: '2026-12-31' };
let database: TestDatabase;
let pool: Pool;
let lists: Lists;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  lists = {
    views: openViews(pool),
    names: {
      process: () => null,
      element: () => null,
      body: () => null,
      processes: () => [discipline, 'selection-competition'].map((key) => ({ key, name: key })),
      bodiesNamed: () => [],
    },
    bodies: {
      standing: () => ({ serviceModel: 'FULL_UPD' }),
      incompatible: ({ employeeRef, reporters }) => [
        ...(employeeRef === 'B-1' ? ['ugo'] : []),
        ...(reporters.includes('capo') ? ['mara'] : []),
      ],
      headship: () => ({ heads: [], own: [] }),
    },
  };
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(() => pool.query('drop schema if exists views cascade'));

type Append = readonly [events: readonly CaseEvent[], by?: Partial<ActorRef>];

async function views(histories: Record<string, readonly Append[]>): Promise<void> {
  const log = await anyLog();
  const write = caseWriter(log, () => now);
  for (const [name, appends] of Object.entries(histories))
    for (const [events, by] of appends) await write(caseId(name), events, { actor: { ...operator, ...by } });
  const followed = await followViews({ log, pool, url: database.url, now: () => now });
  await followed.caughtUp();
  await followed.stop();
}

const grant = (role: Role, body: string, onBehalfOf?: string): Grant => ({
  ...{ role, body },
  ...(onBehalfOf !== undefined && { onBehalfOf }),
});
const person = (account: string, ...grants: Grant[]): Principal => ({
  ...{ account, displayName: account, grants, serves: { p_demo: ['c_borgo', 'c_valle'] } },
});
const staffOf = (account: string): Viewer => viewerOf(person(account, grant('COMUNE_HR', 'c_borgo')));
const judge = (account: string): Viewer => viewerOf(person(account, grant('UPD', 'p_demo')));
const hr = (account: string): Partial<ActorRef> => ({ account, role: 'COMUNE_HR', body: 'c_borgo' });
const of = (...names: string[]) => names.map(caseId).sort();
const sharing = (process: string): Lists => ({
  ...lists,
  bodies: { ...lists.bodies, standing: (_, it) => ({ serviceModel: 'FULL_UPD', shared: it === process }) },
});
const raised = (key: string, to: readonly string[]): CaseEvent => ({
  type: 'EscalationRaised',
  data: {
    ...{ key, deadline: null, deadlineId: null, step: '', to: [...to], nature: 'PEREMPTORY' },
    ...{ legalDueDate: '2026-05-01', label: { it: '', en: '' } },
  },
});

describe('of whom the boards keep from judging', () => {
  const facts = ['maxSanction:DISMISSAL'];
  const of = async (viewer: Viewer, more: object = {}) =>
    (await listTasks(lists, viewer, { facts, ...more }, today)).items.map(({ caseId: id }) => id);
  const said = { facts: ['maxSanction'], variables: { maxSanction: 'DISMISSAL', employeeRef: ' B-1 ' } };

  it('a list narrowed by what a case says shows no more than the case itself would', async () => {
    await views({
      person: [[[started(said), taskCreated('t')]]],
      reported: [
        [
          [started({ facts: ['maxSanction'] }), taskCreated('t'), taskCreated('u')],
          { account: 'altra', onBehalfOf: 'capo' },
        ],
        [[taskCompleted('u', { maxSanction: 'DISMISSAL', employeeRef: 'B-2' })]],
      ],
      other: [[[started({ ...said, process: 'desk-request' }), taskCreated('t')]]],
    });
    const ids = (...names: string[]) => names.map(caseId).sort();
    expect((await of(judge('ida'))).sort()).toEqual(ids('person', 'reported', 'other'));
    expect((await of(judge('ugo'))).sort()).toEqual(ids('reported', 'other'));
    expect((await of(judge('mara'))).sort()).toEqual(ids('person', 'other'));
    // Nor are they offered what they could not take.
    const free = await listTasks(lists, judge('ugo'), { whose: 'group' }, today);
    expect(free.items.map(({ caseId: id }) => id).sort()).toEqual(ids('reported', 'other'));
    // That the cases are there they may know.
    expect((await listCases(lists, judge('ugo'))).items).toHaveLength(3);
  });
});

const everyList = (viewer: Viewer, more: object, lists_ = lists) =>
  Promise.all([
    listCases(lists_, viewer, more),
    listTasks(lists_, viewer, more, today),
    listDeadlines(lists_, viewer, more),
    listEscalations(lists_, viewer, more),
    termRegister(lists_, viewer, { ...year, by: 'legal', ...more }),
  ]);

describe('a list narrowed by a body', () => {
  const joining = 'comune-onboarding';
  const served = ['c_borgo', 'c_valle'];
  const bodies = [...served, 'c_nuovo', 'c_lontano', 'p_demo'];
  const name = (process: string, comune: string) => `${process} ${comune}`;
  /** `c_nuovo` lies in the territory and is not served; `c_lontano` lies in that of another Province. */
  const around = (): Lists => ({
    ...lists,
    bodies: {
      ...lists.bodies,
      standing: (body) => ({
        serviceModel: served.includes(body) ? 'FULL_UPD' : null,
        territory: body === 'c_lontano' ? 'p_other' : 'p_demo',
      }),
    },
  });
  const everywhere = (by: Partial<ActorRef>) =>
    views(
      Object.fromEntries(
        [joining, discipline].flatMap((process) =>
          bodies.map((comune): [string, readonly Append[]] => [
            name(process, comune),
            [
              [
                [
                  ...[started({ process, comune }), taskCreated('t', { role: 'DESK_OPERATOR' })],
                  ...[
                    taskCreated('o', { role: 'DPO' }),
                    deadlineOpened('d'),
                    raised('e', ['DPO', 'COMUNE_HR']),
                  ],
                ],
                by,
              ],
            ],
          ]),
        ),
      ),
    );

  it('shows of what is seen that of the body, neither more nor less', async () => {
    await everywhere({ account: 'anna' });
    const viewers = [
      ...(
        ['DESK_OPERATOR', 'DESK_SUPERVISOR', 'UPD', 'DPO', 'AUDITOR', 'SYSTEM_OPERATOR', 'TRAINER'] as const
      ).map((role) => grant(role, 'p_demo')),
      ...(['COMUNE_HR', 'SEGRETARIO', 'DPO', 'STRUCTURE_HEAD'] as const).map((role) =>
        grant(role, 'c_borgo'),
      ),
    ].flatMap((it) => [
      person('anna', it),
      person('piero', it),
      person('piero', it, grant('SEGRETARIO', 'c_monte')),
    ]);
    const asked = [...bodies.map((body) => [body]), ['c_borgo', 'c_nuovo'], []];
    const told = async (viewer: Viewer, more: object) =>
      (await everyList(viewer, more, around())).map(({ items }) =>
        items.map(({ comune, ...it }) => ({ comune, of: 'caseId' in it ? it.caseId : it.id })),
      );
    for (const principal of viewers) {
      const viewer = viewerOf(principal);
      const all = await told(viewer, {});
      for (const comuni of asked)
        expect([principal, comuni, await told(viewer, { comuni })]).toEqual([
          principal,
          comuni,
          all.map((items) => items.filter(({ comune }) => comuni.includes(comune))),
        ]);
    }
  });

  it('finds who may join the Province of its territory, for whoever works in that', async () => {
    await everywhere({ account: 'anna' });
    const found = async (by: Grant, ...comuni: string[]) =>
      (await listCases(around(), viewerOf(person('piero', by)), { comuni })).items.map(({ id }) => id);
    const desk = grant('DESK_OPERATOR', 'p_demo');
    expect(await found(desk, 'c_nuovo')).toEqual(of(name(joining, 'c_nuovo')));
    expect(await found(desk, 'c_lontano')).toEqual([]);
    for (const by of [grant('DPO', 'p_demo'), grant('COMUNE_HR', 'c_borgo'), grant('TRAINER', 'p_demo')])
      expect([by, await found(by, 'c_nuovo')]).toEqual([by, []]);
  });

  it('counts who may join in the territory, and nowhere else', async () => {
    await everywhere({ account: 'anna' });
    const counted = async (by: Grant, comune: string) => {
      const viewer = viewerOf(person('piero', by), by.body === 'p_demo' ? ['c_nuovo'] : []);
      const asked = { ...year, comuni: [comune] };
      const { total } = await escalationFigures(around(), viewer, asked, now);
      const { load } = await statistics(around(), viewer, { ...asked, processes: [joining], told: [] });
      return [total.raised, load.map((it) => it.comune)];
    };
    const desk = grant('DESK_OPERATOR', 'p_demo');
    expect(await counted(desk, 'c_nuovo')).toEqual([1, ['c_nuovo']]);
    expect(await counted(desk, 'c_lontano')).toEqual([0, []]);
    expect(await counted(grant('COMUNE_HR', 'c_borgo'), 'c_nuovo')).toEqual([0, []]);
  });
});

describe('of the staff of a Comune', () => {
  const theirs = (process = discipline): Append => [
    [started({ process, businessKey: 'Rossi' }), taskCreated('t'), deadlineOpened('d'), raised('e', ['UPD'])],
    hr('anna'),
  ];
  const empty = { items: [], nextCursor: null };

  it('nobody learns of a case of colleagues by a cursor, by what follows it, or by words', async () => {
    // More than a list looks through for one page of one.
    await views(Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`c${n}`, [theirs()]])));
    const piero = staffOf('piero');
    for (const more of [{ limit: 1 }, { limit: 1, text: 'rossi' }, { limit: 1, text: 'bianchi' }])
      expect(await everyList(piero, more)).toEqual([empty, empty, empty, empty, empty]);
    // Also not with a cursor that the list gives to others.
    const { nextCursor } = await listCases(lists, everything, { limit: 1 });
    expect(await listCases(lists, piero, { limit: 1, cursor: nextCursor! })).toEqual(empty);
    for (const page of await everyList(staffOf('anna'), {})) expect(page.items).toHaveLength(10);
    // Numbers of the whole body are no rows.
    const period = { processes: [discipline], told: [], ...year };
    expect((await statistics(lists, piero, period)).started).toEqual(
      (await statistics(lists, everything, period)).started,
    );
  });

  it('each sees of colleagues what the body shares, and nothing else', async () => {
    await views({ a: [theirs()], b: [theirs('selection-competition')] });
    const pages = await everyList(staffOf('piero'), {}, sharing('selection-competition'));
    for (const { items, nextCursor } of pages) {
      expect(nextCursor).toBeNull();
      expect(items.map((it) => ('caseId' in it ? it.caseId : it.id))).toEqual(of('b'));
    }
  });

  it('each sees the tasks, escalations and notices that call the office, wherever', async () => {
    const office = taskCreated('o', { role: 'COMUNE_HR' });
    const reserved = taskCreated('r', { role: 'COMUNE_HR', candidateUsers: ['anna'] });
    const elsewhere = taskCreated('x', { role: 'COMUNE_HR', body: 'c_valle' });
    const told = jobCreated('j', { headers: { to: 'COMUNE_HR', label: 'Nuova' } });
    await views({
      a: [theirs(), [[office, reserved, elsewhere, raised('f', ['COMUNE_HR']), told]]],
      b: [theirs()],
    });
    const piero = staffOf('piero');
    const [cases, tasks, deadlines, escalations] = await everyList(piero, {});
    expect([cases.items, deadlines.items]).toEqual([[], []]);
    const keys = (items: readonly { id: string }[]) => items.map(({ id }) => id.split('.')[1]);
    expect([keys(tasks.items), keys(escalations.items)]).toEqual([['o'], ['f']]);
    const notices = (await listNotices(lists, piero)).items.map(({ label, ...it }) => [label.it, it.caseId]);
    expect(notices).toContainEqual(['Nuova', caseId('a')]);
    // The case stays closed to whoever has not worked in it: no list offers the way there.
    expect(tasks.items).toMatchObject([{ seesCase: false }]);
    expect((await listTasks(lists, staffOf('anna'), {}, today)).items.every((it) => it.seesCase)).toBe(true);
  });

  it('who also has another office elsewhere sees here no more', async () => {
    const own = started({ comune: 'c_monte' });
    await views({ a: [theirs()], m: [[[own]]], b: [[[started()], hr('piero')]] });
    const both = viewerOf(person('piero', grant('COMUNE_HR', 'c_borgo'), grant('SEGRETARIO', 'c_monte')));
    const { items } = await listCases(lists, both, { limit: 2 });
    expect(items.map(({ id }) => id).sort()).toEqual(of('b', 'm'));
    expect(await listCases(lists, both, { comuni: ['c_borgo'], text: 'rossi' })).toEqual(empty);
  });

  it('an absent colleague sees what somebody began in their place', async () => {
    await views({ a: [[[started()], { ...hr('anna'), onBehalfOf: 'piero' }]] });
    expect((await listCases(lists, staffOf('piero'))).items.map(({ id }) => id)).toEqual(of('a'));
    expect((await listCases(lists, staffOf('rita'))).items).toEqual([]);
  });

  it('those are told of a change who see the case, a task of it, or what calls them', async () => {
    await views({
      closed: [theirs()],
      asked: [theirs(), [[taskCreated('o', { role: 'COMUNE_HR' })]]],
      called: [theirs(), [[raised('f', ['COMUNE_HR'])]]],
      told: [theirs(), [[jobCreated('j', { headers: { to: 'COMUNE_HR', label: 'Nuova' } })]]],
    });
    const knows = async (viewer: Viewer, name: string, it = lists) =>
      (await knowersOf(it, caseId(name)))(viewer);
    const [piero, anna] = [staffOf('piero'), staffOf('anna')];
    expect(await knows(piero, 'closed')).toBe(false);
    expect(await knows(piero, 'closed', sharing(discipline))).toBe(true);
    for (const name of ['asked', 'called', 'told']) expect(await knows(piero, name)).toBe(true);
    for (const viewer of [anna, judge('ida')]) expect(await knows(viewer, 'closed')).toBe(true);
    expect(await knows(anna, 'none')).toBe(false);
  });
});

describe('what a case says', () => {
  it('is found of tasks that are over as of those that are open', async () => {
    await views({
      a: [
        [[started({ facts: ['urgency'] }), taskCreated('t', { role: 'UPD' })]],
        [[taskCompleted('t', { urgency: 'HIGH' }), taskCreated('u', { role: 'UPD' })], { account: 'ida' }],
      ],
    });
    const found = async (facts: string[], more: object) =>
      (await listTasks(lists, judge('ida'), { facts, ...more }, today)).items.map(
        ({ id }) => id.split('.')[1],
      );
    const done = { whose: 'mine', state: 'completed' };
    expect(await found(['urgency:HIGH'], done)).toEqual(['t']);
    expect(await found(['urgency:LOW'], done)).toEqual([]);
    expect(await found(['urgency:HIGH'], {})).toEqual(['u']);
  });

  it('is looked for behind thousands of hidden rows, so many in a row and no more', async () => {
    await views({});
    // Two that are seen, behind 3,000 hidden ones each; a third behind 5,000.
    const seen = [3_000, 6_001, 11_002];
    await pool.query(`
      insert into views.cases select 'c' || n, 'selection-competition', 1, 'd1', case when n = any('{${seen.join()}}') then 'c_borgo' else 'c_valle' end,
        'S', null, 's', 'active', '${now}', 'a', 'UPD', null, '${now}', null, null, 1, 1, 0, 0, '[]', '{urgency}', '{urgency:LOW}'
        from generate_series(0, 11002) n;
      insert into views.tasks select 'c' || n || '.t', c.id, c.comune, null, c.process, 'd1', 't', null, 'UPD', '{UPD}', null, '{}', '{}', null,
        'open', c.facts, 50, '${now}', null, null, lpad(n::text, 6, '0'), null, null, 1, null, null, null, null
        from generate_series(0, 11002) n join views.cases c on c.id = 'c' || n`);
    const own: Lists = {
      ...lists,
      bodies: {
        ...lists.bodies,
        standing: (body) => ({ serviceModel: body === 'c_borgo' ? 'FULL_UPD' : 'SUPPORT' }),
      },
    };
    const { items, nextCursor } = await listTasks(own, judge('ida'), { facts: ['urgency:LOW'] }, today);
    expect([items.map(({ caseId: id }) => id), nextCursor]).toEqual([['c3000', 'c6001'], null]);
  });
});
