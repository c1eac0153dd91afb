import { describe, expect, it } from '@jest/globals';
import type { Grant, Principal, Role } from '@iter/access';
import type { CaseEvent, EventOf } from '@iter/engine';
import { caseId, deadlineOpened, plan, started } from '../../../test/support/case-log.ts';
import { viewHouse } from '../../../test/support/views.ts';
import { openViews, selectionChoices } from './index.ts';

const at = '2026-09-10T08:00:00.000Z';

const house = viewHouse(() => at);

const bodies: Readonly<Record<string, string>> = {
  c_borgo: 'Comune di Borgo',
  c_valle: 'Comune di Valle',
  p_demo: 'Provincia di Prova',
};
const choices = () =>
  selectionChoices({
    views: openViews(house.pool),
    names: {
      ...{ process: () => null, processes: () => [], element: () => null },
      body: (ipa) => bodies[ipa] ?? null,
      bodiesNamed: (text) => Object.keys(bodies).filter((ipa) => bodies[ipa]!.toLowerCase().includes(text)),
    },
    bodies: {
      standing: () => ({ serviceModel: 'FULL_UPD' }),
      incompatible: () => [],
      headship: () => ({ heads: [], own: [] }),
    },
  });
const as = (role: Role, body: string, account = `${role}@${body}`): Principal => {
  const grants: Grant[] = [{ role, body }];
  return { account, displayName: account, grants, serves: { p_demo: ['c_borgo', 'c_valle'] } };
};
type Register = 'needs' | 'eligibility-list' | 'ranking';
const offered = async (register: Register, principal: Principal, more: object = {}) => {
  await house.caughtUp();
  return (await choices()[register]({ principal, ...more })).map(({ value }) => value);
};

const set = (variables: object): CaseEvent => ({
  type: 'VariablesSet',
  data: { scope: null, variables: variables as EventOf<'VariablesSet'>['data']['variables'] },
});
const ended = (endElement: string): CaseEvent => ({ type: 'CaseCompleted', data: { endElement } });
const aNeed = (comune: string, more: object = {}): CaseEvent[] => [
  started({ process: 'selection-needs-and-mobility', comune }),
  set({ profile: 'Istruttore tecnico', area: 'ISTRUTTORI', contractType: 'PERMANENT', posts: 2, ...more }),
];

describe('needs', () => {
  const [borgo, valle] = [caseId('borgo'), caseId('valle')];

  it('are offered in words to whoever sees their cases, and to nobody else', async () => {
    await house.write(borgo, [...aNeed('c_borgo'), ended('end_readyInterpello')]);
    await house.write(valle, [...aNeed('c_valle', { posts: 1 }), ended('end_readyCompetition')]);
    await house.caughtUp();
    const desk = await choices().needs({ principal: as('DESK_OPERATOR', 'p_demo') });
    expect(desk.map(({ value, label }) => [value, label.it.replace(/ · [^·]+$/, ''), label.en])).toEqual(
      expect.arrayContaining([
        [borgo, 'Istruttore tecnico · Comune di Borgo · 2026 · 2 posti', expect.stringContaining('2 posts')],
        [valle, 'Istruttore tecnico · Comune di Valle · 2026 · 1 posto', expect.stringContaining('1 post')],
      ]),
    );
    expect(desk.find(({ value }) => value === borgo)?.entry).toMatchObject({
      ...{ comune: 'c_borgo', state: 'READY_INTERPELLO', postsLeft: 2, uses: [] },
    });
    expect(await offered('needs', as('SEGRETARIO', 'c_borgo'))).toEqual([borgo]);
    // A staff office sees of its colleagues’ cases what its body shares: here, nothing.
    expect(await offered('needs', as('COMUNE_HR', 'c_borgo'))).toEqual([]);
    expect(await offered('needs', as('COMMISSION', 'p_demo'))).toEqual([]);
    expect(await offered('needs', as('SEGRETARIO', 'c_borgo'), { called: [valle, borgo] })).toEqual([borgo]);
  });

  it('are found by words of profile, Comune and code; what is over is offered no more, but known', async () => {
    await house.write(borgo, [...aNeed('c_borgo'), ended('end_readyInterpello')]);
    await house.write(valle, [...aNeed('c_valle', { profile: 'Agente 100%' }), ended('end_withdrawn')]);
    const desk = as('DESK_OPERATOR', 'p_demo');
    expect(await offered('needs', desk)).toEqual([borgo]);
    expect(await offered('needs', desk, { text: 'TECNICO borgo 2026' })).toEqual([borgo]);
    expect(await offered('needs', desk, { text: 'tecnico valle' })).toEqual([]);
    expect(await offered('needs', desk, { text: '%' })).toEqual([]);
    expect(await offered('needs', desk, { called: [valle.slice(0, 8)] })).toEqual([valle]);
  });
});

describe('lists and rankings', () => {
  const [list, ranking] = [caseId('list'), caseId('ranking')];
  const aList = [
    started({ process: 'selection-single-list', comune: 'p_demo' }),
    set({
      profiles: [{ profile: 'Istruttore tecnico' }],
      bodies: [{ ipa: 'c_borgo', name: 'Comune di Borgo' }],
      listMembers: [{ candidateRef: 'K-01' }],
    }),
  ];

  it('are offered to the offices of the bodies that joined, without who is on them', async () => {
    await house.write(list, aList);
    // Before its first edition nobody is on it: it is known to who names it.
    const desk = as('DESK_OPERATOR', 'p_demo');
    expect(await offered('eligibility-list', desk)).toEqual([]);
    expect(await offered('eligibility-list', desk, { called: [list] })).toEqual([list]);
    const membership = { id: 'DL_LIST_MEMBERSHIP', instance: 'K-01' } as const;
    await house.write(list, [deadlineOpened('m1', '2029-06-01', membership)]);
    await house.caughtUp();
    const found = await choices()['eligibility-list']({ principal: as('COMUNE_HR', 'c_borgo') });
    expect(found).toMatchObject([
      { value: list, entry: { listRef: list, bodies: ['c_borgo'], profiles: ['Istruttore tecnico'] } },
    ]);
    expect(JSON.stringify(found)).not.toContain('K-01');
    expect(found[0]!.label.it).toContain('Istruttore tecnico · Provincia di Prova · 2026');
    expect(await offered('eligibility-list', as('DESK_OPERATOR', 'p_demo'))).toEqual([list]);
    for (const other of [as('COMUNE_HR', 'c_valle'), as('STRUCTURE_HEAD', 'c_borgo')]) {
      expect(await offered('eligibility-list', other)).toEqual([]);
      expect(await offered('eligibility-list', other, { called: [list] })).toEqual([]);
    }
    await house.write(list, [ended('end_listClosed')]);
    expect(await offered('eligibility-list', as('COMUNE_HR', 'c_borgo'))).toEqual([]);
  });

  it('of a ranking its profile and until when it holds', async () => {
    const opened = deadlineOpened('d1');
    const dates = { base: '2026-06-01', nominalDate: '2029-06-01', legalDueDate: '2029-06-01' };
    await house.write(ranking, [
      started({ process: 'selection-competition', comune: 'p_demo' }),
      set({
        ...{ bodies: ['c_borgo'], profile: 'Istruttore tecnico' },
        rankingFinal: [{ candidateRef: 'K-01', position: 1, outcome: 'WINNER' }],
      }),
      {
        ...opened,
        data: {
          ...{ ...opened.data, id: 'DL_RANKING_VALIDITY', nature: 'VALIDITY' },
          plan: { ...plan('2029-06-01'), ...dates },
        },
      } as CaseEvent,
    ]);
    await house.caughtUp();
    const found = await choices().ranking({ principal: as('COMUNE_HR', 'c_borgo') });
    expect(found).toMatchObject([
      {
        value: ranking,
        entry: { bodies: ['c_borgo'], validUntil: '2029-06-01', profile: 'Istruttore tecnico' },
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('K-01');
    expect(await offered('ranking', as('COMUNE_HR', 'c_valle'))).toEqual([]);
  });
});
