import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mayAct } from '@iter/access';
import type { CaseFacts, Grant, Principal, Role } from '@iter/access';
import type { CaseEvent } from '@iter/engine';
import { createPool } from '@iter/platform/postgres';
import fc from 'fast-check';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import {
  caseId,
  caseWriter,
  deadlineOpened,
  jobCreated,
  plan,
  started,
  taskCompleted,
  taskCreated,
} from '../../../test/support/case-log.ts';
import { anyLog } from '../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../test/support/database.ts';
import type { TestDatabase } from '../../../test/support/database.ts';
import { followViews } from '../../../test/support/views.ts';
import type { ViewTables } from './database.ts';
import {
  everything,
  findTask,
  InvalidCursor,
  listCases,
  listDeadlines,
  listDocuments,
  listEscalations,
  listIncidents,
  listNotices,
  listTasks,
  draftDays,
  draftForgetter,
  drafts,
  findDraft,
  idsOfProcess,
  incidentFigures,
  forgetDraftsOf,
  forgetOldDrafts,
  forgetFilter,
  keepDraft,
  markNoticesRead,
  mostDrafts,
  mostKept,
  mostSavedFilters,
  putOff,
  savedFilters,
  saveFilter,
  openViews,
  viewerOf,
  viewsSchema,
} from './index.ts';
import type { Lists } from './index.ts';

const today = '2026-03-06';
let database: TestDatabase;
let pool: Pool;
let lists: Lists;
const asked: { sql: string; parameters: readonly unknown[] }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  const views = new Kysely<ViewTables>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void asked.push({ sql: query.sql, parameters: query.parameters }),
  }).withSchema(viewsSchema);
  const names = { c_borgo: 'Comune di Borgo Sereno', c_valle: 'Comune di Valle Chiara' } as Record<
    string,
    string
  >;
  lists = {
    views,
    names: {
      process: () => 'Procedimento disciplinare ordinario',
      element: (_, element) => `«${element}»`,
      body: (code) => names[code] ?? null,
      processes: () => [
        { key: 'disciplinary-ordinary', name: 'Procedimento disciplinare ordinario' },
        { key: 'selection-competition', name: 'Concorso pubblico' },
      ],
      bodiesNamed: (text) => Object.keys(names).filter((code) => names[code]!.toLowerCase().includes(text)),
    },
    bodies: {
      standing: (comune) => ({ serviceModel: comune === 'c_borgo' ? 'FULL_UPD' : 'SUPPORT' }),
      incompatible: () => [],
      headship: () => ({ heads: [], own: [] }),
    },
  };
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('drop schema if exists views cascade');
});

const now = '2026-03-06T09:00:00.000Z';

/** Views of these histories. */
async function views(
  histories: Record<string, { events: readonly CaseEvent[]; by?: Partial<Grant> & { account?: string } }[]>,
) {
  const log = await anyLog();
  const write = caseWriter(log, () => now);
  for (const [name, appends] of Object.entries(histories)) {
    for (const { events, by } of appends) {
      const actor = {
        account: by?.account ?? 'operatore',
        role: by?.role ?? 'DESK_OPERATOR',
        body: by?.body ?? 'p_demo',
      };
      await write(caseId(name), events, { actor });
    }
  }
  const followed = await followViews({ log, pool, url: database.url, now: () => now });
  await followed.caughtUp();
  await followed.stop();
}

const person = (account: string, role: Role, body: string): Principal => ({
  account,
  displayName: account,
  grants: [{ role, body }],
  serves: { p_demo: ['c_borgo', 'c_valle'], p_other: ['c_monte'] },
});
const operatore = person('operatore', 'DESK_OPERATOR', 'p_demo');

describe('lists', () => {
  it('page through everything exactly once, whatever the page size, in their order', async () => {
    const dates = ['2026-04-03', '2026-03-20', '2026-05-01', '2026-03-20', '2026-04-03'];
    await views(
      Object.fromEntries(
        dates.map((date, n) => [
          `p${n}`,
          [{ events: [started(), taskCreated('t1'), taskCreated('t2'), deadlineOpened('d1', date)] }],
        ]),
      ),
    );
    for (const limit of [1, 2, 3, 10]) {
      const seen: { id: string; dueOn: string | null }[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await listTasks(lists, everything, { limit, cursor }, today);
        seen.push(...page.items);
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(new Set(seen.map(({ id }) => id)).size).toBe(10);
      expect(seen).toHaveLength(10);
      const due = seen.map(({ dueOn }) => dueOn!);
      expect(due).toEqual([...due].sort());
    }
    await expect(listTasks(lists, everything, { cursor: 'nonsense' }, today)).rejects.toBeInstanceOf(
      InvalidCursor,
    );
    const foreign = Buffer.from(JSON.stringify([1, 'x'])).toString('base64url');
    await expect(listTasks(lists, everything, { cursor: foreign }, today)).rejects.toBeInstanceOf(
      InvalidCursor,
    );
  });

  it('narrow by process, Comune, text, state and case', async () => {
    await views({
      a: [{ events: [started({ variables: { caseCode: 'PD-2026-014' } }), taskCreated('t1')] }],
      b: [
        {
          events: [
            started({ comune: 'c_valle', process: 'training', businessKey: '100%_x' }),
            taskCreated('t1'),
          ],
        },
      ],
      c: [{ events: [started(), { type: 'CaseCompleted', data: { endElement: 'end' } }] }],
    });
    const codes = async (filter: Parameters<typeof listCases>[2]) =>
      (await listCases(lists, everything, filter)).items
        .map(({ id }) => ['a', 'b', 'c'].find((n) => caseId(n) === id))
        .sort();
    expect(await codes({})).toEqual(['a', 'b']);
    expect(await codes({ state: 'all' })).toEqual(['a', 'b', 'c']);
    expect(await codes({ state: 'completed' })).toEqual(['c']);
    expect(await codes({ process: 'training' })).toEqual(['b']);
    expect(await codes({ comuni: ['c_borgo'] })).toEqual(['a']);
    expect(await codes({ text: '2026-01' })).toEqual(['a']);
    expect(await codes({ text: 'VALLE' })).toEqual(['b']);
    expect(await codes({ text: '0%_X' })).toEqual(['b']);
    expect(await codes({ text: '%' })).toEqual(['b']);
    expect(await codes({ text: "'; drop table views.cases; --" })).toEqual([]);
    // Each word somewhere; processes by the stem, and what means nothing alone is passed over.
    expect(await codes({ text: 'disciplinari borgo' })).toEqual(['a']);
    expect(await codes({ text: 'procedimenti di 2026' })).toEqual(['a']);
    expect(await codes({ text: 'disciplinari valle' })).toEqual([]);
    expect(await codes({ text: 'concorsi' })).toEqual([]);
    expect((await listTasks(lists, everything, { text: 'pd-2026' }, today)).items).toMatchObject([
      { caseCode: 'PD-2026-014', comuneName: 'Comune di Borgo Sereno', name: '«t_review»' },
    ]);
    expect(await findTask(lists, everything, `${caseId('a')}.t1`, today)).toMatchObject({
      element: 't_review',
    });
    expect(await findTask(lists, everything, `${caseId('a')}.t9`, today)).toBeNull();
  });

  it('tell mine from my group’s', async () => {
    await views({
      a: [
        {
          events: [
            started(),
            taskCreated('mine', { role: 'DESK_OPERATOR', assignee: 'operatore' }),
            taskCreated('free', { role: 'DESK_OPERATOR' }),
            taskCreated('upd', { role: 'UPD' }),
            taskCreated('reserved', { role: 'DESK_OPERATOR', candidateUsers: ['altri'] }),
          ],
        },
      ],
    });
    const keys = async (whose: 'mine' | 'group' | 'all') =>
      (await listTasks(lists, viewerOf(operatore), { whose }, today)).items
        .map(({ id }) => id.split('.')[1])
        .sort();
    expect(await keys('mine')).toEqual(['mine']);
    expect(await keys('group')).toEqual(['free']);
    expect(await keys('all')).toEqual(['free', 'mine', 'reserved', 'upd']);
  });

  it('show what I have also when no role of mine sees the case, so that I can give it back, and nothing else of it', async () => {
    const has = (key: string) => taskCreated(key, { role: 'UPD', assignee: 'capo' });
    const done: CaseEvent = {
      type: 'UserTaskCompleted',
      data: { key: 'done', element: 't_done', scope: null, variables: {} },
    };
    await views({
      a: [
        {
          events: [
            started(),
            has('mine'),
            has('done'),
            taskCreated('other', { role: 'UPD', assignee: 'upd' }),
          ],
        },
        { events: [done], by: { account: 'upd', role: 'UPD' } },
      ],
    });
    const seen = async (account: string, role: Role, state: 'open' | 'completed' = 'open') =>
      (await listTasks(lists, viewerOf(person(account, role, 'c_borgo')), { state }, today)).items.map(
        ({ id, assignee, seesCase }) => [id.split('.')[1], assignee, seesCase],
      );
    for (const role of ['STRUCTURE_HEAD', 'TRAINER', 'COMMISSION'] as const) {
      expect(await seen('capo', role)).toEqual([['mine', 'capo', false]]);
      expect(await seen('capo', role, 'completed')).toEqual([]);
      expect(await seen('collega', role)).toEqual([]);
    }
    const capo = viewerOf(person('capo', 'STRUCTURE_HEAD', 'c_borgo'));
    expect((await listCases(lists, capo, {})).items).toEqual([]);
  });

  it('call a task by the procedure of its case, and by the part that is another than that', async () => {
    await views({
      a: [
        {
          events: [
            started(),
            taskCreated('own'),
            taskCreated('before', { definition: 'd0' }),
            taskCreated('called', { definition: 'core' }),
          ],
        },
      ],
    });
    const process = (definition: string) => (definition === 'core' ? 'Nucleo' : 'Procedimento ordinario');
    const named = { ...lists, names: { ...lists.names, process } };
    const { items } = await listTasks(named, everything, {}, today);
    expect(
      Object.fromEntries(
        items.map(({ id, processName, partName }) => [id.split('.')[1], [processName, partName]]),
      ),
    ).toEqual({
      own: ['Procedimento ordinario', null],
      before: ['Procedimento ordinario', null],
      called: ['Procedimento ordinario', 'Nucleo'],
    });
  });

  it('say what each of several that look alike is about: in its own words, else whose office does it', async () => {
    const alike = {
      a: taskCreated('a', { about: 'Comune di Valle' }),
      b: taskCreated('b', { body: 'c_valle' }),
    };
    await views({ a: [{ events: [started(), alike.a, alike.b, taskCreated('c')] }] });
    const named = { ...lists, names: { ...lists.names, body: (ipa: string) => `Comune ${ipa}` } };
    const said = async (viewer: typeof everything) =>
      Object.fromEntries(
        (await listTasks(named, viewer, {}, today)).items.map(({ id, about }) => [id.split('.')[1], about]),
      );
    expect(await said(everything)).toEqual({ a: 'Comune di Valle', b: 'Comune c_valle', c: null });
    // It is content of the case: it may name a person.
    const masked = { ...everything, sees: () => 'masked' } as typeof everything;
    expect(await said(masked)).toEqual({ a: null, b: 'Comune c_valle', c: null });
  });

  it('show each head of structure of the body what waits for a head, until one of them acts in it', async () => {
    const begun = [
      {
        events: [
          started(),
          taskCreated('hear', { role: 'STRUCTURE_HEAD' }),
          taskCreated('upd', { role: 'UPD' }),
        ],
      },
    ];
    const by = { account: 'capo', role: 'STRUCTURE_HEAD', body: 'c_borgo' } as const;
    const seen = async (account: string, role: Role, body: string) =>
      (await listTasks(lists, viewerOf(person(account, role, body)), {}, today)).items.map(
        ({ id }) => id.split('.')[1],
      );
    await views({ a: begun });
    expect(await seen('capo', 'STRUCTURE_HEAD', 'c_borgo')).toEqual(['hear']);
    expect(await seen('collega', 'STRUCTURE_HEAD', 'c_borgo')).toEqual(['hear']);
    expect(await seen('altro', 'STRUCTURE_HEAD', 'c_valle')).toEqual([]);
    expect(await seen('docente', 'TRAINER', 'c_borgo')).toEqual([]);
    await pool.query('drop schema if exists views cascade');
    await views({
      a: [...begun, { events: [taskCompleted('hear'), taskCreated('sign', { role: 'STRUCTURE_HEAD' })], by }],
    });
    expect(await seen('capo', 'STRUCTURE_HEAD', 'c_borgo')).toEqual(['sign']);
    expect(await seen('collega', 'STRUCTURE_HEAD', 'c_borgo')).toEqual([]);
  });

  it('show a data protection officer what asks for one, and no more of the case', async () => {
    await views({
      a: [
        {
          events: [
            started(),
            taskCreated('check', { role: 'DPO' }),
            taskCreated('other'),
            deadlineOpened('d'),
          ],
        },
      ],
    });
    const dpo = viewerOf(person('dpo', 'DPO', 'c_borgo'));
    expect((await listTasks(lists, dpo, {}, today)).items).toMatchObject([{ role: 'DPO', seesCase: false }]);
    expect((await listCases(lists, dpo, {})).items).toEqual([]);
    // However much of their bodies is not theirs: it is not even looked at.
    for (const [table, own] of [
      ['tasks', "id like '%.other'"],
      ['deadlines', 'true'],
    ])
      await pool.query(
        `insert into views.${table} select (jsonb_populate_record(t, jsonb_build_object('id', 'a' || n || '.other'))).*
         from views.${table} t, generate_series(1, 1000) n where ${own}`,
      );
    asked.length = 0;
    expect(await listTasks(lists, dpo, {}, today)).toMatchObject({
      items: [{ role: 'DPO' }],
      nextCursor: null,
    });
    expect(await listDeadlines(lists, dpo)).toEqual({ items: [], nextCursor: null });
    expect(asked.filter(({ sql }) => / as "[td]" /.test(sql))).toHaveLength(2);
  });

  it('leave out what I put off until it is due or the day has come, for me alone', async () => {
    await views({
      a: [
        {
          events: [
            started(),
            taskCreated('free', { role: 'DESK_OPERATOR', dueAt: '2026-03-20T10:00:00.000Z' }),
            taskCreated('calm', { role: 'DESK_OPERATOR' }),
          ],
        },
      ],
    });
    const keys = async (whose: 'group' | 'later', on = today, who = operatore) =>
      (await listTasks(lists, viewerOf(who), { whose }, on)).items.map(({ id, putOffUntil }) => [
        id.split('.')[1],
        putOffUntil,
      ]);
    const off = (key: string, until: string | null, on = today) =>
      putOff(lists, 'operatore', `${caseId('a')}.${key}`, until, on);
    await off('free', '2026-04-01');
    await off('calm', '2026-03-10');
    expect(await keys('group')).toEqual([]);
    expect(await keys('later')).toEqual([['free', '2026-04-01'], ['calm', '2026-03-10']]); // prettier-ignore
    expect(await keys('group', today, { ...operatore, account: 'altra' })).toHaveLength(2);
    expect(await keys('group', '2026-03-10')).toEqual([['calm', null]]);
    // Due before the day that was wished for.
    expect((await keys('group', '2026-03-20')).map(([key]) => key)).toEqual(['free', 'calm']);
    await off('free', null);
    expect(await keys('group')).toEqual([['free', null]]);
    expect((await listTasks(lists, everything, { dueBy: '2026-03-20' }, today)).items).toHaveLength(1);
    expect((await listTasks(lists, everything, { dueBy: '2026-03-19' }, today)).items).toEqual([]);
    // What is past is forgotten with the next one.
    await off('free', '2026-05-01', '2026-04-30');
    expect(await lists.views.selectFrom('desk.put_off').selectAll().execute()).toHaveLength(1);
  });

  it('show colleagues one another’s cases where their body shares the service, and no disciplinary ones unless it says so', async () => {
    const by = { account: 'piero', role: 'COMUNE_HR', body: 'c_borgo' } as const;
    const begun = (process: string) => [
      { events: [started({ process }), taskCreated('t', { role: null })], by },
    ];
    await views({ d: begun('disciplinary-ordinary'), s: begun('selection-competition') });
    const seen = async (account: string, ...shared: string[]) => {
      const bodies = {
        ...lists.bodies,
        standing: (_: string, process: string) => ({
          ...{ serviceModel: 'FULL_UPD' as const, shared: shared.includes(process) },
        }),
      };
      const viewer = viewerOf(person(account, 'COMUNE_HR', 'c_borgo'));
      const { items } = await listCases({ ...lists, bodies }, viewer);
      return items.map(({ process }) => process).sort();
    };
    const [discipline, selection] = ['disciplinary-ordinary', 'selection-competition'] as const;
    expect(await seen('piero')).toEqual([discipline, selection]);
    expect(await seen('anna')).toEqual([]);
    expect(await seen('anna', selection)).toEqual([selection]);
    expect(await seen('anna', selection, discipline)).toEqual([discipline, selection]);
  });

  it('say in the process’s words how a request of one’s body ended, and of a disciplinary case or to others nothing', async () => {
    const by = { account: 'piero', role: 'COMUNE_HR', body: 'c_borgo' } as const;
    const ended = (process: string, variables = {}) => [
      {
        events: [
          started({ process, variables }),
          { type: 'CaseCompleted' as const, data: { endElement: 'end_answered' } },
        ],
        by,
      },
    ];
    await views({
      r: ended('comune-onboarding', { caseOutcome: 'refused' }),
      q: ended('desk-request'),
      d: ended('disciplinary-ordinary'),
    });
    const told = async (viewer: typeof everything) => {
      const { items } = await listCases(lists, viewer, { state: 'all' });
      return items.map(({ process, outcome }) => `${process} ${outcome}`).sort();
    };
    const piero = person('piero', 'COMUNE_HR', 'c_borgo');
    const all = [
      'comune-onboarding «end_refused»',
      'desk-request «end_answered»',
      'disciplinary-ordinary null',
    ];
    expect(await told(viewerOf(piero))).toEqual(all);
    const none = all.map((line) => line.replace(/«.*»/, 'null'));
    expect(await told({ ...everything, sees: () => 'masked' })).toEqual(none);
    const stranger = {
      ...everything,
      comuni: ['c_valle'],
      processes: all.map((line) => line.split(' ')[0]!),
    };
    expect(await told({ ...stranger, account: 'x' })).toEqual(none);
  });

  it('are narrowed by what a case says, for those who may read it and nobody else', async () => {
    const said = (urgency: string, more: object = {}) => [
      { events: [started({ facts: ['urgency'], variables: { urgency }, ...more }), taskCreated('t')] },
    ];
    await views({
      ...{ low: said('LOW'), high: said('HIGH') },
      ...{ own: said('HIGH', { comune: 'c_valle' }), open: said('HIGH', { process: 'desk-request' }) },
    });
    const found = async (who: Principal, facts: string[], more: object = {}) => {
      const page = await listTasks(lists, viewerOf(who), { facts, ...more }, today);
      return [...page.items.map(({ id }) => id.split('.')[0]).sort(), page.nextCursor];
    };
    const of = (...names: string[]) => [...names.map(caseId).sort(), null];
    // Of the Comune with an office of its own the Province’s office reads nothing.
    const upd = person('upd', 'UPD', 'p_demo');
    expect(await found(upd, ['urgency:HIGH'])).toEqual(of('high', 'open'));
    expect(await found(upd, ['urgency:LOW'])).toEqual(of('low'));
    expect(await found(upd, ['urgency:LOW', 'urgency:HIGH'])).toEqual(of());
    expect(await found(upd, ['urgency:HIGH'], { process: 'disciplinary-ordinary' })).toEqual(of('high'));
    // Who sees that cases run, but reads none, or masked, or for a reason, learns nothing from any filter or cursor.
    for (const [account, role, body] of [
      ['personale', 'COMUNE_HR', 'c_borgo'],
      ['auditor', 'AUDITOR', 'p_demo'],
      ['responsabile', 'DESK_SUPERVISOR', 'p_demo'],
      ['gestore', 'SYSTEM_OPERATOR', 'p_demo'],
    ] as const) {
      const who = person(account, role, body);
      const more = { process: 'disciplinary-ordinary', limit: 1 };
      expect(await found(who, ['urgency:HIGH'], more)).toEqual([null]);
    }
    expect(await found(person('segretario', 'SEGRETARIO', 'c_borgo'), ['urgency:HIGH'])).toEqual(of('open'));
  });

  it('tell nobody by a cursor that others have more', async () => {
    const task = (comune: string) => [
      { events: [started({ facts: ['oral'], comune, variables: { oral: true } }), taskCreated('t')] },
    ];
    const names = Array.from({ length: 6 }, (_, n) => `b${n}`);
    await views(
      Object.fromEntries(names.map((name, n) => [name, task(n % 2 === 0 ? 'c_valle' : 'c_borgo')])),
    );
    const upd = viewerOf(person('upd', 'UPD', 'p_demo'));
    const seen: string[] = [];
    for (let cursor: string | undefined, left = true; left;) {
      const page = await listTasks(lists, upd, { facts: ['oral:true'], limit: 2, cursor }, today);
      seen.push(...page.items.map(({ comune }) => comune));
      left = page.nextCursor !== null;
      if (left) expect(page.items).toHaveLength(2);
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toEqual(['c_borgo', 'c_borgo', 'c_borgo']);
    const own = await listTasks(lists, upd, { facts: ['oral:true'], comuni: ['c_valle'], limit: 1 }, today);
    expect(own).toEqual({ items: [], nextCursor: null });
  });

  it('are kept under names, as many as may be', async () => {
    const keep = (name: string, query = 'basket=all', page: 'tasks' | 'cases' = 'tasks') =>
      saveFilter(lists, 'operatore', { page, name, query });
    expect(await keep('b')).toBe(true);
    expect(await keep('a', 'text=x', 'cases')).toBe(true);
    expect(await keep('b', 'basket=mine')).toBe(true);
    expect(await savedFilters(lists, 'operatore')).toEqual([
      { page: 'cases', name: 'a', query: 'text=x' },
      { page: 'tasks', name: 'b', query: 'basket=mine' },
    ]);
    expect(await savedFilters(lists, 'altra')).toEqual([]);
    for (let n = 2; n < mostSavedFilters; n++) expect(await keep(`n${n}`)).toBe(true);
    expect(await keep('one too many')).toBe(false);
    expect(await keep('b', 'basket=all')).toBe(true);
    await forgetFilter(lists, 'operatore', { page: 'tasks', name: 'b' });
    expect(await keep('one more')).toBe(true);
  });

  it('keep drafts for whoever wrote them, as many as may be, until nobody touches them', async () => {
    const now = '2026-03-06T12:00:00.000Z';
    await views({ a: [{ events: [started(), taskCreated('done', { role: 'DESK_OPERATOR' })] }] });
    const forgetter = draftForgetter(lists);
    const forget = (one: { readonly account: string; readonly form: string }) =>
      forgetter({ ...one, sentAt: now });
    const keepAs = (account: string, form: string, keptAt: string, typed = '{}') =>
      keepDraft(lists, account, { form, typed, keptAt }, now);
    const keep = async (...draft: Parameters<typeof keepAs>) => (await keepAs(...draft)) !== null;
    expect(await keep('operatore', 'start.a', '2026-03-06T09:00:00.000Z', '{"x":1}')).toBe(true);
    expect(await keep('operatore', 'task.b', '2026-03-06T10:00:00.000Z')).toBe(true);
    expect(await keep('operatore', 'start.a', '2026-03-06T11:00:00.000Z', '{"x":2}')).toBe(true);
    expect(await drafts(lists, 'operatore', now)).toEqual([
      { form: 'start.a', keptAt: '2026-03-06T11:00:00.000Z' },
      { form: 'task.b', keptAt: '2026-03-06T10:00:00.000Z' },
    ]);
    expect((await findDraft(lists, 'operatore', 'start.a', now))?.typed).toBe('{"x":2}');
    // What was typed before, and comes only now, takes nobody's place.
    expect(await keepAs('operatore', 'start.a', '2026-03-06T10:59:59.999Z', '{"x":0}')).toEqual({
      ...{ form: 'start.a', keptAt: '2026-03-06T11:00:00.000Z', typed: '{"x":2}' },
    });
    // Nor does what goes on from another text, or from none; what goes on from this one does, also by a clock that is behind.
    const goOn = async (typed: string, keptAt: string, basedOn: string | null) =>
      (await keepDraft(lists, 'operatore', { form: 'start.a', typed, keptAt, basedOn }, now))?.typed;
    expect(await goOn('{"x":3}', '2026-03-06T11:10:00.000Z', '2026-03-06T09:00:00.000Z')).toBe('{"x":2}');
    expect(await goOn('{"x":3}', '2026-03-06T11:10:00.000Z', null)).toBe('{"x":2}');
    expect(await goOn('{"x":3}', '2026-03-06T10:10:00.000Z', '2026-03-06T11:00:00.000Z')).toBe('{"x":3}');
    expect(await goOn('{"x":2}', '2026-03-06T11:00:00.000Z', '2026-03-06T10:10:00.000Z')).toBe('{"x":2}');
    // What is too old to be found stands in no way.
    await keepAs('antica', 'start.a', '2026-02-01T00:00:00.000Z');
    const anew = { form: 'start.a', typed: '{"x":4}', keptAt: now, basedOn: null };
    expect((await keepDraft(lists, 'antica', anew, now))?.typed).toBe('{"x":4}');
    expect((await findDraft(lists, 'operatore', 'start.a', now))?.typed).toBe('{"x":2}');
    expect(await findDraft(lists, 'altra', 'start.a', now)).toBeNull();
    await forget({ account: 'altra', form: 'start.a' });
    for (let n = 2; n < mostDrafts; n++)
      expect(await keep('operatore', `task.${n}`, '2026-03-06T12:00:00.000Z')).toBe(true);
    expect(await keep('operatore', 'task.more', '2026-03-06T12:00:00.000Z')).toBe(false);
    expect(await keep('operatore', 'task.b', '2026-03-06T12:00:00.000Z')).toBe(true);
    await forget({ account: 'operatore', form: 'task.b' });
    expect(await keep('operatore', 'task.more', '2026-03-06T12:00:00.000Z')).toBe(true);
    // Of two at once, one more at most.
    await forget({ account: 'operatore', form: 'task.more' });
    const both = await Promise.all(['start.c', 'start.d'].map((form) => keep('operatore', form, now)));
    expect(both.toSorted()).toEqual([false, true]);
    // Tasks that are done take no room.
    const id = `${caseId('a')}.done`;
    await lists.views.updateTable('tasks').set({ state: 'completed' }).where('id', '=', id).execute();
    await forget({ account: 'operatore', form: 'task.2' });
    expect(await keep('operatore', `task.${id}`, now)).toBe(true);
    expect(await keep('operatore', 'task.2', now)).toBe(true);
    // Those of one moment go together, each of its own account.
    for (const account of ['verdi', 'neri'])
      for (const form of ['start.x', 'start.y']) await keepAs(account, form, now);
    await Promise.all([
      forget({ account: 'verdi', form: 'start.x' }),
      forget({ account: 'neri', form: 'start.y' }),
      forget({ account: 'neri', form: 'start.never' }),
    ]);
    expect((await drafts(lists, 'verdi', now)).map(({ form }) => form)).toEqual(['start.y']);
    expect((await drafts(lists, 'neri', now)).map(({ form }) => form)).toEqual(['start.x']);
    // What was begun anew after the sending stays, also when the clock of its writer is behind.
    const moment = '2026-03-06T12:00:00.020Z';
    const begunAnew = { form: 'start.x', typed: '{"x":5}', keptAt: '2026-03-06T11:59:00.000Z' };
    await keepDraft(lists, 'bianchi', begunAnew, moment);
    await forget({ account: 'bianchi', form: 'start.x' });
    expect(await drafts(lists, 'bianchi', moment)).toHaveLength(1);
    await forgetter({ account: 'bianchi', form: 'start.x', sentAt: moment });
    expect(await drafts(lists, 'bianchi', moment)).toEqual([]);
    // Those of one case go with what it says, also when the views do not know its tasks.
    for (const it of ['a', 'b']) await keepAs('gialli', `task.${caseId(it)}.t`, now);
    await forgetDraftsOf(lists, [caseId('b')]);
    expect((await drafts(lists, 'gialli', now)).map(({ form }) => form)).toEqual([`task.${caseId('a')}.t`]);
    // They age by themselves, before somebody takes them away.
    const later = new Date(Date.parse('2026-03-06T11:30:00Z') + draftDays * 86_400_000).toISOString();
    expect(await findDraft(lists, 'operatore', 'start.a', now)).not.toBeNull();
    expect(await findDraft(lists, 'operatore', 'start.a', later)).toBeNull();
    expect(await drafts(lists, 'operatore', later)).toHaveLength(mostDrafts);
    await forgetOldDrafts(lists, later);
    expect(await findDraft(lists, 'operatore', 'start.a', now)).toBeNull();
    expect(await drafts(lists, 'operatore', now)).toHaveLength(mostDrafts);
  });

  it('keep of drafts of tasks that are done the last ones only, and look tasks up by their key', async () => {
    const now = '2026-03-06T12:00:00.000Z';
    await views({ a: [{ events: [started(), taskCreated('done', { role: 'DESK_OPERATOR' })] }] });
    const done = await lists.views.selectFrom('tasks').selectAll().executeTakeFirstOrThrow();
    const ids = Array.from({ length: mostKept }, (_, n) => `done.${n}`);
    await lists.views
      .insertInto('tasks')
      .values(ids.map((id) => ({ ...done, id, state: 'completed' as const })))
      .execute();
    const keep = (form: string, keptAt: string) =>
      keepDraft(lists, 'archivista', { form, typed: '{}', keptAt }, now);
    // The oldest of all, and the only one that can still be sent.
    await keep('start.a', '2026-03-06T09:00:00.000Z');
    for (const [n, id] of ids.entries())
      await keep(`task.${id}`, new Date(Date.parse('2026-03-06T10:00:00Z') + n).toISOString());
    const kept = (await drafts(lists, 'archivista', now)).map(({ form }) => form);
    expect(kept).toEqual([
      ...ids
        .slice(1)
        .map((id) => `task.${id}`)
        .toReversed(),
      'start.a',
    ]);
    const { sql, parameters } = asked.findLast((one) => one.sql.includes('substr(d.form'))!;
    const client = await pool.connect();
    try {
      await client.query(
        'begin; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off',
      );
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, [...parameters]);
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond: \(\(?\w*\.?id = substr/);
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('put first the deadlines with the earliest safe date, and escalations by what would be lost', async () => {
    const raised = (key: string, nature: 'PEREMPTORY' | 'CONTRACTUAL', legalDueDate: string): CaseEvent => ({
      type: 'EscalationRaised',
      data: {
        key,
        deadline: null,
        deadlineId: null,
        step: '',
        to: ['UPD'],
        nature,
        legalDueDate,
        label: { it: '', en: '' },
      },
    });
    await views({
      a: [
        {
          events: [
            started(),
            deadlineOpened('d1', '2026-04-03'),
            deadlineOpened('d2', '2026-03-20', {
              nature: 'DIRECTORY',
              plan: plan('2026-03-20', { legalDueDate: '2026-03-20' }),
            }),
            raised('e1', 'CONTRACTUAL', '2026-01-01'),
            raised('e2', 'PEREMPTORY', '2026-05-01'),
            raised('e3', 'PEREMPTORY', '2026-04-01'),
            raised('e4', 'PEREMPTORY', '2026-04-02'),
            { type: 'EscalationResolved', data: { key: 'e4', outcome: 'fatto' } },
          ],
        },
      ],
    });
    const keys = (items: readonly { id: string }[]) => items.map(({ id }) => id.split('.')[1]);
    expect(keys((await listDeadlines(lists, everything)).items)).toEqual(['d2', 'd1']);
    expect(keys((await listDeadlines(lists, everything, { nature: ['DIRECTORY'] })).items)).toEqual(['d2']);
    expect(
      keys((await listDeadlines(lists, everything, { dueFrom: '2026-04-07', dueTo: '2026-04-07' })).items),
    ).toEqual(['d1']);
    expect(keys((await listDeadlines(lists, everything, { state: ['missed'] })).items)).toEqual([]);
    expect(keys((await listEscalations(lists, everything)).items)).toEqual(['e3', 'e2', 'e1']);
    expect(keys((await listEscalations(lists, everything, { state: 'resolved' })).items)).toEqual(['e4']);
  });

  it('show notices to the roles they are for, with marks that outlive the view', async () => {
    await views({
      a: [{ events: [started(), jobCreated('j1', { headers: { to: 'DESK_OPERATOR', label: 'Nuova' } })] }],
    });
    const viewer = viewerOf(operatore);
    const [notice] = (await listNotices(lists, viewer)).items;
    expect(notice).toMatchObject({ label: { it: 'Nuova' }, readAt: null });
    await markNoticesRead(lists, 'operatore', [notice!.id], now);
    await markNoticesRead(lists, 'operatore', [notice!.id], '2027-01-01T00:00:00.000Z');
    expect((await listNotices(lists, viewer)).items).toMatchObject([{ readAt: now }]);
    expect((await listNotices(lists, viewer, { unreadOnly: true })).items).toEqual([]);
    expect((await listNotices(lists, viewerOf(person('upd', 'UPD', 'p_demo')))).items).toEqual([]);
  });

  it('show notices to who is in charge, by name, whatever the role', async () => {
    const reached: CaseEvent = {
      type: 'LadderStepReached',
      data: {
        ...{ key: 'd1', id: 'DL_X', instance: null, step: 's', round: 1, to: ['IN_CHARGE'], does: 'notice' },
        label: { it: 'promemoria', en: 'reminder' },
      },
    };
    const claimed: CaseEvent = { type: 'UserTaskClaimed', data: { key: 't1', by: 'upd' } };
    await views({ a: [{ events: [started(), taskCreated('t1'), claimed, reached] }] });
    const seen = async (account: string) =>
      (await listNotices(lists, viewerOf(person(account, 'UPD', 'p_demo')))).items.length;
    expect([await seen('upd'), await seen('altro')]).toEqual([1, 0]);
  });

  it('are counted for machines by code: incidents that are open', async () => {
    const raised = (key: string, code: string, deadline: string | null): CaseEvent => ({
      type: 'IncidentRaised',
      data: { ...{ key, code, deadline }, host: null, element: 'x', message: 'Rossi' },
    });
    const resolved: CaseEvent = {
      type: 'IncidentResolved',
      data: { key: 'i3', resolution: 'fatto' } as never,
    };
    await views({
      a: [{ events: [started(), raised('i1', 'job-failed', null), raised('i2', 'deadline-missed', 'd1')] }],
      b: [
        { events: [started(), raised('i3', 'job-failed', null), raised('i4', 'job-failed', null), resolved] },
      ],
    });
    expect(await incidentFigures(lists.views)).toEqual([
      { code: 'deadline-missed', legal: true, count: 1 },
      { code: 'job-failed', legal: false, count: 2 },
    ]);
  });

  it('tell of any number of cases which are of a process', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `many${n}`);
    const process = (n: number) => (n % 2 ? 'disciplinary-ordinary' : 'other');
    await views(
      Object.fromEntries(names.map((name, n) => [name, [{ events: [started({ process: process(n) })] }]])),
    );
    const of = await idsOfProcess(lists.views, 'other', [...names.map(caseId), caseId('none')]);
    expect([...of].sort()).toEqual(
      names
        .filter((_, n) => n % 2 === 0)
        .map(caseId)
        .sort(),
    );
  });

  it('hide from the auditor who did what, and from the system operator what incidents say', async () => {
    await views({
      a: [
        {
          events: [
            started({ businessKey: 'Rossi' }),
            taskCreated('t1', { assignee: 'operatore' }),
            {
              type: 'IncidentRaised',
              data: {
                key: 'i1',
                host: null,
                element: 'x',
                code: 'job-failed',
                message: 'Rossi',
                deadline: null,
              },
            },
          ],
        },
      ],
    });
    const auditor = viewerOf(person('auditor', 'AUDITOR', 'p_demo'));
    expect((await listCases(lists, auditor)).items).toMatchObject([{ startedBy: '', businessKey: null }]);
    expect((await listTasks(lists, auditor, {}, today)).items).toMatchObject([{ assignee: null }]);
    const gestore = viewerOf(person('gestore', 'SYSTEM_OPERATOR', 'p_demo'));
    expect((await listIncidents(lists, gestore)).items).toMatchObject([{ code: 'job-failed', message: '' }]);
    expect((await listCases(lists, gestore)).items).toEqual([]);
    expect((await listDocuments(lists, gestore, { caseId: caseId('a') })).items).toEqual([]);
  });
});

describe('what lists show', () => {
  const people: Principal[] = [
    operatore,
    person('responsabile', 'DESK_SUPERVISOR', 'p_demo'),
    person('upd', 'UPD', 'p_demo'),
    person('updvalle', 'UPD', 'c_valle'),
    person('struttura', 'STRUCTURE_HEAD', 'c_borgo'),
    person('personale', 'COMUNE_HR', 'c_borgo'),
    person('altrocomune', 'COMUNE_HR', 'c_valle'),
    person('docente', 'TRAINER', 'p_demo'),
    person('auditor', 'AUDITOR', 'p_demo'),
    person('gestore', 'SYSTEM_OPERATOR', 'p_demo'),
    person('altra', 'DESK_OPERATOR', 'p_other'),
    {
      ...person('struttura', 'STRUCTURE_HEAD', 'c_borgo'),
      grants: [
        { role: 'STRUCTURE_HEAD', body: 'c_borgo' },
        { role: 'UPD', body: 'p_demo' },
      ],
    },
  ];
  const actor = fc.constantFrom(...people.map(({ account, grants }) => ({ account, ...grants[0]! })));
  const histories = fc.array(
    fc.record({
      comune: fc.constantFrom('c_borgo', 'c_valle', 'c_monte'),
      process: fc.constantFrom('disciplinary-ordinary', 'training'),
      by: actor,
      deeds: fc.array(actor, { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('is what the table of acts allows, for everybody', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 4 }), async (cases, limit) => {
        await pool.query('drop schema if exists views cascade');
        await views(
          Object.fromEntries(
            cases.map(({ comune, process, by, deeds }, n) => [
              `v${n}`,
              [
                { events: [started({ comune, process })], by },
                ...deeds.map((deed, k) => ({
                  events: [taskCreated(`t${k}`), taskCompleted(`t${k}`)],
                  by: deed,
                })),
              ],
            ]),
          ),
        );
        for (const principal of people) {
          const expected = cases.flatMap(({ comune, process, by, deeds }, n) => {
            const facts: CaseFacts = {
              comune,
              process,
              startedBy: by.account,
              serviceModel: comune === 'c_borgo' ? 'FULL_UPD' : 'SUPPORT',
              deeds: [
                { element: null, account: by.account, role: by.role },
                ...deeds.map(({ account, role }) => ({ element: 't_review', account, role })),
              ],
            };
            return mayAct(principal, 'SeeCase', { case: facts }).allowed ? [caseId(`v${n}`)] : [];
          });
          const seen: string[] = [];
          for (let cursor: string | undefined; ;) {
            const page = await listCases(lists, viewerOf(principal), { limit, cursor });
            seen.push(...page.items.map(({ id }) => id));
            if (page.nextCursor === null) break;
            cursor = page.nextCursor;
          }
          expect({ who: principal.grants, seen: seen.sort() }).toEqual({
            who: principal.grants,
            seen: expected.sort(),
          });
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

describe('with many open cases', () => {
  it('no list of the desk reads a whole table', async () => {
    await views({});
    await pool.query(`
      insert into views.cases select 'c' || n, 'disciplinary-ordinary', 1, 'd1', 'c_' || n % 80, 'PD-' || n, null, 'pd-' || n,
        'active', '2026-03-06T09:00:' || lpad((n % 60)::text, 2, '0') || '.000Z', 'a' || n % 5000, 'UPD', null, '2026-03-06T09:00:00.000Z',
        null, null, 1, 1, 0, 0, '[]', '{urgency}', '{urgency:LOW}' from generate_series(1, 60000) n;
      insert into views.tasks select 'c' || n || '.t', 'c' || n, 'c_' || n % 80, null, 'disciplinary-ordinary', 'd1', 't', null, 'UPD', '{UPD}',
        case when n % 3 = 0 then 'a' || n % 5000 end, '{}', '{}', null, case when n % 4 = 0 then 'completed' else 'open' end,
        case when n % 997 = 0 then '{urgency:RARE}'::text[] else '{urgency:LOW}' end, 50,
        '2026-03-06T09:00:00.000Z', null, null, '2026-0' || 1 + n % 9 || '-01', null, null, 1, null, 'a' || n % 5000, 'UPD', null
        from generate_series(1, 60000) n;
      insert into views.deadlines (id, case_id, comune, process, deadline, instance, element, term, label, norm, mark, nature, binds, state,
        quieted, bell_at, base, bases, nominal_date, legal_due_date, safe_action_date, earliest_action_date, explanation, ladder, opened_at,
        ended_at, end_reason, changes) select 'c' || n || '.d', 'c' || n, 'c_' || n % 80, 'disciplinary-ordinary', 'DL_X', null, 'e', 't',
        '{}', '', '', 'PEREMPTORY', 'administration', case when n % 3 = 0 then 'met' else 'open' end, false, null, '2026-01-01', '[]',
        '2026-01-01', '2026-0' || 1 + n % 9 || '-01', '2026-0' || 1 + n % 9 || '-01', null, '[]', '{}', '', null, null, '[]'
        from generate_series(1, 60000) n;
      insert into views.escalations (id, case_id, comune, process, kind, deadline, deadline_key, step, label, addressees, state, raised_at,
        urgency, due_sort) select 'c' || n || '.e', 'c' || n, 'c_' || n % 80, 'disciplinary-ordinary', 'escalation', 'DL_X', 'c' || n || '.d',
        '', '{}', case when n % 7 = 0 then '{UPD,IN_CHARGE}'::text[] else '{UPD}' end, case when n % 3 = 0 then 'resolved' else 'raised' end,
        to_char(timestamp '2025-01-01' + n * interval '10 minutes', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), n % 6, '2026-01-01'
        from generate_series(1, 60000) n;
      insert into views.incidents select 'c' || n || '.i', 'c' || n, 'c_' || n % 80, 'disciplinary-ordinary', 'd1', null, 'x', '', false,
        case when n % 3 = 0 then 'resolved' else 'open' end, '2026-03-06', null, null from generate_series(1, 60000) n;
      insert into views.notices select 'c' || n || '.n', 'c' || n, 'c_' || n % 80, 'disciplinary-ordinary', '{UPD}', '{}', null, null,
        '2026-03-06' from generate_series(1, 60000) n;
      insert into desk.put_off select 'a' || n % 500, 'c' || n || '.t', '2026-03-20' from generate_series(1, 20000) n`);
    await pool.query('analyze');
    const desk = {
      ...everything,
      account: 'a1',
      roles: ['UPD'],
      comuni: Array.from({ length: 40 }, (_, n) => `c_${n}`),
    };
    const one = { ...desk, comuni: ['c_7'] };
    const head = { ...one, involvedOnly: true };
    const staff = { ...one, roles: ['COMUNE_HR'], throughout: [], staffOf: ['c_7'] };
    asked.length = 0;
    for (const viewer of [everything, desk, one, head, staff]) {
      await listCases(lists, viewer);
      await listCases(lists, viewer, { state: 'all', text: 'pd-4711' });
      for (const whose of ['mine', 'group', 'later', 'all'] as const)
        await listTasks(lists, viewer, { whose }, today);
      await listTasks(lists, viewer, { whose: 'mine', state: 'completed' }, today);
      await listTasks(lists, viewer, { state: 'completed' }, today);
      await listTasks(lists, viewer, { text: 'pd-4711' }, today);
      await listTasks(lists, viewer, { facts: ['urgency:RARE'] }, today);
      await listTasks(lists, viewer, { facts: ['urgency:RARE'], whose: 'group' }, today);
      await listDeadlines(lists, viewer);
      await listDeadlines(lists, viewer, { state: ['met'] });
      await listDeadlines(lists, viewer, { dueFrom: '2026-02-01', dueTo: '2026-02-28' });
      await listEscalations(lists, viewer);
      await listEscalations(lists, viewer, { whose: 'mine', kind: 'task', nature: 'PEREMPTORY' });
      await listIncidents(lists, viewer);
      await listNotices(lists, viewer);
    }
    const page = await listTasks(lists, desk, {}, today);
    await listTasks(lists, desk, { cursor: page.nextCursor! }, today);
    expect(asked.length).toBeGreaterThan(40);
    const scans = new Set<string>();
    for (const { sql, parameters } of asked) {
      const { rows } = await pool.query<{ 'QUERY PLAN': unknown }>(`explain (format json) ${sql}`, [
        ...parameters,
      ]);
      const text = JSON.stringify(rows[0]!['QUERY PLAN']);
      for (const [, table] of text.matchAll(/"Node Type":\s*"Seq Scan"[^{}]*?"Relation Name":\s*"(\w+)"/g)) {
        if (table !== 'notice_reads') scans.add(`${table}: ${sql}`);
      }
    }
    expect([...scans]).toEqual([]);
  }, 120_000);
});

it('the views open over a pool that others use', async () => {
  await views({ a: [{ events: [started()] }] });
  expect(await openViews(pool).selectFrom('cases').select('id').execute()).toHaveLength(1);
});
