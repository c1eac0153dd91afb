import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FollowerConfig, Order, Said } from './follower.ts';

/** A projector that can be killed, and stand still. */
export class FollowerProcess {
  readonly notes: string[] = [];
  readonly #child: ChildProcess;
  #output = '';

  private constructor() {
    this.#child = fork(join(import.meta.dirname, 'follower.ts'), [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#output = (this.#output + text).slice(-4_000);
    });
    this.#child.on('message', (said: Said) => {
      if (said.said === 'note') this.notes.push(said.what);
    });
  }

  /** Loaded, and doing nothing yet. */
  static async load(): Promise<FollowerProcess> {
    const follower = new FollowerProcess();
    await follower.#heard('loaded');
    return follower;
  }

  /** Resolves when its views are there, or it has ended. */
  async begin(config: FollowerConfig): Promise<void> {
    const ready = this.#heard('ready');
    this.#order({ order: 'begin', config });
    await ready;
  }

  /** @returns whether the tables were made anew; false when that failed, or it ended over it */
  async rebuild(): Promise<boolean> {
    const rebuilt = this.#heard('rebuilt');
    this.#order({ order: 'rebuild' });
    return (await rebuilt) === 'rebuilt';
  }

  /** @returns whether the case is no longer set aside; false when that failed, or it ended over it */
  async resume(caseId: string): Promise<boolean> {
    const resumed = this.#heard('resumed', 'aside');
    this.#order({ order: 'resume', caseId });
    return (await resumed) === 'resumed';
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Whether it stands still, by its own or by another's doing. */
  get isStanding(): boolean {
    return this.isAlive && /\) [Tt] /.test(readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8'));
  }

  stand(): void {
    this.#child.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (!this.isAlive) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  /** Waits until it has ended. @returns false when it goes on after so long */
  async hasEnded(withinMs: number): Promise<boolean> {
    for (const until = performance.now() + withinMs; this.isAlive && performance.now() < until;)
      await pause(5);
    return !this.isAlive;
  }

  #order(order: Order): void {
    if (this.isAlive) this.#child.send(order, () => undefined);
  }

  /** @returns what it said: what was waited for, or that it failed; null when it was killed */
  async #heard(...what: readonly Said['said'][]): Promise<Said['said'] | null> {
    return new Promise((resolve, reject) => {
      const onMessage = ({ said }: Said): void => {
        if (what.includes(said) || said === 'failed') end(said);
      };
      const onExit = (code: number | null): void => {
        if (code !== null) reject(new Error(`a follower ended by itself: ${this.#output}`));
        end(null);
      };
      const end = (said: Said['said'] | null): void => {
        this.#child.off('message', onMessage).off('exit', onExit);
        resolve(said);
      };
      this.#child.on('message', onMessage).once('exit', onExit);
      if (!this.isAlive) end(null);
    });
  }
}
