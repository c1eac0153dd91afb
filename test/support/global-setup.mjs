// One PostgreSQL, one Redis and a double of EventStoreDB for all suites that need servers; they end with the run.
import { buildServer } from '../../scripts/build.mjs';
import { startRedis } from './servers.mjs';

export default async function globalSetup() {
  // Jest calls this once for each project that names it.
  if (globalThis.iterServers) return;
  await buildServer();
  const { startEmbeddedPostgres, temporaryHome } =
    await import('../../libs/platform/dist/embedded-postgres/index.js');
  const { EsdbDouble } = await import('./esdb/index.ts');
  const folder = temporaryHome('iter-test');
  const [postgres, redis, esdb] = await Promise.all([
    startEmbeddedPostgres({ home: folder }),
    startRedis(folder),
    EsdbDouble.start(),
  ]);
  globalThis.iterServers = { postgres, redis: redis.server, esdb, folder };
  process.env.ITER_TEST_DATABASE_URL = postgres.url;
  process.env.ITER_TEST_REDIS_URL = redis.url;
  process.env.ITER_TEST_EVENTSTORE_URL = process.env.EVENTSTORE_TEST_URL || esdb.url;
}
