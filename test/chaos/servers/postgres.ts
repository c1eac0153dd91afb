import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@iter/platform/embedded-postgres';
import pg from 'pg';
import { freePort } from '../../support/servers.mjs';

/** A PostgreSQL of one trial, with durable settings, that can be killed; it comes back at the same address. */
export class ChaosPostgres {
  readonly url: string;
  readonly port: number;
  readonly #folder: string;
  readonly #data: string;
  #server: ChildProcess | null = null;

  private constructor(url: string, folder: string, data: string) {
    this.url = url;
    this.port = Number(new URL(url).port);
    this.#folder = folder;
    this.#data = data;
  }

  /** @param home a folder; the server's user passes through it */
  static async start(home: string): Promise<ChaosPostgres> {
    mkdirSync(home, { recursive: true });
    for (const folder of [join(home, '..'), home]) chmodSync(folder, 0o711);
    const prepared = await startEmbeddedPostgres({ home });
    await prepared.stop();
    const folder = join(home, 'postgres');
    const server = new ChaosPostgres(prepared.url, folder, join(folder, 'data'));
    await server.restart();
    return server;
  }

  /** The same programs on a copy of the data, with an address of their own. @param home of the copy */
  static async on(server: ChaosPostgres, home: string): Promise<ChaosPostgres> {
    const url = Object.assign(new URL(server.url), { port: String(await freePort()) }).href;
    const data = join(home, 'postgres', 'data');
    const heir = new ChaosPostgres(url, server.#folder, data);
    rmSync(join(data, 'postmaster.pid'), { force: true });
    await heir.restart();
    return heir;
  }

  /** After a crash, with all of its recovery. A child of this process, so that it is gone when it was killed. */
  async restart(): Promise<void> {
    const version = readdirSync(this.#folder).find((name) => name.startsWith('postgresql-'))!;
    const { uid, gid } = statSync(this.#data);
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')));
    const settings = [
      `port=${this.port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
    ];
    const program = join(this.#folder, version, 'native', 'bin', 'postgres');
    const server = spawn(program, ['-D', this.#data, ...settings.flatMap((it) => ['-c', it])], {
      ...{ cwd: this.#folder, env: { ...env, LC_ALL: 'C.UTF-8' }, stdio: 'ignore' },
      // PostgreSQL refuses root; the data belong to whom it may run as.
      ...(process.getuid?.() === 0 ? { uid, gid } : {}),
      detached: true,
    });
    this.#server = server;
    for (let tries = 1; !(await this.#answers()); tries++) {
      const isGone = server.exitCode !== null || server.signalCode !== null;
      if (isGone || tries === 600) {
        await this.#end('SIGKILL');
        throw new Error('the server did not come back');
      }
      await pause(50);
    }
  }

  /** As the kernel does when memory is short: the server ends all sessions and recovers by itself. */
  async killBackend(which: string): Promise<boolean> {
    const [pid] = await this.#pidsOf(which);
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
    return pid !== undefined;
  }

  async #pidsOf(which: string): Promise<number[]> {
    const rows = await this.#ask<{ pid: number }>(
      'select pid from pg_stat_activity where application_name = $1',
      [which],
    );
    return rows.map(({ pid }) => pid);
  }

  /**
   * A session stands still, or the whole server, as behind a disk that does not answer.
   * @param which null: the whole server
   * @returns lets it go on; null: there is no such session
   */
  async hold(which: string | null): Promise<(() => void) | null> {
    const held =
      which === null ? [this.#server!.pid!, ...childrenOf(this.#server!.pid!)] : await this.#pidsOf(which);
    for (const pid of held) signal(pid, 'SIGSTOP');
    return held.length === 0 ? null : () => held.forEach((pid) => signal(pid, 'SIGCONT'));
  }

  /** Resolves when it and all its children are gone. */
  async killAll(): Promise<void> {
    const children = childrenOf(this.#server!.pid!);
    await this.#end('SIGKILL');
    // They notice that nobody leads them any more.
    for (const each of children) while (isRunning(each)) await pause(10);
  }

  /** Ends without writing anything down: the next start recovers. */
  stopAtOnce(): Promise<void> {
    return this.#end('SIGQUIT');
  }

  stop(): Promise<void> {
    return this.#end('SIGINT');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  }

  async #answers(): Promise<boolean> {
    return this.#ask('select 1', []).then(
      () => true,
      () => false,
    );
  }

  async #ask<R extends pg.QueryResultRow>(sql: string, values: readonly unknown[]): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<R>(sql, [...values])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** One that has ended meanwhile hears nothing. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone.
  }
}

/** Not so for one that has ended and waits for its parent. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}
