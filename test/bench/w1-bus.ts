import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { createCaseCommands, createMessages, createSignals } from '@iter/commands';
import type { Outcome } from '@iter/commands';
import { CommandsModule, ExecuteCaseCommand, StartCaseCommand } from '@iter/commands/nest';
import { createInMemoryWorld, worldComune } from '@iter/commands/world';
import { createPostgresLog } from '@iter/event-store/postgres';
import { italianCalendar } from '@iter/legal-calendar';
import { systemClock } from '@iter/platform/clock';
import { createEvaluator } from '@iter/platform/feel';
import { migrate } from '@iter/platform/postgres';
import type { createPool } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { diagram, key, startValues, taskValues, tasks } from './w1-case.ts';

/** W1 through the command bus: the write side over a log and data keys in PostgreSQL. */
export interface BusHouse {
  playCase(): AsyncGenerator<void>;
  close(): Promise<void>;
}

export async function openBusHouse(
  databaseUrl: string,
  pool: ReturnType<typeof createPool>,
): Promise<BusHouse> {
  await migrate(pool, dataKeyMigrations);
  const log = await createPostgresLog({ url: databaseUrl });
  const world = createInMemoryWorld({
    log,
    clock: systemClock,
    catalogue: { term: () => null, ladder: () => null, defaultLadder: () => null },
    calendar: italianCalendar(),
    evaluator: (now) => createEvaluator({ now }),
  });
  const sealer = createSealer({ store: createPostgresDataKeys(pool, new Uint8Array(32).fill(7)) });
  const ports = { ...world.ports, sealer };
  const cases = createCaseCommands(ports);
  const app = await NestFactory.createApplicationContext(
    CommandsModule.for(cases, createMessages(ports, cases), createSignals(ports)),
    { logger: false },
  );
  const bus = app.get(CommandBus);
  await world.deploy([diagram]);
  const by = { principal: world.inRole('DESK_OPERATOR'), route: 'bench' };

  return {
    async *playCase() {
      let outcome: Outcome = await bus.execute(
        new StartCaseCommand({
          ...by,
          process: key,
          comune: worldComune,
          variables: startValues,
          idempotencyKey: randomUUID(),
        }),
      );
      yield;
      for (let i = 0; i < tasks; i++) {
        const command = {
          type: 'CompleteUserTask',
          key: openTask(outcome),
          variables: taskValues(i),
        } as const;
        const { caseId } = outcome as { caseId: string };
        outcome = await bus.execute(
          new ExecuteCaseCommand({ ...by, caseId, idempotencyKey: randomUUID(), command }),
        );
        yield;
      }
      if (outcome.outcome !== 'done' || outcome.events.at(-1)?.type !== 'CaseCompleted')
        throw new Error(`the case did not end: ${JSON.stringify(outcome)}`);
    },
    async close() {
      await app.close();
      await world.close();
      await log.close();
    },
  };
}

function openTask(outcome: Outcome): string {
  if (outcome.outcome !== 'done') throw new Error(`a step was answered ${JSON.stringify(outcome)}`);
  const created = outcome.events.findLast(({ type }) => type === 'UserTaskCreated');
  return (created?.data as { key: string }).key;
}
