import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { makeFolder } from '../folders/index.ts';
import { provideBinaries } from './binaries.ts';
import { serverFolder, serverUser } from './user.ts';

export interface EmbeddedPostgres {
  /** Connection string of the database `iter`. */
  readonly url: string;
  readonly port: number;
  /** False when another living process started it: then `stop` leaves it running. */
  readonly isOurs: boolean;
  /** Fast shutdown: open transactions are rolled back, everything committed is flushed. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Folder of the installation (`ITER_HOME`); data and binaries go below it. */
  readonly home: string;
  /** Told in one line what takes time. */
  readonly onProgress?: (what: string) => void;
}

/**
 * A new folder for a server that is not to stay: whoever removes it when the server has stopped leaves nothing behind. (As
 * root the server runs as another user, who must get there; else its data would lie in a system folder.)
 */
export function temporaryHome(name: string): string {
  const home = mkdtempSync(join(tmpdir(), `${name}-`));
  chmodSync(home, 0o711);
  return home;
}

const database = 'iter';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const readNumber = (file: string): number | null =>
  existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) || null : null;

async function portIsFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  const outcome = await Promise.race([
    once(server, 'listening').then(() => true),
    once(server, 'error').then(() => false),
  ]).catch(() => false);
  if (outcome) await new Promise((done) => server.close(done));
  return outcome;
}

async function anyFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** What the binaries and an empty database take, and some room to begin with. */
const leastBytes = 256 * 1024 ** 2;

/** A disk that fills up half way says so in words that nobody can mend. */
function assertRoom(folder: string): void {
  if (existsSync(join(folder, 'data', 'PG_VERSION'))) return;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= leastBytes) return;
  throw Object.assign(new Error(`ENOSPC: less than ${leastBytes / 1024 ** 2} MB free, '${folder}'`), {
    ...{ code: 'ENOSPC', path: folder },
  });
}

const patienceMs = 60_000;
const pauseMs = 100;

/** Connects, also to a server that was adopted while it still recovers from a crash (57P03: not yet). */
async function connect(url: string): Promise<pg.Client> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const { code } = error as { code?: string };
      if ((code !== '57P03' && code !== 'ECONNREFUSED') || performance.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

/**
 * Starts the PostgreSQL that npm brought, or adopts it when it survived the process that started it.
 *
 * It listens on 127.0.0.1 only, with a password kept in a private file, checksums on and the durable defaults. It runs in a
 * session of its own, so that Ctrl-C reaches it last. As root it runs as another user, from a folder that user can read.
 * @throws when the platform has no binaries or the server does not start; the message names the server's log
 */
export async function startEmbeddedPostgres({
  home,
  onProgress,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  makeFolder(home);
  const user = serverUser();
  const folder = serverFolder(home, user);
  makeFolder(folder);
  assertRoom(folder);
  // Whatever the process's umask: the server's user passes through, and sees only what is its own.
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const portFile = join(folder, 'port');
  const ownerFile = join(folder, 'owner.pid');
  const log = join(folder, 'server.log');
  const bin = provideBinaries(folder);
  if (user) chownSync(folder, user.uid, user.gid);

  // PostgreSQL reads its own environment variables; none of ours may steer it.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
  const options = { cwd: folder, env: { ...env, LC_ALL: 'C.UTF-8', LC_MESSAGES: 'C' }, ...user };
  const run = (command: string, args: string[]): void => {
    const { status, stderr, stdout } = spawnSync(join(bin, command), args, { ...options, encoding: 'utf8' });
    if (status !== 0)
      throw new Error(`The embedded PostgreSQL failed (${command}): ${stderr || stdout} See ${log}.`);
  };
  /** `pg_ctl` waits for the server; only its exit counts, since the server keeps what it inherits open. */
  const control = async (...args: string[]): Promise<number | null> => {
    const child = spawn(join(bin, 'pg_ctl'), ['-D', data, ...args], { ...options, stdio: 'ignore' });
    const [status] = (await once(child, 'exit')) as [number | null];
    return status;
  };

  if (!existsSync(passwordFile))
    writeFileSync(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  if (!existsSync(join(data, 'PG_VERSION'))) {
    onProgress?.('Preparing the database …');
    // Beside it and renamed: a start that was killed half way leaves nothing that looks complete.
    const fresh = `${data}.new`;
    rmSync(fresh, { recursive: true, force: true });
    rmSync(data, { recursive: true, force: true });
    run('initdb', [
      ...['-D', fresh, '-U', 'iter', '-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
      ...['--data-checksums', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ]);
    renameSync(fresh, data);
  }

  let port = readNumber(portFile);
  let isOurs = true;
  if ((await control('status')) === 0) {
    const owner = readNumber(ownerFile);
    isOurs = owner === null || owner === process.pid || !isAlive(owner);
  } else {
    if (port === null || !(await portIsFree(port))) port = await anyFreePort();
    writeFileSync(portFile, `${port}\n`);
    const settings = [
      `-c port=${port}`,
      '-c listen_addresses=127.0.0.1',
      "-c unix_socket_directories=''",
      '-c max_connections=200',
      // The server's log is no place for what rows hold: no statements, no details of errors.
      '-c log_min_error_statement=panic',
      '-c log_error_verbosity=terse',
      '-c log_checkpoints=off',
    ];
    const status = await control('start', '-w', '-t', '60', '-l', log, '-o', settings.join(' '));
    // Another process may have started it in this very moment: then it is that one's.
    if (status !== 0 && (await control('status')) === 0) isOurs = false;
    else if (status !== 0) {
      const tail = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-6).join('\n') : '';
      throw new Error(`The embedded PostgreSQL did not start. The end of ${log}:\n${tail}`);
    }
  }
  port = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]);
  if (isOurs) writeFileSync(ownerFile, `${process.pid}\n`);

  const password = readFileSync(passwordFile, 'utf8').trim();
  const address = `postgresql://iter:${password}@127.0.0.1:${port}`;
  const client = await connect(`${address}/postgres`);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (!rowCount) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }

  return {
    url: `${address}/${database}`,
    port,
    isOurs,
    async stop() {
      if (!isOurs) return;
      rmSync(ownerFile, { force: true });
      await control('stop', '-m', 'fast', '-w', '-t', '60');
    },
  };
}
