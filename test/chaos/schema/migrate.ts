// Brings a database to the schema that the whole house wants, as `iter up` does, in a process of its own.
import { signInMigrations } from '@iter/access/postgres';
import { surveyMigrations } from '@iter/channels/surveys';
import { documentMigrations } from '@iter/documents/postgres';
import { createPool, migrate } from '@iter/platform/postgres';
import { viewsMigrations } from '@iter/read-models';
import { libraryMigrations } from '@iter/registers/library/postgres';
import { openBellHouse } from '../../support/bell-house.ts';

process.on('disconnect', () => process.exit(1));
process.once('message', (databaseUrl: string) => {
  void (async () => {
    const pool = createPool({ url: databaseUrl, max: 1 });
    await migrate(pool, [
      ...[...signInMigrations, ...documentMigrations, ...libraryMigrations, ...surveyMigrations],
      ...viewsMigrations,
    ]);
    await pool.end();
    // Keys, clock, log, queue and effects.
    await (await openBellHouse({ databaseUrl, worker: 'migrating' })).close();
    process.exit(0);
  })().catch((error: unknown) => {
    process.send?.(String((error as Error).stack), () => process.exit(2));
  });
});
process.send?.('loaded');
