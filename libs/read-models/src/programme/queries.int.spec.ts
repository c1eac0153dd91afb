import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseEvent, EventOf } from '@iter/engine';
import { createPool } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import { caseId, caseWriter, started } from '../../../../test/support/case-log.ts';
import { anyLog } from '../../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { followViews } from '../../../../test/support/views.ts';
import type { FollowedViews } from '../../../../test/support/views.ts';
import { openViews } from '../index.ts';
import { programmeBoard, provinceCard } from './index.ts';

const at = '2026-05-20T08:00:00.000Z';
const edition = caseId('edition');
const elsewhere = caseId('elsewhere');

const set = (variables: object): CaseEvent => ({
  type: 'VariablesSet',
  data: { scope: null, variables: variables as EventOf<'VariablesSet'>['data']['variables'] },
});
const anEdition = (comune: string): CaseEvent[] => [
  started({ process: 'accompaniment-edition', comune }),
  set({
    ...{ theme: 'TRAINING', editionYear: 2026 },
    focusGroups: ['p_a', 'p_b'].map((tutor) => ({ tutor, focusOutcome: 'HELD' })),
    pairs: [{ participant: 'p_x', tutor: 'p_a' }],
    participants: [{ province: 'p_x' }, { province: 'p_y' }],
  }),
];

let database: TestDatabase;
let pool: Pool;
let followed: FollowedViews;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  const log = await anyLog();
  const write = caseWriter(log, () => at);
  await write(edition, anEdition('upi_demo'));
  await write(elsewhere, anEdition('upi_altro'));
  await write(caseId('path'), [
    started({ process: 'accompaniment-project-work', comune: 'p_x' }),
    set({
      editionRef: edition,
      theme: 'TRAINING',
      editionYear: 2026,
      tutor: 'p_a',
      caseOutcome: 'delivered',
    }),
  ]);
  followed = await followViews({ log, pool, url: database.url, now: () => at });
  await followed.caughtUp();
});
afterAll(async () => {
  await followed.stop();
  await pool.end();
  await database.drop();
});

describe('the views of the programme, from the log', () => {
  it('give the board of one body, and of all', async () => {
    const own = await programmeBoard(openViews(pool), { body: 'upi_demo' });
    expect(own.total).toEqual({ focusTutors: 2, pathTutors: 1, participants: 2, projectWorks: 1 });
    expect(own.themes[0]?.editions).toEqual([{ id: edition, year: 2026, stage: 'CALLING_TUTORS' }]);
    // The same Provinces again: they count once, but there are two editions.
    const all = await programmeBoard(openViews(pool));
    expect(all.total).toEqual(own.total);
    expect(all.themes[0]?.editions).toHaveLength(2);
    expect(all.provinces).toEqual(['p_a', 'p_b', 'p_x', 'p_y']);
    expect(await programmeBoard(openViews(pool), { year: 2026 })).toEqual(all);
    expect((await programmeBoard(openViews(pool), { year: 2025 })).themes).toEqual([]);
    expect((await programmeBoard(openViews(pool), { body: 'nobody' })).themes).toEqual([]);
  });

  it('give the card of a Province', async () => {
    const { roles } = await provinceCard(openViews(pool), 'p_a');
    expect(roles.map(({ edition: of, follows }) => [of, follows])).toEqual(
      [edition, elsewhere].sort().map((id) => [id, id === edition ? ['p_x'] : []]),
    );
    expect(
      (await provinceCard(openViews(pool), 'p_x')).roles.find(({ edition: of }) => of === edition),
    ).toMatchObject({
      participant: true,
      path: 'DELIVERED',
      tutor: 'p_a',
      focusTutor: false,
      pathTutor: false,
    });
    expect(await provinceCard(openViews(pool), 'p_z')).toEqual({ province: 'p_z', roles: [] });
  });
});
