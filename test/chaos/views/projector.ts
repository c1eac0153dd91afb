import { clearFields } from '@iter/engine';
import type { EventLog } from '@iter/event-store';
import { createProjector } from '@iter/event-store/following';
import type { LoopLogger, Projection, Projector } from '@iter/event-store/following';
import { migrate } from '@iter/platform/postgres';
import type { createPool } from '@iter/platform/postgres';
import { projections, viewsMigrations, viewsSchema } from '@iter/read-models';
import { tallyProjection } from './tally.ts';

export type Pool = ReturnType<typeof createPool>;

const all = [
  ...(projections as unknown as readonly Projection<never>[]),
  tallyProjection as Projection<never>,
];

export const tableNames: readonly string[] = all.map(({ table }) => table.name);

export interface ViewsPorts {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly pageSize: number;
  /** Of the tables: another one makes them anew. */
  readonly version: number;
  readonly logger?: LoopLogger;
}

const silent: LoopLogger = { info: () => undefined, error: () => undefined };

/** The house's own views and the tally, kept as `iter` keeps them. */
export async function openViewsProjector({
  version,
  logger = silent,
  ...ports
}: ViewsPorts): Promise<Projector> {
  await migrate(ports.pool, viewsMigrations);
  return createProjector<never>({
    ...{ ...ports, version, logger, schema: viewsSchema, prefixes: ['case-'], projections: all },
    clock: { now: () => new Date().toISOString() },
    unseal: ({ data }) => Promise.resolve(data),
    isKnown: (type, schemaVersion) => Object.hasOwn(clearFields, type) && schemaVersion === 1,
  });
}
