import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createApi } from '@iter/api';
import type { Config } from '@iter/platform/config';
import type { Logger } from '@iter/platform/logging';
import type { Label } from '@iter/platform/words';
import { ProjectorModule } from '@iter/projector';
import { readCheckpoint } from '@iter/event-store/following';
import { createViewsProjector, viewsSchema } from '@iter/read-models';
import { WorkerModule } from '@iter/worker';
import { seedHouse } from '../programme/seed-house.ts';
import type { RoleOfProcess } from '../up.ts';
import { productVersion } from '../version.ts';
import { openApiPorts } from './api-ports.ts';
import { fillDemo } from './demo.ts';
import { openFirstDoor } from './first-operator.ts';
import { openHouse } from './house.ts';
import { createMachine } from './machine.ts';
import { openReactions } from './reactions.ts';
import { startTracing } from './tracing.ts';
import { webhooksStanding } from './webhooks.ts';

export interface Running {
  /** Where the API answers; null: it is not among the roles. */
  readonly address: string | null;
  readonly demoPassword: string | null;
  /** Made because the installation had no account at all. */
  readonly firstOperator: { readonly username: string; readonly password: string } | null;
  /** Ends the roles, then what they stand on. Nothing that was answered is lost. */
  close(): Promise<void>;
}

export interface StartOptions {
  readonly roles: ReadonlySet<RoleOfProcess>;
  readonly config: Config;
  readonly logger: Logger;
  /** Whether the seed programme is played before the start is over; the demo only, with projector and worker. */
  readonly programme: boolean;
  readonly onProgress: (what: string) => void;
  /** Whoever waits for a database at the start waits no longer. */
  readonly signal?: AbortSignal;
}

@Module({})
class ProcessModule {
  static of(...imports: DynamicModule[]): DynamicModule {
    return { module: ProcessModule, imports };
  }
}

/** Composes the roles asked for over one house, and starts them: the views first, which the others read. */
export async function startRoles(options: StartOptions): Promise<Running> {
  const { roles, config, logger, programme, onProgress, signal } = options;
  const stopTracing =
    config.tracedShare === null ? null : await startTracing(productVersion, config.tracedShare);
  const house = await openHouse(config, logger, onProgress, signal);
  const closing: (() => Promise<unknown>)[] = [...(stopTracing ? [stopTracing] : []), () => house.close()];
  const close = async (): Promise<void> => {
    house.announceClose();
    for (const end of closing.splice(0).reverse()) {
      await end().catch((error: unknown) => logger.error({ err: error }, 'closing failed'));
    }
  };
  try {
    const { log, pool, workPool, clock, sealer } = house;
    const projector = await createViewsProjector({
      log,
      pool: workPool,
      clock,
      logger,
      unseal: async ({ id, data }) => (await sealer.unseal(id, data)).data,
    });
    const demoPassword = config.demo ? await fillDemo(house) : null;
    // Only where people sign in is the password told.
    const firstOperator = config.demo || !roles.has('api') ? null : await openFirstDoor(house);
    await house.catalog.readLatest();

    const { reactions, queues } = await openReactions(house);
    closing.push(() => queues.close());

    const background = [
      ...(roles.has('projector') ? [ProjectorModule.with(projector)] : []),
      ...(roles.has('worker') ? [WorkerModule.with(reactions)] : []),
    ];
    const context = await NestFactory.createApplicationContext(ProcessModule.of(...background), {
      logger: false,
      abortOnError: false,
    });
    closing.push(() => context.close());

    let address: string | null = null;
    if (roles.has('api')) {
      const {
        machine,
        jobs,
        close: unwatch,
      } = createMachine({
        house,
        version: productVersion,
        queueBackend: queues.backend,
        views: projector,
        viewsAreHere: roles.has('projector'),
        reactions,
        reactionsAreHere: roles.has('worker'),
        webhooks: webhooksStanding(house),
      });
      closing.push(async () => unwatch());
      const troubles = async (): Promise<readonly Label[]> => {
        try {
          const views = await readCheckpoint(pool, viewsSchema);
          return [...house.troubles, ...(views ? [] : [noViews])];
        } catch {
          return [silent];
        }
      };
      const { ports, close: closePorts } = await openApiPorts(house, {
        ...{ machine, jobs, troubles },
        bullQueues: () => queues.bull(),
      });
      closing.push(closePorts);
      const api = await createApi(ports);
      closing.push(() => api.close());
      address = await api.listen(config.host, config.port);
    }
    if (programme) {
      onProgress('Playing the programme …');
      await seedHouse(house);
    }
    return { address, demoPassword, firstOperator, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const noViews: Label = {
  it: 'le viste non sono ancora fatte: avviare un projector',
  en: 'the views are not made yet: start a projector',
};
const silent: Label = { it: 'la base di dati non risponde', en: 'the database does not answer' };
