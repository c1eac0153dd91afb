// Servers of their own for tests, benchmarks and experiments.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port that nobody listens at. It lies below those that systems give to outgoing connections: one of these would be taken
 * again before whoever asked has come to listen there.
 */
export async function freePort() {
  for (;;) {
    const port = 12_000 + randomInt(20_000);
    const server = createServer();
    const isFree = await new Promise((tell) => {
      server.once('error', () => tell(false));
      server.listen(port, '127.0.0.1', () => server.close(() => tell(true)));
    });
    if (isFree) return port;
  }
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
