import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, startRedis } from '../../support/servers.mjs';

/** A Redis of one trial, on a port that stays its own over restarts. */
export class ChaosRedis {
  readonly url: string;
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | null = null;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(folder: string): Promise<ChaosRedis> {
    mkdirSync(folder, { recursive: true });
    const redis = new ChaosRedis(folder, await freePort());
    await redis.restart();
    return redis;
  }

  /** With what lies in its folder. No log of commands: only a dump that is asked for survives. */
  async restart(): Promise<void> {
    const more = ['--appendonly', 'no', '--save', ''];
    this.#process = (await startRedis(this.#folder, more, this.#port)).server;
  }

  async ask(...command: [string, ...string[]]): Promise<unknown> {
    const client = new Redis(this.url, { maxRetriesPerRequest: 3, lazyConnect: true });
    client.on('error', () => undefined);
    try {
      return await client.call(...command);
    } finally {
      client.disconnect();
    }
  }

  /** As a power cut ends it. */
  async kill(): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  /** It is there and does not answer. */
  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#process?.kill('SIGCONT');
  }

  async keepDump(): Promise<void> {
    await this.ask('SAVE');
    cpSync(join(this.#folder, 'dump.rdb'), join(this.#folder, 'old.rdb'));
  }

  /** Puts the kept dump in the place of what is there; nothing when none was kept. */
  putBackDump(): void {
    cpSync(join(this.#folder, 'old.rdb'), join(this.#folder, 'dump.rdb'));
  }

  forget(): void {
    rmSync(join(this.#folder, 'dump.rdb'), { force: true });
  }
}
