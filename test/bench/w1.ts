import { randomUUID } from 'node:crypto';
import { createCaseCommands } from '@iter/commands';
import type { Outcome } from '@iter/commands';
import { createInMemoryWorld, worldComune } from '@iter/commands/world';
import { createPostgresLog } from '@iter/event-store/postgres';
import { italianCalendar } from '@iter/legal-calendar';
import { systemClock } from '@iter/platform/clock';
import { createEvaluator } from '@iter/platform/feel';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { sequence } from '../support/diagrams.ts';
import { anchorTable, batchedAppends, singleAppends } from './anchors.ts';
import type { Write } from './anchors.ts';
import { measure, median, round } from './measure.ts';
import type { Figures } from './measure.ts';

export interface W1Options {
  readonly databaseUrl: string;
  /** Median of so many runs. */
  readonly runs: number;
  /** Cases per run at 1, 16 and 64 callers. */
  readonly cases: readonly [number, number, number];
}

const tasks = 10;

/**
 * W1: a sequential process of 10 user tasks, each completed by its own durable command through the command bus:
 * authorised, decided, sealed, hashed, appended. Starting the case is a step as well (the eleventh).
 * Limits A and B are measured in the same run, interleaved with it.
 */
export async function w1({ databaseUrl, runs, cases }: W1Options): Promise<object> {
  const pool = createPool({ url: databaseUrl, max: 64 });
  await migrate(pool, dataKeyMigrations);
  await pool.query(anchorTable);
  const log = await createPostgresLog({ url: databaseUrl });
  const world = createInMemoryWorld({
    log,
    clock: systemClock,
    catalogue: { term: () => null, ladder: () => null, defaultLadder: () => null },
    calendar: italianCalendar(),
    evaluator: (now) => createEvaluator({ now }),
  });
  const sealer = createSealer({ store: createPostgresDataKeys(pool, new Uint8Array(32).fill(7)) });
  const commands = createCaseCommands({ ...world.ports, sealer });
  await world.deploy([{ name: 'w1.bpmn', text: sequence('w1', tasks) }]);
  const principal = world.inRole('DESK_OPERATOR');

  async function* playCase(): AsyncGenerator<void> {
    const by = { principal, route: 'bench' };
    const variables = { employeeRef: 'E-1', amount: 12_345, when: '2026-03-06' };
    let outcome = await commands.start({
      ...by,
      process: 'w1',
      comune: worldComune,
      variables,
      idempotencyKey: randomUUID(),
    });
    yield;
    for (let i = 0; i < tasks; i++) {
      const { caseId, key } = openTask(outcome);
      outcome = await commands.execute({
        ...by,
        caseId,
        idempotencyKey: randomUUID(),
        command: {
          type: 'CompleteUserTask',
          key,
          variables: { decidedBy: 'operatore', outcome: `step ${i}` },
        },
      });
      yield;
    }
    if (outcome.outcome !== 'done' || outcome.events.at(-1)?.type !== 'CaseCompleted') {
      throw new Error(`the case did not end: ${JSON.stringify(outcome)}`);
    }
  }

  const raw = (writer: () => Write) =>
    async function* (): AsyncGenerator<void> {
      const write = writer();
      for (let i = 0; i <= tasks; i++) {
        await write();
        yield;
      }
    };
  const [single, batched] = [raw(singleAppends(pool)), raw(batchedAppends(pool))];

  for (const warmUp of [playCase, single, batched]) await measure(16, 100, warmUp);
  const figures: Record<string, object> = {};
  for (const [i, callers] of [1, 16, 64].entries()) {
    const taken: { bus: Figures[]; A: Figures[]; B: Figures[] } = { bus: [], A: [], B: [] };
    for (let run = 0; run < runs; run++) {
      const count = cases[i] as number;
      taken.A.push(await measure(callers, count, single));
      taken.bus.push(await measure(callers, count, playCase));
      taken.B.push(await measure(callers, count, batched));
    }
    const [bus, A, B] = [median(taken.bus), median(taken.A), median(taken.B)];
    const ratio = {
      A: round(bus.stepsPerSecond / A.stepsPerSecond),
      B: round(bus.stepsPerSecond / B.stepsPerSecond),
      p99OfA: round(bus.p99Ms / A.p99Ms),
    };
    figures[`c${callers}`] = { ...bus, limit: { A, B }, ratio };
  }
  await world.close();
  await log.close();
  await pool.end();
  return figures;
}

function openTask(outcome: Outcome): { readonly caseId: string; readonly key: string } {
  if (outcome.outcome !== 'done') throw new Error(`a step was answered ${JSON.stringify(outcome)}`);
  const created = outcome.events.findLast(({ type }) => type === 'UserTaskCreated');
  return { caseId: outcome.caseId, key: (created?.data as { key: string }).key };
}
