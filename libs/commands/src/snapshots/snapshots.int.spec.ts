import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { italianCalendar } from '@iter/legal-calendar';
import { createEvaluator } from '@iter/platform/feel';
import { createPool, migrate } from '@iter/platform/postgres';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { sequence } from '../../../../test/support/diagrams.ts';
import { stateText } from '../../../../test/support/histories.ts';
import { eventually } from '../../../../test/support/system.ts';
import { caseStream, createCaseCommands, readOn } from '../case/index.ts';
import type { CasePorts, ErasureFacts } from '../ports.ts';
import { createInMemoryWorld, worldComune } from '../world/index.ts';
import type { World } from '../world/index.ts';
import { createPostgresSnapshots, foldingCode, snapshotMigrations } from './index.ts';

const every = 10;
const tasks = 12;

describe('snapshots of long cases', () => {
  let pool: ReturnType<typeof createPool>;
  let end: () => Promise<void>;
  let world: World;
  let ports: CasePorts;
  const errors: unknown[] = [];
  const sealer = createSealer({ store: createMemoryDataKeys() });
  /** Where reading of whole pages began. */
  const readFrom: number[] = [];

  const snapshotsOf = (code: () => string) =>
    createPostgresSnapshots({
      pool,
      sealer,
      code,
      onError: (error) => errors.push(error),
    });
  /** Commands of a process that keeps no case in memory. */
  const cold = (more: Partial<CasePorts> = {}) =>
    createCaseCommands({ ...ports, snapshots: snapshotsOf(foldingCode), snapshotEvery: every, ...more });
  const keptRow = async (caseId: string) =>
    (
      await pool.query<{ box: Buffer }>('select * from case_snapshots where stream = $1', [
        caseStream(caseId),
      ])
    ).rows[0];
  const textOf = async (caseId: string, more: Partial<CasePorts> = {}): Promise<string> =>
    stateText((await readOn({ ...ports, ...more }, caseId)).state);

  let count = 0;
  const by = () => ({
    principal: world.inRole('DESK_OPERATOR'),
    route: 'test',
    idempotencyKey: `key-${count++}`,
  });
  /** Starts a case and completes so many of its tasks, each step on a case read anew. */
  async function play(steps: number, commands = cold()): Promise<string> {
    const started = await commands.start({ ...by(), process: 'long', comune: worldComune, variables: {} });
    const { caseId } = started as { caseId: string };
    for (let i = 0; i < steps; i++) await complete(caseId, commands);
    return caseId;
  }
  async function complete(caseId: string, commands = cold()): Promise<void> {
    const [task] = (await readOn(ports, caseId)).state.tasks.keys();
    const command = { type: 'CompleteUserTask', key: task!, variables: { note: `after ${task}` } } as const;
    const outcome = await commands.execute({ ...by(), caseId, command });
    expect(outcome.outcome).toBe('done');
  }
  /** Leaves a snapshot of a case as it is now. */
  async function leave(caseId: string): Promise<void> {
    await pool.query('delete from case_snapshots where stream = $1', [caseStream(caseId)]);
    await readOn({ ...ports, snapshots: snapshotsOf(foldingCode), snapshotEvery: every }, caseId);
    await eventually('the snapshot', () => keptRow(caseId));
  }

  beforeAll(async () => {
    const database = await createTestDatabase();
    pool = createPool({ url: database.url });
    await migrate(pool, snapshotMigrations);
    const memory = createMemoryLog();
    const log: EventLog = {
      ...memory,
      readStream(stream, which = {}) {
        if (stream.startsWith('case-') && which.limit !== 1) readFrom.push(which.from ?? 0);
        return memory.readStream(stream, which);
      },
    };
    world = createInMemoryWorld({
      log,
      clock: { now: () => '2026-03-06T08:00:00.000Z' },
      catalogue: { term: () => null, ladder: () => null, defaultLadder: () => null },
      calendar: italianCalendar(),
      evaluator: (now) => createEvaluator({ now }),
    });
    ports = { ...world.ports, sealer, hotCases: 0 };
    await world.deploy([{ name: 'long.bpmn', text: sequence('long', tasks) }]);
    end = async () => {
      await world.close();
      await pool.end();
      await database.drop();
    };
  });
  afterAll(() => end());

  it('are left by whoever reads a long case whole, and read on from; a short case has none', async () => {
    const short = await play(1);
    const long = await play(6);
    await leave(long);
    readFrom.length = 0;
    await complete(long);
    expect(Math.max(...readFrom)).toBeGreaterThan(every);
    expect(await textOf(long, { snapshots: snapshotsOf(foldingCode), snapshotEvery: every })).toBe(
      await textOf(long),
    );
    expect(await keptRow(short)).toBeUndefined();
    expect((await keptRow(long))!.box.includes('after')).toBe(false);
    await complete(long);
    expect(errors).toEqual([]);
  });

  it.each([
    ['deleted', 'delete from case_snapshots', 0],
    ['damaged', "update case_snapshots set box = overlay(box placing '\\x00000000' from 40)", 1],
    ['of other code', "update case_snapshots set code = 'other'", 0],
    ['cut off', 'update case_snapshots set box = substring(box from 1 for 20)', 1],
    ['sealed with a key that is gone', 'update case_snapshots set key_id = gen_random_uuid()', 0],
  ])('change nothing when they are %s', async (_, harm, told) => {
    const caseId = await play(6);
    await leave(caseId);
    await pool.query(harm);
    errors.length = 0;
    const used = { snapshots: snapshotsOf(foldingCode), snapshotEvery: every };
    expect(await textOf(caseId, used)).toBe(await textOf(caseId));
    expect(errors).toHaveLength(told);
    await complete(caseId);
  });

  it('are neither believed nor left of a case that was erased, be it while it is read', async () => {
    const caseId = await play(6);
    const done: string[] = [];
    const snapshots = {
      find: async () => (done.push('found'), null),
      keep: () => void done.push('kept'),
    };
    const read = async (isErased: () => boolean) => {
      const erasures = { find: () => (isErased() ? {} : null) } as unknown as ErasureFacts;
      await readOn({ ...ports, erasures, snapshots, snapshotEvery: every }, caseId);
      return done.splice(0);
    };
    expect(await read(() => false)).toEqual(['found', 'kept']);
    expect(await read(() => true)).toEqual([]);
    expect(await read(() => done.length > 0)).toEqual(['found']);
  });

  it('of a stream that was restored to an earlier time are not believed', async () => {
    const caseId = await play(8);
    const { head } = await readOn(ports, caseId);
    const used = { snapshots: snapshotsOf(foldingCode), snapshotEvery: every };
    await leave(caseId);
    const restored: EventLog = {
      ...ports.log,
      readStream: async (stream, which) =>
        (await ports.log.readStream(stream, which)).filter(({ revision }) => revision < head!.revision - 2),
    };
    expect(await textOf(caseId, { ...used, log: restored })).toBe(await textOf(caseId, { log: restored }));
  });
});
