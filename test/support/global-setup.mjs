// One PostgreSQL and one Redis for all suites that need real servers; both end with the run.
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../../scripts/build.mjs';
import { startRedis } from './servers.mjs';

export default async function globalSetup() {
  // Jest calls this once for each project that names it.
  if (globalThis.iterServers) return;
  await buildServer();
  const { startEmbeddedPostgres } = await import('../../libs/platform/dist/embedded-postgres/index.js');
  const folder = mkdtempSync(join(tmpdir(), 'iter-test-'));
  // As root the server runs as another user, who must get there; else its data would be left in a system folder.
  chmodSync(folder, 0o711);
  const [postgres, redis] = await Promise.all([startEmbeddedPostgres({ home: folder }), startRedis(folder)]);
  globalThis.iterServers = { postgres, redis: redis.server, folder };
  process.env.ITER_TEST_DATABASE_URL = postgres.url;
  process.env.ITER_TEST_REDIS_URL = redis.url;
}
