import { describe, expect, it } from '@jest/globals';
import type { Grant, Principal, Role } from '@iter/access';
import type { CaseEvent } from '@iter/engine';
import { caseId, started } from '../../../test/support/case-log.ts';
import { viewHouse } from '../../../test/support/views.ts';
import { openViews, proceedingChoices } from './index.ts';

const house = viewHouse(() => '2026-09-10T08:00:00.000Z');
const bodies: Readonly<Record<string, string>> = { c_borgo: 'Comune di Borgo', c_valle: 'Comune di Valle' };
const as = (role: Role, body: string): Principal => {
  const grants: Grant[] = [{ role, body }];
  const account = `${role}@${body}`;
  return { account, displayName: account, grants, serves: { p_demo: ['c_borgo', 'c_valle'] } };
};
const offered = async (
  principal: Principal,
  more: object = {},
  state: 'completed' | 'active' = 'completed',
) => {
  await house.caughtUp();
  const lists: Parameters<typeof proceedingChoices>[0] = {
    views: openViews(house.pool),
    names: {
      ...{ process: () => 'Procedimento', processes: () => [], element: () => null },
      body: (ipa) => bodies[ipa] ?? null,
      bodiesNamed: (text) => Object.keys(bodies).filter((ipa) => bodies[ipa]!.toLowerCase().includes(text)),
    },
    bodies: {
      standing: (comune) => ({ serviceModel: comune === 'c_valle' ? 'SUPPORT' : 'FULL_UPD' }),
      incompatible: () => [],
      headship: () => ({ heads: [], own: [] }),
    },
  };
  return proceedingChoices(lists, state)({ principal, ...more });
};
const ids = async (principal: Principal, more?: object) =>
  (await offered(principal, more)).map(({ value }) => value);

const ended: CaseEvent = { type: 'CaseCompleted', data: { endElement: 'end_closed' } };
const begun = (comune: string, process = 'disciplinary-ordinary') => started({ process, comune });

describe('procedures that may be reopened', () => {
  const [borgo, valle, open, request] = ['borgo', 'valle', 'open', 'request'].map(caseId) as [
    string,
    string,
    string,
    string,
  ];

  it('are those that are over, in words that do not say how, to whoever sees them', async () => {
    await house.write(borgo, [begun('c_borgo'), ended]);
    await house.write(valle, [begun('c_valle'), ended]);
    await house.write(open, [begun('c_borgo')]);
    await house.write(request, [begun('c_borgo', 'desk-request'), ended]);
    const desk = await offered(as('DESK_OPERATOR', 'p_demo'));
    expect(new Set(desk.map(({ value }) => value))).toEqual(new Set([borgo, valle]));
    const found = desk.find(({ value }) => value === borgo)!;
    expect(found.label.it).toMatch(/^\S+ · Procedimento · Comune di Borgo · concluso il 10\/09\/2026$/);
    expect(found.entry).toMatchObject({ comune: 'c_borgo', process: 'disciplinary-ordinary' });
    expect(JSON.stringify(found)).not.toContain('end_closed');
    expect(await ids(as('UPD', 'c_valle'))).toEqual([valle]);
    expect(await ids(as('COMMISSION', 'p_demo'))).toEqual([]);
  });

  it('are found by words; one that is named is known while it is open, to whoever sees it', async () => {
    await house.write(borgo, [begun('c_borgo'), ended]);
    await house.write(open, [begun('c_borgo')]);
    const desk = as('DESK_OPERATOR', 'p_demo');
    expect(await ids(desk, { text: 'borgo' })).toEqual([borgo]);
    expect(await ids(desk, { text: 'valle' })).toEqual([]);
    expect(await ids(desk, { called: [open] })).toEqual([open]);
    const [named] = await offered(desk, { called: [borgo] });
    expect(await ids(desk, { called: [named!.names[1]!.toLowerCase()] })).toEqual([borgo]);
    expect(await ids(as('UPD', 'c_valle'), { called: [open, borgo] })).toEqual([]);
  });

  it('and those that another report may join are those under way', async () => {
    await house.write(borgo, [begun('c_borgo'), ended]);
    await house.write(open, [begun('c_borgo')]);
    const [found, ...more] = await offered(as('UPD', 'p_demo'), {}, 'active');
    expect(more).toEqual([]);
    expect(found).toMatchObject({ value: open, entry: { case: open, state: 'active' } });
    expect(await offered(as('UPD', 'c_valle'), {}, 'active')).toEqual([]);
  });
});
