// One PostgreSQL and one Redis for all suites that need real servers; both end with the run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from '../../scripts/build.mjs';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function startRedis(folder) {
  const port = await freePort();
  const server = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', ''],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((ready, fail) => {
    server.once('error', () =>
      fail(
        new Error('The tests need redis-server: on Debian or Ubuntu, `sudo apt-get install redis-server`.'),
      ),
    );
    server.once('exit', (code) => fail(new Error(`redis-server ended with status ${code}`)));
    server.stdout.on('data', (text) => {
      if (String(text).includes('Ready to accept connections')) ready();
    });
  });
  server.removeAllListeners('exit');
  return { server, url: `redis://127.0.0.1:${port}` };
}

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
