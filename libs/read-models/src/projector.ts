import type { JsonObject, EventLog, StoredEvent } from '@iter/event-store';
import { clearFields } from '@iter/engine';
import { erasurePrefix } from '@iter/event-store';
import { createProjector } from '@iter/event-store/following';
import type { LoopLogger, Projector } from '@iter/event-store/following';
import { migrate } from '@iter/platform/postgres';
import type { Pool } from 'pg';
import type { CaseProjection, CaseSeen } from './case-event.ts';
import { casesProjection } from './cases/projection.ts';
import { recordChanges } from './changes/record.ts';
import { viewsMigrations, viewsSchema } from './database.ts';
import { deadlinesProjection } from './deadlines/projection.ts';
import { documentsProjection } from './documents/projection.ts';
import { eligibilityListsProjection } from './eligibility-lists/projection.ts';
import { escalationsProjection } from './escalations/projection.ts';
import { hearingsProjection } from './hearings/projection.ts';
import { hiresProjection } from './hires/projection.ts';
import { incidentsProjection } from './incidents/projection.ts';
import { contributionsProjection } from './library/projection.ts';
import { needUsesProjection } from './need-uses/projection.ts';
import { needsProjection } from './needs/projection.ts';
import { noticesProjection } from './notices/projection.ts';
import { editionsProjection, pathsProjection } from './programme/projection.ts';
import { publicationsProjection } from './publications/projection.ts';
import { rankingsProjection } from './rankings/projection.ts';
import { tasksProjection } from './tasks/projection.ts';
import { trainingProjections } from './training/index.ts';

/** Every view, in the order in which an event passes through them: the case first, which the others read. */
export const projections: readonly CaseProjection[] = [
  casesProjection,
  tasksProjection,
  deadlinesProjection,
  escalationsProjection,
  incidentsProjection,
  noticesProjection,
  documentsProjection,
  needsProjection,
  needUsesProjection,
  hiresProjection,
  eligibilityListsProjection,
  rankingsProjection,
  hearingsProjection,
  publicationsProjection,
  editionsProjection,
  pathsProjection,
  contributionsProjection,
  ...trainingProjections,
];

/** Raised when the same events give other rows: the views are then made anew at the next start. */
export const viewsVersion = 21;

/** Of the events that the views know; an event of a later version sets its case aside. */
const schemaVersion = 1;

export interface ViewsPorts {
  readonly log: EventLog;
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly logger: LoopLogger;
  /** The data of a sealed event in clear; fields whose key was destroyed are absent. Throwing is a fault. */
  unseal(event: StoredEvent): Promise<JsonObject>;
  /** Events a page; 10,000 by default, and 1,000 while tables are filled. */
  readonly pageSize?: number;
  /** Rows kept in memory while tables are filled; 20,000 by default. */
  readonly rowsInMemory?: number;
}

/** Keeps the views by following the log. Call `start`; queries make sense once `ready` has resolved. */
export async function createViewsProjector(ports: ViewsPorts): Promise<Projector> {
  await migrate(ports.pool, viewsMigrations);
  return viewsProjector(ports);
}

/** The same without migrating: for whoever only compares. */
export function viewsProjector(ports: ViewsPorts): Projector {
  return createProjector<CaseSeen>({
    ...ports,
    schema: viewsSchema,
    prefixes: ['case-', erasurePrefix],
    projections,
    version: viewsVersion,
    isKnown: (type, version) => Object.hasOwn(clearFields, type) && version <= schemaVersion,
    also: recordChanges,
  });
}
