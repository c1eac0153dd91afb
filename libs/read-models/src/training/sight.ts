import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { Viewer } from '../querying/viewer.ts';

/** Of these bodies only: nothing for who holds no office anywhere, since hours and registers are about persons. */
export const ofBodies = (viewer: Viewer, column: 'comune') =>
  viewer.comuni === 'all'
    ? sql<SqlBool>`true`
    : sql<SqlBool>`${sql.ref(column)} = any(${viewer.involvedOnly ? [] : viewer.comuni})`;
