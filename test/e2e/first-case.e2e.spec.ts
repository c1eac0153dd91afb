import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast, List } from '../support/disciplinary.ts';
import { usualStore } from '../support/logs.ts';
import { System, eventually } from '../support/system.ts';

interface Escalation {
  readonly id: string;
  readonly caseId: string;
  readonly deadline: string | null;
  readonly to: readonly string[];
  readonly state: string;
  readonly owner: string | null;
}
interface Incident {
  readonly caseId: string;
  readonly code: string;
}
interface Case {
  readonly state: string;
}

// The days are fixed, so that holidays fall where the test wants them: Easter of 2032 is 28 March.
const reported = '2032-02-27';

// The log of the second is in EventStoreDB: between them, every machinery that can be chosen has run.
describe.each([
  ['PostgreSQL', usualStore],
  ['Redis', 'eventstoredb'],
] as const)('the first real case, with its bells on %s and its log in %s', (queue, log) => {
  let database: TestDatabase;
  let system: System;
  let cast: Cast;
  let late: DisciplinaryCase;

  const moveClock = (to: string) => cast.gestore.post('/operations/clock', { to });
  const escalationsOf = async (file: DisciplinaryCase): Promise<Escalation[]> =>
    (await cast.responsabile.get<List<Escalation>>('/escalations?limit=100')).items.filter(
      ({ caseId }) => caseId === file.id,
    );

  beforeAll(async () => {
    database = await createTestDatabase();
    const redisUrl = process.env['ITER_TEST_REDIS_URL'];
    system = await System.start({
      databaseUrl: database.url,
      log,
      ...(queue === 'Redis' && redisUrl ? { redisUrl } : {}),
    });
    cast = await signInAll(system);
    await moveClock(`${reported}T09:00:00+01:00`);
  });
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  it('counts the thirty days from the registered report, over Easter', async () => {
    late = await DisciplinaryCase.report(cast, reported, `PD-2032-${queue}`);
    await late.task(cast.upd, 't_classify');
    expect(await late.deadline(cast.operatore, 'DL_CONTESTATION')).toMatchObject({
      state: 'open',
      nominalDate: '2032-03-28',
      legalDueDate: '2032-03-30',
      safeActionDate: '2032-03-26',
    });
    expect(await late.deadline(cast.operatore, 'DL_REPORT')).toMatchObject({ state: 'met' });
  });

  it('warns, and escalates to the supervisor, who takes it over', async () => {
    await moveClock('2032-03-19T08:00:00+01:00');
    const escalation = await eventually('the alarm five days before', async () =>
      (await escalationsOf(late)).find(({ to }) => to.includes('DESK_SUPERVISOR')),
    );
    expect(escalation).toMatchObject({ deadline: 'DL_CONTESTATION', state: 'raised' });
    await cast.responsabile.post(`/escalations/${escalation.id}/acknowledge`, { note: 'Visto.' });
    await cast.responsabile.post(`/escalations/${escalation.id}/take-over`, { note: 'Me ne occupo.' });
    expect(await escalationsOf(late)).toContainEqual(
      expect.objectContaining({ id: escalation.id, state: 'taken-over', owner: 'responsabile' }),
    );
  });

  it('lets the term run until 24:00 of its last day, and then asks people what to do', async () => {
    await moveClock('2032-03-30T23:59:00+02:00');
    await eventually('the escalation of the last day', async () => (await escalationsOf(late)).length >= 3);
    expect(await late.deadline(cast.operatore, 'DL_CONTESTATION')).toMatchObject({ state: 'open' });

    await moveClock('2032-03-31T00:00:00+02:00');
    await eventually('the incident', async () => {
      const { items } = await cast.operatore.get<List<Incident>>('/incidents?limit=100');
      return items.some(({ caseId, code }) => caseId === late.id && code === 'decadence-risk');
    });
    await late.task(cast.upd, 't_assessDecadence');
    expect(await late.deadline(cast.operatore, 'DL_CONTESTATION')).toMatchObject({ state: 'missed' });
    expect(await cast.operatore.get<Case>(`/cases/${late.id}`)).toMatchObject({ state: 'active' });
  });

  it('goes from the report to the sanction when everybody acts in time', async () => {
    const today = '2032-03-31';
    await moveClock(`${today}T09:00:00+02:00`);
    const file = await DisciplinaryCase.report(cast, today, `PD-2032-${queue}-2`);
    await file.charge(today, '2032-04-26T10:00:00+02:00');
    expect(await file.deadline(cast.operatore, 'DL_HEARING_NOTICE')).toMatchObject({ state: 'met' });
    await moveClock('2032-04-26T10:00:00+02:00');
    await file.decide('2032-04-26', '2032-04-26T10:30:00+02:00');
    await eventually('the end of the case', async () => {
      const { state } = await cast.operatore.get<Case>(`/cases/${file.id}`);
      return state === 'completed';
    });
    expect(await file.deadline(cast.operatore, 'DL_CONCLUSION')).toMatchObject({
      state: 'met',
      legalDueDate: '2032-07-29',
    });
  });
});
