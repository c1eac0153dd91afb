export { foldingCode } from './folding-code.ts';
export { createPostgresSnapshots, forgetSnapshot, snapshotMigrations } from './postgres.ts';
