export { foldingCode } from './folding-code.ts';
export { createPostgresSnapshots, forgetSnapshots, snapshotMigrations } from './postgres.ts';
