export { foldingCode } from './folding-code.ts';
export { createPostgresSnapshots, snapshotMigrations } from './postgres.ts';
