import { describe, expect, it } from '@jest/globals';
import type { CaseEvent, EventOf } from '@iter/engine';
import { Kysely, PostgresDialect } from 'kysely';
import { caseId, deadlineOpened, plan, started, taskCreated } from '../../../test/support/case-log.ts';
import { viewHouse } from '../../../test/support/views.ts';
import type { ViewTables } from './database.ts';
import { caseRegister, openViews, selectionRegisters, viewsSchema } from './index.ts';

const at = '2026-09-10T08:00:00.000Z';
const about = { comune: 'c_borgo', process: 'selection-interpello', on: '2026-09-10' };

const house = viewHouse(() => at);

/** What a register holds once the views have caught up. */
async function entry(register: 'needs' | 'eligibility-list' | 'ranking', key: unknown, on = about.on) {
  await house.caughtUp();
  return selectionRegisters(openViews(house.pool))[register](key as never, { ...about, on });
}

const set = (variables: object): CaseEvent => ({
  type: 'VariablesSet',
  data: { scope: null, variables: variables as EventOf<'VariablesSet'>['data']['variables'] },
});
const done = (element: string, outputs: object): CaseEvent => ({
  type: 'UserTaskCompleted',
  data: { key: element, element, scope: null, variables: {}, outputs: outputs as Record<string, never> },
});
const ended = (endElement: string): CaseEvent => ({ type: 'CaseCompleted', data: { endElement } });

const endedInside: CaseEvent = { type: 'CaseCompleted', data: { endElement: null } };

const need = caseId('need');
const list = caseId('list');
const ranking = caseId('ranking');
const aNeed = (more: object = {}): CaseEvent[] => [
  started({ process: 'selection-needs-and-mobility' }),
  set({
    ...{ profile: 'Istruttore amministrativo', area: 'ISTRUTTORI', contractType: 'PERMANENT' },
    ...{ partTimePct: 50, seat: 'Municipio' },
    ...{ contractMonths: null, posts: 2, postsLeft: 2, channel: null, publishSubjectTo34bis: false, ...more },
  }),
];
/** As a message starts it: what it brings is mapped. */
const aHire = (more: object = {}): CaseEvent[] => [
  started({ process: 'selection-hiring' }),
  set({
    ...{ needRef: need, candidateRef: 'K-01', hireKind: 'LIST', contractType: 'PERMANENT' },
    ...{ listRef: null, rankingRef: null, ...more },
  }),
];
const membership = (key: string, ref: string, until: string): CaseEvent => {
  const opened = deadlineOpened(key);
  const dates = { base: '2026-06-01', nominalDate: until, legalDueDate: until };
  return {
    ...opened,
    data: {
      ...opened.data,
      id: 'DL_LIST_MEMBERSHIP',
      instance: ref,
      nature: 'VALIDITY',
      plan: { ...plan(until), ...dates },
    },
  };
};

describe('the register of needs', () => {
  it('has a need in the state that its case has come to', async () => {
    await house.write(need, aNeed());
    expect(await entry('needs', need)).toEqual({
      needRef: need,
      code: need.slice(0, 8).toUpperCase(),
      comune: 'c_borgo',
      profile: 'Istruttore amministrativo',
      area: 'ISTRUTTORI',
      contractType: 'PERMANENT',
      contractMonths: null,
      partTimePct: 50,
      seat: 'Municipio',
      posts: 2,
      postsLeft: 2,
      channel: null,
      state: 'OPEN',
      publishSubjectTo34bis: false,
      uses: [],
    });
    await house.write(need, [taskCreated('t1', { element: 't_send34bis' })]);
    expect(await entry('needs', need)).toMatchObject({ state: 'WAITING_34BIS' });
    await house.write(need, [taskCreated('t2', { element: 't_chooseChannel' })]);
    expect(await entry('needs', need)).toMatchObject({ state: 'OPEN' });
    await house.write(need, [
      done('t_chooseChannel', { channel: 'INTERPELLO' }),
      ended('end_readyInterpello'),
    ]);
    expect(await entry('needs', need)).toMatchObject({ state: 'READY_INTERPELLO', channel: 'INTERPELLO' });
  });

  it('finds a need by the code that its page shows, and none by a code that two have', async () => {
    const code = need.slice(0, 8);
    const namesake = code + caseId('other').slice(8);
    await house.write(need, aNeed());
    await house.write(caseId('third'), aNeed());
    expect(await entry('needs', [` ${code} `, code.toUpperCase(), 'F-9', ''])).toEqual([
      expect.objectContaining({ needRef: need }),
      expect.objectContaining({ needRef: need }),
      null,
      null,
    ]);
    await house.write(namesake, aNeed());
    expect(await entry('needs', [code, namesake])).toEqual([
      null,
      expect.objectContaining({ needRef: namesake }),
    ]);
    // A code is one of its own kind of case.
    expect(await entry('ranking', code)).toBeNull();
  });

  /** The plan of a question of the views that holds some words, among so many more cases like those that are there. */
  async function planOf(
    words: string,
    many: number,
    ask: (views: ReturnType<typeof openViews>) => Promise<unknown>,
  ): Promise<string> {
    await house.caughtUp();
    await house.pool.query(
      `insert into views.cases select (jsonb_populate_record(c, jsonb_build_object('id', 'c' || n, 'code', 'F-' || n))).*
       from views.cases c, generate_series(1, $1::integer) n`,
      [many],
    );
    await house.pool.query('analyze views.cases');
    const asked: { sql: string; parameters: readonly unknown[] }[] = [];
    const views = new Kysely<ViewTables>({
      dialect: new PostgresDialect({ pool: house.pool }),
      log: ({ query }) => void asked.push({ sql: query.sql, parameters: query.parameters }),
    }).withSchema(viewsSchema);
    await ask(views);
    const { sql, parameters } = asked.find((it) => it.sql.includes(words))!;
    const { rows } = await house.pool.query<{ 'QUERY PLAN': string }>(`explain (analyze) ${sql}`, [
      ...parameters,
    ]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }

  it('finds needs among many without reading all of them', async () => {
    await house.write(need, aNeed());
    const plan = await planOf('upper(code)', 20_000, async (views) => {
      const found = await selectionRegisters(views).needs([need, 'f-7'], about);
      expect(found).toEqual([expect.objectContaining({ needRef: need }), null]);
    });
    expect(plan).toContain('cases_process_upper_idx');
  });

  it('finds another case of the body by its code, among many, without reading all of them', async () => {
    await house.write(need, aNeed());
    const plan = await planOf('"outcome"', 20_000, async (views) => {
      const named = (key: string, comune = 'c_borgo') => caseRegister(views).case(key, { ...about, comune });
      expect(await named(' f-77 ')).toMatchObject({ case: 'c77', state: 'active' });
      expect(await named(need)).toMatchObject({ case: need });
      expect(await named('F-77', 'c_valle')).toBeNull();
    });
    expect(plan).toContain('cases_comune_upper_idx');
    expect(plan).not.toContain('Seq Scan');
  });

  it('takes what is corrected, by the office and by a supervisor', async () => {
    await house.write(need, [...aNeed(), done('t_fixNeed', { posts: 3, profile: 'Istruttore tecnico' })]);
    expect(await entry('needs', need)).toMatchObject({
      posts: 3,
      postsLeft: 3,
      profile: 'Istruttore tecnico',
    });
    await house.write(need, [
      { type: 'VariablesSet', data: { scope: null, variables: { posts: 1 }, reason: 'errore di battitura' } },
    ]);
    expect(await entry('needs', need)).toMatchObject({ posts: 1, postsLeft: 1 });
  });

  it('is ready for a ranking by each end that says so', async () => {
    for (const end of ['end_readyRanking', 'end_readyRankingAtOnce', 'end_readyOwnRanking']) {
      await house.write(caseId(end), [...aNeed(), ended(end)]);
      expect(await entry('needs', caseId(end))).toMatchObject({ state: 'READY_RANKING' });
    }
  });

  it('counts a post as taken while somebody is being hired, and as free when that comes to nothing', async () => {
    await house.write(need, [...aNeed(), ended('end_readyInterpello')]);
    await house.write(caseId('h1'), aHire());
    await house.write(caseId('h2'), aHire({ candidateRef: 'K-02' }));
    expect(await entry('needs', need)).toMatchObject({ postsLeft: 0, state: 'COVERED' });
    await house.write(caseId('h1'), [ended('end_notHired')]);
    expect(await entry('needs', need)).toMatchObject({ postsLeft: 1, state: 'READY_INTERPELLO' });
    await house.write(caseId('h2'), [ended('end_confirmed')]);
    await house.write(caseId('h3'), [...aHire({ candidateRef: 'K-03' })]);
    expect(await entry('needs', need)).toMatchObject({ postsLeft: 0, state: 'COVERED' });
    for (const end of ['end_resigned', 'end_notPassed'])
      await house.write(caseId(end), [...aHire({ candidateRef: end }), ended(end)]);
    await house.write(caseId('h3'), [{ type: 'CaseTerminated', data: { reason: 'x', element: null } }]);
    expect(await entry('needs', need)).toMatchObject({ postsLeft: 1, state: 'READY_INTERPELLO' });
    await house.write(caseId('h9'), aHire({ needRef: 'another' }));
    expect(await entry('needs', need)).toMatchObject({ postsLeft: 1 });
  });

  it('is not ready again when a post comes back after mobility alone', async () => {
    await house.write(need, [...aNeed({ posts: 1 }), ended('end_coveredByMobility')]);
    await house.write(caseId('h1'), aHire({ hireKind: 'MOBILITY' }));
    expect(await entry('needs', need)).toMatchObject({ postsLeft: 0, state: 'COVERED' });
    await house.write(caseId('h1'), [ended('end_notHired')]);
    expect(await entry('needs', need)).toMatchObject({ postsLeft: 1, state: 'OPEN' });
  });

  it('is withdrawn by its own case, or when the Comune withdraws it during the interpello', async () => {
    await house.write(need, [...aNeed(), ended('end_withdrawn')]);
    expect(await entry('needs', need)).toMatchObject({ state: 'WITHDRAWN' });
    const other = caseId('other');
    await house.write(other, [...aNeed(), ended('end_readyInterpello')]);
    const use = caseId('interpello');
    await house.write(use, [started({ process: 'selection-interpello', variables: { needRef: other } })]);
    expect(await entry('needs', other)).toMatchObject({ state: 'READY_INTERPELLO' });
    // As an end event in an event sub-process leaves it.
    await house.write(use, [set({ caseOutcome: 'withdrawn' }), endedInside]);
    expect(await entry('needs', other)).toMatchObject({ state: 'WITHDRAWN' });
  });

  it('tells which procedures are under way on it', async () => {
    await house.write(need, [...aNeed(), ended('end_readyCompetition')]);
    expect(await entry('needs', need)).toMatchObject({ uses: [] });
    const first = caseId('first');
    const needs = [{ needRef: 'another' }, { needRef: need }];
    await house.write(first, [started({ process: 'selection-competition', variables: { needs } })]);
    const second = caseId('second');
    await house.write(second, [started({ process: 'selection-interpello', variables: { needRef: need } })]);
    expect(await entry('needs', need)).toMatchObject({
      uses: expect.arrayContaining([
        expect.objectContaining({ case: first, process: 'selection-competition' }),
        expect.objectContaining({ case: second, process: 'selection-interpello' }),
      ]) as unknown,
    });
    await house.write(second, [ended('end_noCandidate')]);
    // The ranking lives on; who is hired from it is counted.
    const alive = { key: 'g', element: 'evt_rankingLife', scope: null };
    await house.write(first, [{ type: 'ElementActivated', data: alive }]);
    expect(await entry('needs', need)).toMatchObject({ uses: [] });
  });

  it('answers a list with a list, and what it does not know with null', async () => {
    await house.write(need, aNeed());
    expect(await entry('needs', [need, 'unknown', 7])).toEqual([
      expect.objectContaining({ needRef: need }),
      null,
      null,
    ]);
    expect(await entry('needs', 'unknown')).toBeNull();
    expect(await entry('needs', [])).toEqual([]);
    expect(await entry('needs', null)).toBeNull();
  });
});

describe('the register of lists', () => {
  const aList: CaseEvent[] = [
    started({
      process: 'selection-single-list',
      comune: 'p_demo',
      variables: { bodies: [{ ipa: 'c_borgo' }] },
    }),
    set({ bodies: ['c_borgo', 'c_valle'], profiles: ['Istruttore amministrativo'] }),
    membership('m1', 'K-01', '2029-06-01'),
    membership('m2', 'K-02', '2029-06-01'),
  ];

  it('has who is on it, with the days of entry and end, and lets go who expires or leaves', async () => {
    await house.write(list, aList);
    expect(await entry('eligibility-list', list)).toEqual({
      listRef: list,
      code: list.slice(0, 8).toUpperCase(),
      body: 'p_demo',
      bodies: ['c_borgo', 'c_valle'],
      profiles: ['Istruttore amministrativo'],
      members: [
        { candidateRef: 'K-01', since: '2026-06-01', until: '2029-06-01' },
        { candidateRef: 'K-02', since: '2026-06-01', until: '2029-06-01' },
      ],
    });
    await house.write(list, [
      {
        type: 'DeadlineClosed',
        data: { key: 'm2', id: 'DL_LIST_MEMBERSHIP', instance: 'K-02', reason: 'x' },
      },
    ]);
    expect(await entry('eligibility-list', list)).toMatchObject({ members: [{ candidateRef: 'K-01' }] });
    expect(await entry('eligibility-list', list, '2029-06-01')).toMatchObject({
      members: [{ candidateRef: 'K-01' }],
    });
    expect(await entry('eligibility-list', list, '2029-06-02')).toMatchObject({ members: [] });
  });

  it('leaves out who was hired permanently from it, unless nothing came of it', async () => {
    await house.write(list, aList);
    await house.write(caseId('h1'), aHire({ listRef: list, contractType: 'FIXED' }));
    expect(await entry('eligibility-list', list)).toMatchObject({ members: [{}, {}] });
    await house.write(caseId('h2'), aHire({ listRef: list }));
    expect(await entry('eligibility-list', list)).toMatchObject({ members: [{ candidateRef: 'K-02' }] });
    await house.write(caseId('h2'), [ended('end_notHired')]);
    expect(await entry('eligibility-list', list)).toMatchObject({ members: [{}, {}] });
  });

  it('has no list that is closed, or none at all', async () => {
    await house.write(list, [...aList, ended('end_listClosed')]);
    expect(await entry('eligibility-list', list)).toBeNull();
    expect(await entry('eligibility-list', caseId('nothing'))).toBeNull();
  });
});

describe('the register of rankings', () => {
  const rankingFinal = [
    { position: 3, candidateRef: 'C-03', outcome: 'WINNER' },
    { position: 1, candidateRef: 'C-01', outcome: 'WINNER' },
    { position: 2, candidateRef: 'C-02', outcome: 'ELIGIBLE' },
    { position: 4, candidateRef: 'C-04', outcome: 'ELIGIBLE' },
    { position: 5, candidateRef: 'C-05', outcome: 'BEYOND_CAP' },
  ];
  const validity = (): CaseEvent => {
    const opened = deadlineOpened('v');
    const dates = { ...plan('2029-12-22'), base: '2026-12-22', nominalDate: '2029-12-22' };
    return {
      ...opened,
      data: { ...opened.data, id: 'DL_RANKING_VALIDITY', nature: 'VALIDITY', plan: dates },
    };
  };
  const aRanking: CaseEvent[] = [
    started({ process: 'selection-competition', comune: 'p_demo', variables: {} }),
    set({ bodies: ['c_borgo'], profile: 'Istruttore amministrativo' }),
    done('t_ranking', { rankingFinal, rankingMerit: [] }),
  ];

  it('has the persons within the cap in order, winners as called already', async () => {
    await house.write(ranking, aRanking);
    expect(await entry('ranking', ranking)).toBeNull();
    await house.write(ranking, [validity()]);
    expect(await entry('ranking', ranking)).toEqual({
      rankingRef: ranking,
      code: ranking.slice(0, 8).toUpperCase(),
      body: 'p_demo',
      bodies: ['c_borgo'],
      profile: 'Istruttore amministrativo',
      validUntil: '2029-12-22',
      ranked: ['C-01', 'C-03', 'C-02', 'C-04'],
      drawn: 2,
      forFixedTerm: { ranked: ['C-01', 'C-03', 'C-02', 'C-04'], drawn: 2 },
    });
  });

  it('counts who was called, whether they accepted or not, and winners only while they are hired', async () => {
    await house.write(ranking, [...aRanking, validity()]);
    const use = caseId('use');
    await house.write(use, [
      started({ process: 'selection-ranking-use', variables: { needRef: need, rankingRef: ranking } }),
    ]);
    await house.write(use, [done('t_drawNext', { candidateRef: 'C-02', accepted: false })]);
    expect(await entry('ranking', ranking)).toMatchObject({
      ranked: ['C-01', 'C-02', 'C-03', 'C-04'],
      drawn: 3,
    });
    // Called by mistake: the task is open again, and calls another.
    const redrawn = { key: 't_drawNext', element: 't_drawNext', scope: null, reason: 'x', tokens: [] };
    await house.write(use, [{ type: 'UserTaskReopened', data: redrawn }]);
    expect(await entry('ranking', ranking)).toMatchObject({ drawn: 2 });
    await house.write(use, [done('t_drawNext', { candidateRef: 'C-02', accepted: false })]);
    expect(await entry('ranking', ranking)).toMatchObject({ drawn: 3 });
    await house.write(ranking, [done('t_checkNeeds', { needsState: 'LAPSED' })]);
    expect(await entry('ranking', ranking)).toMatchObject({
      ranked: ['C-02', 'C-01', 'C-03', 'C-04'],
      drawn: 1,
    });
    await house.write(caseId('h1'), aHire({ rankingRef: ranking, candidateRef: 'C-01', hireKind: 'WINNER' }));
    expect(await entry('ranking', ranking)).toMatchObject({
      ranked: ['C-01', 'C-02', 'C-03', 'C-04'],
      drawn: 2,
    });
  });

  it('keeps the place of whoever is called to a fixed term from a ranking for permanent posts', async () => {
    await house.write(ranking, [...aRanking, set({ contractType: 'PERMANENT' }), validity()]);
    const permanently = { ranked: ['C-01', 'C-03', 'C-02', 'C-04'], drawn: 2 };
    const use = caseId('use');
    const variables = { needRef: need, rankingRef: ranking, contractType: 'FIXED' };
    await house.write(use, [started({ process: 'selection-ranking-use', variables })]);
    await house.write(use, [done('t_drawNext', { candidateRef: 'C-02', accepted: true })]);
    const fixed = { rankingRef: ranking, candidateRef: 'C-02', hireKind: 'RANKING', contractType: 'FIXED' };
    await house.write(caseId('h1'), aHire(fixed));
    expect(await entry('ranking', ranking)).toMatchObject({
      ...permanently,
      forFixedTerm: { ranked: ['C-01', 'C-02', 'C-03', 'C-04'], drawn: 3 },
    });
    // Called again, to a permanent post.
    await house.write(caseId('h2'), aHire({ ...fixed, contractType: 'PERMANENT' }));
    expect(await entry('ranking', ranking)).toMatchObject({ drawn: 3, forFixedTerm: { drawn: 3 } });
    // A ranking that was made for a fixed term has one order.
    await house.write(ranking, [set({ contractType: 'FIXED' })]);
    const another = { ...fixed, candidateRef: 'C-04' };
    await house.write(caseId('h3'), aHire(another));
    expect(await entry('ranking', ranking)).toMatchObject({ drawn: 4, forFixedTerm: null });
  });

  it('counts who has withdrawn as called: whoever draws already passes nobody over', async () => {
    const withdrawn = (...refs: readonly string[]) =>
      set({ withdrawn: refs.map((candidateRef) => ({ candidateRef, receivedOn: '2026-09-10' })) });
    await house.write(ranking, [...aRanking, validity()]);
    const before = await entry('ranking', ranking);
    // A winner: C-03 has been called, and C-02 is still the third.
    await house.write(ranking, [withdrawn('C-01')]);
    expect(await entry('ranking', ranking)).toEqual(before);
    await house.write(ranking, [withdrawn('C-01', 'C-02')]);
    expect(await entry('ranking', ranking)).toMatchObject({
      ranked: ['C-01', 'C-02', 'C-03', 'C-04'],
      drawn: 3,
    });
    // Where the winners are not hired, who has withdrawn is called all the less.
    await house.write(ranking, [done('t_checkNeeds', { needsState: 'LAPSED' })]);
    expect(await entry('ranking', ranking)).toMatchObject({
      ranked: ['C-01', 'C-02', 'C-03', 'C-04'],
      drawn: 2,
    });
    // It was somebody else's: a supervisor has put it right.
    await house.write(ranking, [done('t_checkNeeds', { needsState: 'READY' }), set({ withdrawn: [] })]);
    expect(await entry('ranking', ranking)).toEqual(before);
  });

  it('has none that was revoked', async () => {
    await house.write(ranking, [...aRanking, validity(), set({ caseOutcome: 'revoked' }), endedInside]);
    expect(await entry('ranking', ranking)).toBeNull();
  });
});

it('gives the same entries when the views are made anew', async () => {
  await house.write(need, [...aNeed(), ended('end_readyInterpello')]);
  await house.write(list, [
    started({ process: 'selection-single-list' }),
    membership('m1', 'K-01', '2029-06-01'),
  ]);
  await house.write(caseId('h1'), aHire({ listRef: list }));
  const before = [await entry('needs', need), await entry('eligibility-list', list)];
  await house.rebuild();
  expect([await entry('needs', need), await entry('eligibility-list', list)]).toEqual(before);
});
