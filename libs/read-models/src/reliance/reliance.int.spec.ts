import { expect, it } from '@jest/globals';
import { caseId, started, taskCompleted, taskCreated } from '../../../../test/support/case-log.ts';
import { viewHouse } from '../../../../test/support/views.ts';
import { hasActed, hasPath, openViews, processesBegun } from '../index.ts';

// Rome's midnight of 31 December is 23:00 in UTC: the case began on the last day of the year.
const at = '2026-12-31T22:30:00.000Z';
const year = { from: '2026-01-01', to: '2026-12-31' };

const house = viewHouse(() => at);

it('names the processes that a body began in a period, by days of Rome', async () => {
  await house.write(caseId(1), [started({ process: 'disciplinary-ordinary' })]);
  await house.write(caseId(2), [started({ process: 'disciplinary-ordinary' })]);
  await house.write(caseId(3), [started({ process: 'training-course', comune: 'p_demo' })]);
  await house.caughtUp();
  const begun = (body: string, period: Parameters<typeof processesBegun>[2]) =>
    processesBegun(openViews(house.pool), body, period);
  expect(await begun('c_borgo', year)).toEqual(['disciplinary-ordinary']);
  expect(await begun('c_borgo', { from: '2026-12-31', to: null })).toEqual(['disciplinary-ordinary']);
  expect(await begun('c_borgo', { from: '2026-01-01', to: '2026-12-30' })).toEqual([]);
  expect(await begun('c_borgo', { from: '2027-01-01', to: null })).toEqual([]);
  expect(await begun('c_valle', year)).toEqual([]);
});

it('knows who completed a task in a role, and on whose behalf', async () => {
  const ugo = { account: 'ugo', role: 'UPD', body: 'p_demo' };
  await house.write(caseId(1), [started(), taskCreated('t#1'), taskCreated('t#2')]);
  await house.write(caseId(1), [taskCompleted('t#1')], { actor: { ...ugo, onBehalfOf: 'ida' } });
  await house.caughtUp();
  const acted = (account: string, role: string, period = year) =>
    hasActed(openViews(house.pool), account, role, period);
  expect([await acted('ugo', 'UPD'), await acted('ida', 'UPD')]).toEqual([true, true]);
  expect([await acted('ugo', 'COMMISSION'), await acted('mara', 'UPD')]).toEqual([false, false]);
  expect(await acted('ugo', 'UPD', { from: '2027-01-01', to: '2027-12-31' })).toBe(false);
});

it('knows whose training path there is', async () => {
  await house.write(caseId(1), [
    started({ process: 'training-path', variables: { employeeRef: 'B-0101', year: 2026 } }),
  ]);
  await house.caughtUp();
  const path = (body: string, ref: string) => hasPath(openViews(house.pool), body, ref);
  expect([await path('c_borgo', 'B-0101'), await path('c_valle', 'B-0101')]).toEqual([true, false]);
  expect(await path('c_borgo', 'B-0102')).toBe(false);
});
