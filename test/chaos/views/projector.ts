import { clearFields } from '@iter/engine';
import type { EventLog } from '@iter/event-store';
import { createProjector } from '@iter/event-store/following';
import type { ClearEvent, LoopLogger, Projection, Projector } from '@iter/event-store/following';
import { migrate } from '@iter/platform/postgres';
import type { createPool } from '@iter/platform/postgres';
import { projections, viewsMigrations, viewsSchema } from '@iter/read-models';
import { tallyProjection } from './tally.ts';

export type Pool = ReturnType<typeof createPool>;

const ofTheHouse = projections as unknown as readonly Projection<never>[];

export const tableNames: readonly string[] = [...ofTheHouse, tallyProjection].map(({ table }) => table.name);

export interface ViewsPorts {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly pageSize: number;
  /** Of the tables: another one makes them anew. */
  readonly version: number;
  /** A defect of this release: it fails at one event in so many, always the same ones. */
  readonly failsAtOneIn?: number;
  readonly logger?: LoopLogger;
}

const silent: LoopLogger = { info: () => undefined, error: () => undefined };

/** The house's own views and the tally, kept as `iter` keeps them. */
export async function openViewsProjector({
  version,
  failsAtOneIn,
  logger = silent,
  ...ports
}: ViewsPorts): Promise<Projector> {
  await migrate(ports.pool, viewsMigrations);
  const tallying = failsAtOneIn === undefined ? tallyProjection : failing(tallyProjection, failsAtOneIn);
  return createProjector<never>({
    ...{ ...ports, version, logger, schema: viewsSchema, prefixes: ['case-'] },
    projections: [...ofTheHouse, tallying as Projection<never>],
    clock: { now: () => new Date().toISOString() },
    unseal: ({ data }) => Promise.resolve(data),
    isKnown: (type, schemaVersion) => Object.hasOwn(clearFields, type) && schemaVersion === 1,
  });
}

/** It comes last: what the others made of the event has to be undone. */
function failing(projection: Projection<ClearEvent>, oneIn: number): Projection<ClearEvent> {
  return {
    ...projection,
    apply(event, rows) {
      if (parseInt(event.id.slice(0, 8), 16) % oneIn === 0) throw new Error('a defect of this release');
      projection.apply(event, rows);
    },
  };
}
