import { describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import {
  certificateChain,
  comuneDashboard,
  doublePresences,
  everything,
  hoursLedger,
  levelIndicators,
  openViews,
  ownEditions,
  trainerDaySheet,
  trainingCatalogue,
  trainingRegisters,
} from '@iter/read-models';
import type { Viewer } from '@iter/read-models';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';
import { caseId } from './support/case-log.ts';
import { viewHouse } from './support/views.ts';

// What the processes of training write is what the views of training read: real cases, played from their scenarios.

const processes = join(import.meta.dirname, '..', 'processes');
const terms = loadCatalogue(processes);
const at = '2026-11-30T09:00:00.000Z';

const house = viewHouse(() => at);

/**
 * Plays a scenario of training up to a step, and takes what its cases wrote into the house.log of the views.
 * @param account by which the first who is enrolled signs in; empty: by the reference
 */
async function play(
  name: string,
  { upTo = Infinity, as = '', account = '' } = {},
): Promise<Map<string, string>> {
  const file = join(processes, `training-${name}.scenario.yaml`);
  const text = readFileSync(file, 'utf8');
  const scenario = readScenario(
    file,
    account === '' ? text : text.replace('account: null', `account: ${account}`),
  );
  const world = new World(scenario.clock, terms, { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  await player.play({ ...scenario, steps: scenario.steps.slice(0, upTo) });
  expect(player.failures).toEqual([]);
  const ids = new Map<string, string>();
  for (const { name: called, events } of world.cases) {
    const id = caseId(as + name + called);
    ids.set(called, id);
    for (const event of events) await house.write(id, [event], { actor: event.actor });
  }
  await house.caughtUp();
  return ids;
}

const views = () => openViews(house.pool);
const of = (...comuni: string[]): Viewer => ({ ...everything, comuni });

describe('the hours ledger of a person', () => {
  it('has every hour with its source and certificate, in the year of the session', async () => {
    const ids = await play('course/scenarios/ad-hoc-in-two-years');
    expect(await hoursLedger(views(), everything, { employeeRef: 'A', year: 2027 })).toEqual({
      employeeRef: 'A',
      year: 2027,
      creditedHours: 2,
      paths: [
        {
          caseId: ids.get('training-path#2'),
          comune: 'c_mondo',
          state: 'open',
          expectedHours: 40,
          creditedHours: 2,
          pendingHours: 0,
          plannedHours: 0,
        },
      ],
      entries: [
        {
          source: 'COURSE',
          ref: 'FOR-2026-009/1',
          hours: 2,
          subject: 'ETHICS',
          courseRef: 'FOR-2026-009',
          on: '2027-01-20',
          comuni: ['c_mondo'],
        },
      ],
    });
    expect(await hoursLedger(views(), of('c_other'), { employeeRef: 'A', year: 2027 })).toBeNull();
    expect(
      await hoursLedger(views(), { ...of('c_mondo'), involvedOnly: true }, { employeeRef: 'A', year: 2027 }),
    ).toBeNull();
    expect(await hoursLedger(views(), of('c_mondo'), { employeeRef: 'A', year: 2027 })).not.toBeNull();
  });

  it('is of the employer whose reference it is, as another may have the same', async () => {
    await play('course/scenarios/ad-hoc-in-two-years');
    const asked = (employer?: string) =>
      hoursLedger(views(), everything, { employeeRef: 'A', employer, year: 2027 });
    expect(await asked('c_mondo')).toMatchObject({ paths: [{ comune: 'c_mondo' }], creditedHours: 2 });
    expect(await asked('c_other')).toBeNull();
  });

  it('is found by the account that the employer named beside its reference, at that employer only', async () => {
    await play('course/scenarios/ad-hoc-in-two-years', { account: 'anna' });
    const own = { employeeRef: 'anna', year: 2027 };
    expect(await hoursLedger(views(), everything, own)).toMatchObject({
      employeeRef: 'anna',
      creditedHours: 2,
    });
    await house.pool.query("update views.training_paths set comune = 'c_other'");
    expect(await hoursLedger(views(), everything, own)).toBeNull();
  });
});

it('finds paths by person and year at the body that asks, with the certificates that count', async () => {
  await play('course/scenarios/ad-hoc-in-two-years');
  const { 'training-path': path } = trainingRegisters(views());
  const about = { comune: 'c_mondo', process: 'training-syllabus', on: '2027-02-01' };
  const found = { employeeRef: 'A', year: 2027, state: 'open', credited: ['FOR-2026-009/1'] };
  expect(await path(['A/2027', 'A/2025', 'Z/2027', 7], about)).toEqual([found, null, null, null]);
  expect(await path('A/2027', about)).toEqual(found);
  expect(await path('A/2027', { ...about, comune: 'c_other' })).toBeNull();
  // Who left and came back has two of a year, one of which has ended.
  for (const id of ['00000000-0000-5000-8000-000000000000', 'ffffffff-ffff-5fff-bfff-ffffffffffff']) {
    const former = await views()
      .selectFrom('training_paths')
      .selectAll()
      .where('employee_ref', '=', 'A')
      .where('year', '=', 2027)
      .executeTakeFirstOrThrow();
    const credits = JSON.stringify([]) as never;
    const left = { ...former, id, state: 'left' as const, credits };
    await views().insertInto('training_paths').values(left).execute();
    expect(await path('A/2027', about)).toEqual(found);
    await views().deleteFrom('training_paths').where('id', '=', id).execute();
  }
});

describe('the dashboard of a Comune', () => {
  it('T-10: thirty-one certified, six declared, four planned: at risk until the declared ones are accepted', async () => {
    await play('path/scenarios/t-10-forecast', { upTo: 6 });
    const asked = { comune: 'c_mondo', year: 2026 };
    expect(await comuneDashboard(views(), everything, asked)).toMatchObject({
      staff: 1,
      averageHours: 31,
      reached: 0,
      reachedPct: 0,
      forecast: {
        averageHours: 41,
        reached: 1,
        byStatus: { REACHED: 0, ON_TRACK: 0, AT_RISK: 1, BELOW: 0 },
      },
    });
    expect(await comuneDashboard(views(), of('c_other'), asked)).toBeNull();
  });

  it('counts who reached the hours and the subjects covered, and not who has left', async () => {
    await play('path/scenarios/t-10-forecast');
    await play('path/scenarios/left');
    const dashboard = await comuneDashboard(views(), everything, { comune: 'c_mondo', year: 2026 });
    expect(dashboard).toMatchObject({ staff: 1, averageHours: 41, reached: 1, reachedPct: 100 });
    expect(dashboard?.subjects.filter(({ persons }) => persons > 0)).toEqual([
      { subject: 'ETHICS', persons: 1, hours: 35 },
      { subject: 'NONE', persons: 1, hours: 6 },
    ]);
    const { 'training-year': yearOf } = trainingRegisters(views());
    expect(await yearOf('c_mondo/2026')).toEqual({
      ...{ comune: 'c_mondo', year: 2026, staff: 1, averageHours: 41, reached: 1, reachedPct: 100 },
      ...{ subjectsCovered: 1, subjectsDue: 7 },
    });
    expect(await Promise.all(['c_mondo/2025', 'c_mondo', null].map((key) => yearOf(key)))).toEqual([
      ...[null, null, null],
    ]);
    expect(dashboard?.subjects.find(({ subject }) => subject === 'HEALTH_SAFETY')).toEqual({
      subject: 'HEALTH_SAFETY',
      persons: 0,
      hours: 0,
    });
  });
});

describe('the catalogue', () => {
  it('has the editions open to enrolment with their free seats, and no persons', async () => {
    await play('course/scenarios/waiting-list-in-order', { upTo: 9 });
    const catalogue = await trainingCatalogue(views());
    expect(catalogue).toMatchObject([
      { courseRef: 'FOR-2026-001', maxSeats: 3, freeSeats: 0, waiting: 2, firstSessionOn: '2026-11-04' },
    ]);
    expect(JSON.stringify(catalogue)).not.toMatch(/employeeRef|c_a123/);
  });

  it('lets go what is convened, merged or cancelled', async () => {
    const { edition } = trainingRegisters(views());
    // Enrolment has closed, and nobody is convened yet.
    await play('course/scenarios/waiting-list-admitted', { upTo: 5, as: 'closed' });
    expect(await edition('c_mondo/FOR-2026-001')).toMatchObject({
      ...{ state: 'enrolling', takesEnrolments: false },
    });
    await play('course/scenarios/cancelled');
    await play('course/scenarios/waiting-list-admitted');
    await play('course/scenarios/edition-withdrawn');
    expect(await trainingCatalogue(views())).toEqual([]);
    await play('course/scenarios/merged');
    expect(await trainingCatalogue(views())).toMatchObject([{ courseRef: 'FOR-2026-002', freeSeats: 18 }]);
    expect(await edition('c_mondo/FOR-2026-002')).toMatchObject({
      ...{ state: 'enrolling', takesEnrolments: true, freeSeats: 18 },
    });
    expect(await edition('c_other/FOR-2026-002')).toBeNull();
    expect(await edition('c_mondo/FOR-0')).toBeNull();
    expect(await edition('FOR-2026-002')).toBeNull();
  });
});

describe('the day sheet of a trainer', () => {
  it('names no account of a participant', async () => {
    await play('course/scenarios/t-04-threshold', { upTo: 7, account: 'anna' });
    const [first] = await trainerDaySheet(views(), { account: 'docente', day: '2026-11-04' });
    expect(first?.participants[0]).toEqual({ employeeRef: 'A', employer: 'c_a123' });
  });

  it('has the sessions of the day and who is expected, also on the new date of one that was moved', async () => {
    await play('course/scenarios/session-not-held', { upTo: 11 });
    const sheet = (day: string, account = 'docente') => trainerDaySheet(views(), { account, day });
    expect(await sheet('2026-11-20')).toMatchObject([
      { sessionRef: 'L1', participants: [{ employeeRef: 'A', employer: 'c_a123' }], isFiled: false },
    ]);
    expect(await sheet('2026-11-04')).toEqual([]);
    expect(await sheet('2026-11-20', 'another')).toEqual([]);
  });

  it('says which registers are filed', async () => {
    await play('course/scenarios/t-04-threshold', { upTo: 7 });
    const [first] = await trainerDaySheet(views(), { account: 'docente', day: '2026-11-04' });
    const [second] = await trainerDaySheet(views(), { account: 'docente', day: '2026-11-11' });
    expect([first?.isFiled, second?.isFiled]).toEqual([true, false]);
  });
});

describe('one’s own editions', () => {
  const course = 'course/scenarios/t-04-threshold';
  const outcomeOf = async (account: string) => {
    const [edition] = await ownEditions(views(), account);
    return [edition?.state, edition?.outcome, edition?.certificateNo];
  };

  it('say what came of them once they are closed', async () => {
    await play(course);
    expect(await outcomeOf('A')).toEqual(['closed', 'CERTIFICATE', 'FOR-2026-001/1']);
    expect(await outcomeOf('B')).toEqual(['closed', 'ATTENDANCE_ONLY', null]);
    expect(await outcomeOf('docente')).toEqual(['closed', null, null]);
  });

  it('are those as well to which an employer enrolled the account by a reference of its own', async () => {
    await play(course, { account: 'anna' });
    expect(await outcomeOf('anna')).toEqual(['closed', 'CERTIFICATE', 'FOR-2026-001/1']);
    expect(await ownEditions(views(), 'nobody')).toEqual([]);
  });

  it('say nothing of an outcome that is reckoned and that the desk has still to check', async () => {
    await play(course, { upTo: 14 });
    const { rows } = await house.pool.query<{ outcomes: unknown[] }>(
      'select outcomes from views.training_editions',
    );
    expect(rows[0]?.outcomes).toHaveLength(2);
    expect(await outcomeOf('A')).toEqual(['convened', null, null]);
  });
});

describe('the chain behind a certificate', () => {
  it('leads to the minutes of each session, their source, who filed them and where it stands', async () => {
    const ids = await play('course/scenarios/t-04-threshold');
    const chain = await certificateChain(views(), everything, 'FOR-2026-001/1');
    expect(chain).toMatchObject({
      caseId: ids.get('training-course#1'),
      comune: expect.any(String),
      employeeRef: 'A',
      hours: 9,
      minutes: 540,
      pct: 75,
      thresholdPct: 75,
      testPassed: null,
      issuedOn: '2026-11-24',
      sessions: [
        {
          sessionRef: 'L1',
          minutes: 270,
          source: 'firma su carta',
          filedOn: '2026-11-04',
          filedBy: 'docente',
        },
        {
          sessionRef: 'L2',
          minutes: 270,
          source: 'firma su carta',
          filedOn: '2026-11-11',
          filedBy: 'docente',
        },
      ],
    });
    const revision = chain!.sessions[0]!.revision;
    const [event] = await house.log.readStream(`case-${chain!.caseId}`, { from: revision, limit: 1 });
    expect(event).toMatchObject({ type: 'UserTaskCompleted', data: { element: 't_recordAttendance' } });
    expect(await certificateChain(views(), everything, 'FOR-2026-001/2')).toBeNull();
    expect(await certificateChain(views(), of('c_other'), 'FOR-2026-001/1')).toBeNull();
  });

  it('finds a person in two rooms at the same time, and not in two self-paced courses', async () => {
    const [first] = [...(await play('course/scenarios/t-04-threshold', { as: '1' })).values()];
    const of = (body: string, year = 2026) => doublePresences(views(), { body, year });
    expect(await of('c_mondo')).toEqual([]);
    const [second] = [...(await play('course/scenarios/level-1-aggregates', { as: '2' })).values()];
    const found = await of('c_mondo');
    // “B” of another employer is another person.
    expect(found.map(({ employeeRef }) => employeeRef)).toEqual(['A']);
    expect(found[0]).toMatchObject({ first: { title: 'Contratti pubblici' } });
    expect([found[0]!.first.caseId, found[0]!.second.caseId].sort()).toEqual([first, second].sort());
    expect([...(await of('c_other')), ...(await of('c_mondo', 2025))]).toEqual([]);
  });
});

describe('the indicators of the four levels', () => {
  it('hide what is about fewer than five', async () => {
    await play('course/scenarios/t-12-test-not-taken');
    expect(await levelIndicators(views())).toEqual([
      {
        courseRef: 'FOR-2026-001',
        title: 'Contratti pubblici',
        level1: { invited: 4, answers: null, isShown: false, means: [] },
        level2: { passed: null, failed: null },
        level3: null,
        level4: null,
      },
    ]);
  });

  it('join the edition with what its employers evaluated', async () => {
    await play('course/scenarios/t-04-threshold');
    await play('evaluation/scenarios/t-06-in-time');
    expect(await levelIndicators(views(), { courseRef: 'FOR-2026-001' })).toMatchObject([
      {
        level2: null,
        level3: { employers: 1, average: 4 },
        level4: { employers: 1, improved: 2, measured: 3 },
      },
    ]);
    expect(await levelIndicators(views(), { courseRef: 'FOR-0' })).toEqual([]);
    expect(await levelIndicators(views(), { caseId: 'none' })).toEqual([]);
  });
});

it('gives the same rows when the views are made anew', async () => {
  await play('course/scenarios/ad-hoc-in-two-years');
  await play('evaluation/scenarios/t-06-in-time');
  const dump = async () => {
    const tables = ['paths', 'editions', 'presences', 'evaluations'].map((it) => `views.training_${it}`);
    return Promise.all(
      tables.map(async (it) => (await house.pool.query(`select * from ${it} order by id`)).rows),
    );
  };
  const before = await dump();
  expect(before.map(({ length }) => length)).toEqual([4, 1, 4, 2]);
  await house.rebuild();
  expect(await dump()).toEqual(before);
});
