// Servers of their own for tests, benchmarks and experiments.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/**
 * A Redis with its files in a folder, on a free port unless one is given.
 * @param more further arguments; the last one given for a setting counts
 */
export async function startRedis(folder, more = [], port = undefined) {
  port ??= await freePort();
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--save',
      '',
      ...more,
    ],
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
