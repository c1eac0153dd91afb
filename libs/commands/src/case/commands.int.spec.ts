import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyStream } from '@iter/event-store';
import type { EventLog } from '@iter/event-store';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { sequence } from '../../../../test/support/diagrams.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { openTestLog } from '../../../../test/support/logs.ts';
import { testWorld } from '../../../../test/support/world.ts';
import type { Outcome } from '../outcome.ts';
import { worldComune } from '../world/index.ts';
import { createCaseCommands } from './commands.ts';

type Done = Extract<Outcome, { outcome: 'done' }>;
const done = (outcome: Outcome): Done => {
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const taskOf = ({ events }: Done): string =>
  (events.findLast(({ type }) => type === 'UserTaskCreated')?.data as { key: string }).key;

/** Two processes on one PostgreSQL: logs, keys and hot cases of their own, nothing shared but the database. */
describe('commands on PostgreSQL', () => {
  let logs: EventLog[];
  let processes: ReturnType<typeof testWorld>[];
  let pool: ReturnType<typeof createPool>;
  let end: () => Promise<void>;

  beforeAll(async () => {
    const database = await createTestDatabase();
    pool = createPool({ url: database.url });
    await migrate(pool, dataKeyMigrations);
    logs = [await openTestLog(database.url), await openTestLog(database.url)];
    const master = new Uint8Array(32).fill(1);
    processes = logs.map((log) => {
      const world = testWorld(log);
      const sealer = createSealer({ store: createPostgresDataKeys(pool, master) });
      return { ...world, cases: createCaseCommands({ ...world.ports, sealer }) };
    });
    await processes[0]?.deploy([{ name: 'p.bpmn', text: sequence('p', 5) }]);
    end = async () => {
      for (const world of processes) await world.close();
      for (const log of logs) await log.close();
      await pool.end();
      await database.drop();
    };
  });
  afterAll(() => end());

  let n = 0;
  const start = (i: number, idempotencyKey = `s${n++}`) => {
    const world = processes[i] as ReturnType<typeof testWorld>;
    return world.cases.start({
      process: 'p',
      comune: worldComune,
      variables: { nota: 'CANARY-pg' },
      principal: world.inRole('DESK_OPERATOR'),
      route: 'start',
      idempotencyKey,
    });
  };
  const complete = (i: number, caseId: string, key: string, idempotencyKey = `c${n++}`) => {
    const world = processes[i] as ReturnType<typeof testWorld>;
    return world.cases.execute({
      caseId,
      command: { type: 'CompleteUserTask', key, variables: { nota: 'CANARY-pg' } },
      principal: world.inRole('DESK_OPERATOR'),
      route: 'complete',
      idempotencyKey,
    });
  };

  it('runs cases side by side through both processes, each step once, with chains that hold', async () => {
    const caseIds = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        let outcome = done(await start(i % 2));
        for (let step = 0; step < 5; step++)
          outcome = done(await complete((i + step) % 2, outcome.caseId, taskOf(outcome)));
        expect(outcome.events.at(-1)?.type).toBe('CaseCompleted');
        return outcome.caseId;
      }),
    );
    for (const caseId of caseIds) {
      const events = await (logs[0] as EventLog).readStream(`case-${caseId}`);
      expect(verifyStream(events)).toBeNull();
      expect(events.filter(({ type }) => type === 'UserTaskCompleted')).toHaveLength(5);
    }
  });

  it('one winner among many, in two processes; the same key is answered alike', async () => {
    const started = done(await start(0));
    const key = taskOf(started);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, i) => complete(i % 2, started.caseId, key, `race-${i % 4}`)),
    );
    const winners = outcomes.filter(({ outcome }) => outcome === 'done').map(done);
    expect(winners.length).toBeGreaterThan(0);
    expect(new Set(winners.map(({ position }) => position)).size).toBe(1);
    const events = await (logs[0] as EventLog).readStream(`case-${started.caseId}`);
    expect(events.filter(({ type }) => type === 'UserTaskCompleted')).toHaveLength(1);
  });

  it('the same start in both processes is one case', async () => {
    const [a, b] = (await Promise.all([start(0, 'both'), start(1, 'both')])).map(done);
    expect(a?.caseId).toBe(b?.caseId);
    expect(a?.position).toBe(b?.position);
  });

  it('keeps nothing private in clear, neither in the log nor beside it', async () => {
    await start(0);
    const { events } = await logs[0]!.readAll({ direction: 'backwards' });
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).not.toContain('CANARY-pg');
  });
});
