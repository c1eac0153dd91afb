import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseEvent } from '@iter/engine';
import { createPool } from '@iter/platform/postgres';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { caseRegister, openViews, selectionRegisters } from '@iter/read-models';
import type { Pool } from 'pg';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';
import { anyLog } from './support/any-log.ts';
import { caseWriter } from './support/case-log.ts';
import { createTestDatabase } from './support/database.ts';
import type { TestDatabase } from './support/database.ts';
import { followViews } from './support/views.ts';
import type { FollowedViews } from './support/views.ts';

// The processes of selections as they are drawn, and the registers that they read as the views make them from what
// happened: what one side calls a thing, the other must find.

const processes = join(import.meta.dirname, '..', 'processes');
const others = ['selection-needs-and-mobility', 'selection-single-list', 'selection-hiring'];

let database: TestDatabase;
let pool: Pool;
let followed: FollowedViews;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
});
afterAll(async () => {
  await followed.stop();
  await pool.end();
  await database.drop();
});

it('a need becomes ready, is covered by the interpello, and comes back when nobody is hired', async () => {
  const s12 = readScenario('s-12', text('selection-single-list/scenarios/s-12-membership.scenario.yaml'));
  const registers: Record<string, Record<string, never>> = {
    ...{ needs: {}, 'eligibility-list': {} },
    body: s12.registers!['body'] as Record<string, never>,
  };
  const world = new World('2026-03-02T08:00:00Z', loadCatalogue(processes), { registers });
  const first = join(processes, 'selection-interpello/selection-interpello.bpmn');
  const problems = await world.deploy(withCalled([first], others));
  expect(problems).toEqual([]);

  const log = await anyLog();
  const write = caseWriter(log, () => world.now);
  followed = await followViews({ log, pool, url: database.url, now: () => world.now });
  const read = selectionRegisters(openViews(pool));
  const seen = new Map<string, number>();

  /** Brings what happened to the views, and what they say then to the registers of the world. */
  const settle = async (): Promise<void> => {
    for (const { id, events } of world.cases) {
      const fresh = events.slice(seen.get(id) ?? 0);
      if (fresh.length > 0) await write(id, fresh as readonly CaseEvent[]);
      seen.set(id, events.length);
    }
    await followed.caughtUp();
    const about = { comune: 'c_mondo', process: 'x', on: world.now.slice(0, 10) };
    for (const { id } of world.cases) {
      for (const register of ['needs', 'eligibility-list'] as const)
        registers[register]![id] = (await read[register](id, about)) as never;
    }
  };
  /** @returns what was refused or did not come out as expected */
  const play = async (steps: string): Promise<readonly string[]> => {
    const player = new Player(world);
    const { steps: read } = readScenario('steps', `process: x\nstart: {}\nsteps:\n${steps}`);
    await player.play({ ...readScenario('x', `process: x\nsteps: []`), start: null, steps: read });
    await settle();
    return player.failures;
  };
  const need = (): { state: string; postsLeft: number } =>
    registers['needs']![idOf('selection-needs-and-mobility#1')]!;
  const idOf = (name: string): string => world.case(name)!.id;

  // The list, by its own scenario, as far as its publication.
  const { steps } = s12;
  const published = steps.findIndex(({ complete }) => complete === 't_publishList');
  const list = new Player(world);
  await list.play({ ...s12, steps: steps.slice(0, published + 1) });
  expect(list.failures).toEqual([]);
  await settle();
  const listRef = idOf('selection-single-list#1');
  expect(registers['eligibility-list']![listRef]).toMatchObject({
    bodies: ['c_mondo', 'c_altro'],
    members: [
      { candidateRef: 'K-01', since: '2026-06-01', until: '2029-06-01' },
      { candidateRef: 'K-02', since: '2026-06-01', until: '2029-06-01' },
    ],
  });

  // A need that waits for its channel is not ready (S-18), then it is.
  const start = (process: string, variables: string): string =>
    `  - start: { process: ${process}, variables: { ${variables} } }\n    as: COMUNE_HR\n`;
  expect(
    await play(
      start(
        'selection-needs-and-mobility',
        'profile: Istruttore amministrativo, area: ISTRUTTORI, posts: 1, contractType: FIXED, contractMonths: 12, partTimePct: 100, seat: Municipio, duties: Servizi., requirements: Diploma., planRef: PIAO, budgetOk: true, headcountPermanent: 40, plannedHires: 3, population: 8200',
      ) +
        '  - complete: t_checkPlan\n    case: selection-needs-and-mobility#1\n    as: DESK_OPERATOR\n    variables: { planOk: true }\n',
    ),
  ).toEqual([]);
  expect(need()).toMatchObject({ state: 'OPEN', postsLeft: 1, area: 'ISTRUTTORI', contractMonths: 12 });
  // Another case is named by its id, or by the number that heads its page; never by that of another body.
  const needRef = idOf('selection-needs-and-mobility#1');
  const cases = caseRegister(openViews(pool));
  const named = (key: string, comune: string) => cases.case(key, { comune, process: 'x', on: '2026-06-01' });
  for (const key of [needRef, ` ${needRef.slice(0, 8)} `])
    expect(await named(key, 'c_mondo')).toMatchObject({ case: needRef, state: 'active' });
  expect(await named(needRef, 'c_altro')).toBeNull();
  const interpello = (code: string): string =>
    start(
      'selection-interpello',
      `caseCode: ${code}, needRef: ${idOf('selection-needs-and-mobility#1')}, listRef: ${listRef}, seat: Municipio, interviewForOne: false, tests: [{ kind: ORAL, subject: Ordinamento }]`,
    );
  expect(await play(interpello('INT-0'))).toEqual([expect.stringContaining('refused-by-process')]);
  expect(
    await play(
      '  - complete: t_chooseChannel\n    case: selection-needs-and-mobility#1\n    as: COMUNE_HR\n    variables: { channel: INTERPELLO, channelNote: Elenco disponibile. }\n',
    ),
  ).toEqual([]);
  expect(need()).toMatchObject({ state: 'READY_INTERPELLO', postsLeft: 1 });

  // One of two is available, accepts, and the post is taken: a second interpello is refused.
  const of = 'case: selection-interpello#1';
  const hired = `${interpello('INT-1')}
  - { complete: t_sendInterpello, ${of}, variables: { sentAt: 2026-06-01 } }
  - { message: interpelloReply, ${of}, variables: { candidateRef: K-02, reply: AVAILABLE } }
  - { message: interpelloReply, ${of}, variables: { candidateRef: K-01, reply: NOT_AVAILABLE } }
  - { complete: t_proposeHire, ${of}, variables: { candidateRef: K-02, accepted: true, answeredAt: 2026-06-01 } }
`;
  expect(await play(hired)).toEqual([]);
  expect(need()).toMatchObject({ state: 'COVERED', postsLeft: 0 });
  expect(await play(interpello('INT-2'))).toEqual([expect.stringContaining('refused-by-process')]);
  expect(
    await play(
      `  - { complete: t_updateList, ${of}, variables: { memberChange: HIRED_FIXED, listUpdatedAt: 2026-06-01 } }\n`,
    ),
  ).toEqual([]);

  // The person is not fit: the post is back, and the next interpello may begin.
  const hiring = 'case: selection-hiring#1';
  expect(
    await play(`  - { complete: t_checkRequirements, ${hiring}, variables: { requirementsOutcome: OK, requirementsNote: In ordine. } }
  - { complete: t_medicalCheck, ${hiring}, variables: { fit: false } }
  - { complete: t_returnPost, ${hiring}, variables: { returnReason: Giudizio di inidoneità. } }
`),
  ).toEqual([]);
  expect(need()).toMatchObject({ state: 'READY_INTERPELLO', postsLeft: 1 });

  // Of two that start before the register knows of either, one is not sent: of the same instant, that of the greater id.
  // One more cannot start.
  expect(await play(interpello('INT-3') + interpello('INT-4'))).toEqual([]);
  const send = (number: number): string =>
    `  - { complete: t_sendInterpello, case: selection-interpello#${number}, variables: { sentAt: 2026-06-01 } }\n`;
  const [early, late] = world.cases
    .filter(({ state }) => state.process === 'selection-interpello')
    .slice(1)
    .toSorted((a, b) => (idOf(a.name) < idOf(b.name) ? -1 : 1));
  expect(await play(send(numberOf(late!.name)))).toEqual([expect.stringContaining('refused-by-process')]);
  expect(await play(send(numberOf(early!.name)))).toEqual([]);
  expect(await play(interpello('INT-5'))).toEqual([expect.stringContaining('refused-by-process')]);
});

const numberOf = (name: string): number => Number(name.split('#')[1]);

const text = (name: string): string => readFileSync(join(processes, name), 'utf8');
