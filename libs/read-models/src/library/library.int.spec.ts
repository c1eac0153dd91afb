import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseEvent, EventOf } from '@iter/engine';
import { createPool } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import { caseId, caseWriter, started, taskCreated } from '../../../../test/support/case-log.ts';
import type { LooseEvent } from '../../../../test/support/case-log.ts';
import { anyLog } from '../../../../test/support/any-log.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import type { TestDatabase } from '../../../../test/support/database.ts';
import { followViews } from '../../../../test/support/views.ts';
import type { FollowedViews } from '../../../../test/support/views.ts';
import { openViews } from '../index.ts';
import type { Views } from '../index.ts';
import { listMaterials, processFigures } from './index.ts';

const set = (variables: object): CaseEvent => ({
  type: 'VariablesSet',
  data: { scope: null, variables: variables as EventOf<'VariablesSet'>['data']['variables'] },
});
const contribution = (title: string): CaseEvent[] => [
  started({ process: 'community-contribution', comune: 'p_demo' }),
  set({ kind: 'MODEL', theme: 'TRAINING', title, contributionText: `Testo di ${title}` }),
];
const attached = (name: string): LooseEvent => ({
  type: 'DocumentAttached',
  data: {
    ...{ key: name, name: `${name}.pdf`, mediaType: 'application/pdf', sizeBytes: 7 },
    ...{ sha256: name.padEnd(64, '0'), protocolNo: null, task: null },
  },
});
const completed: LooseEvent = { type: 'CaseCompleted', data: { endElement: 'end', variables: {} } };

let now = '2026-05-01T08:00:00.000Z';
let database: TestDatabase;
let pool: Pool;
let views: Views;
let followed: FollowedViews;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url });
  const log = await anyLog();
  const write = caseWriter(log, () => now);
  const at = async (day: string, id: string, events: readonly LooseEvent[]) => {
    now = `2026-05-${day}T08:00:00.000Z`;
    await write(caseId(id), events);
  };
  for (const [i, id] of ['kept', 'handed in anew', 'ended', 'draft'].entries()) {
    await at('01', id, [...contribution(id), attached(`f${i}`)]);
  }
  for (const [i, id] of ['kept', 'handed in anew', 'ended'].entries()) {
    await at(`1${i}`, id, [set({ publishedAt: `2026-05-1${i}T10:00:00@Europe/Rome` })]);
  }
  await at('20', 'kept', [attached('later')]);
  await at('20', 'handed in anew', [taskCreated('t', { element: 't_submit' })]);
  await at('20', 'ended', [completed]);
  await at('21', 'second', [
    ...contribution('second 100%'),
    set({ publishedAt: '2026-05-21T10:00:00@Europe/Rome' }),
  ]);
  const run = async (process: string, n: number, days: string | null) => {
    for (let i = 0; i < n; i++) {
      const id = `${process} ${days} ${i}`;
      await at('01', id, [started({ process, comune: i % 2 === 0 ? 'c_borgo' : 'c_altro' })]);
      if (days !== null) await at(days, id, [completed]);
    }
  };
  await run('many', 6, '11');
  await run('few', 4, '11');
  await run('nearly', 7, '11');
  await run('nearly', 2, null);
  followed = await followViews({ log, pool, url: database.url, now: () => now });
  await followed.caughtUp();
  views = openViews(pool);
});
afterAll(async () => {
  await followed?.stop();
  await pool?.end();
  await database?.drop();
});

describe('materials of the community', () => {
  const list = (filter: object = {}) => listMaterials(views, { limit: 50, cursor: null, ...filter });

  it('are the contributions that are published now, the latest first', async () => {
    const { items, nextCursor } = await list();
    expect(items.map(({ title }) => title)).toEqual(['second 100%', 'kept']);
    expect(nextCursor).toBeNull();
  });

  it('come with the files that the editor had, and with none attached later', async () => {
    const { items } = await list({ caseId: caseId('kept') });
    expect(items[0]?.files).toEqual([
      expect.objectContaining({ name: 'f0.pdf', mediaType: 'application/pdf', sizeBytes: 7 }),
    ]);
  });

  it('are found by what they say and by theme, letter by letter', async () => {
    const titles = async (filter: object) => (await list(filter)).items.map(({ title }) => title);
    expect(await titles({ text: 'TESTO DI KEPT' })).toEqual(['kept']);
    expect(await titles({ text: '100%' })).toEqual(['second 100%']);
    expect(await titles({ text: 't_pt' })).toEqual([]);
    expect(await titles({ theme: 'SELECTION' })).toEqual([]);
  });

  it('come in pages', async () => {
    const first = await list({ limit: 1 });
    const second = await list({ limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ title }) => title)).toEqual(['second 100%', 'kept']);
    expect(second.nextCursor).toBeNull();
    await expect(list({ cursor: 'x' })).rejects.toThrow('cursor');
  });
});

describe('figures of processes', () => {
  it('are of all bodies together, and of none fewer than five', async () => {
    const figures = await processFigures(
      views,
      ['many', 'few', 'nearly', 'none'],
      '2026-01-01T00:00:00.000Z',
    );
    expect(figures.get('many')).toEqual({
      ...{ process: 'many', started: 6, ended: 6, medianDays: 10, shareInTime: null },
    });
    expect(figures.get('few')).toMatchObject({ started: null, ended: null, medianDays: null });
    // Of nine that were started, those that ended would tell the two that run.
    expect(figures.get('nearly')).toMatchObject({ started: 9, ended: null, medianDays: 10 });
    expect(figures.get('none')).toBeUndefined();
  });

  it('count from an instant on', async () => {
    expect(await processFigures(views, ['many'], '2026-05-02T00:00:00.000Z')).toEqual(new Map());
  });
});
