import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ClerkConfig, Order, Said } from './clerk.ts';
import type { Answer, Asked } from './ledger.ts';

type Without<T> = T extends unknown ? Omit<T, 'n'> : never;
const gone: Said = { n: -1, answer: { outcome: 'unknown', why: 'the process is gone' } };

/** The write side in another process: asked, compared, killed. */
export class ClerkProcess {
  /** Resolves when it has died. */
  readonly gone: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (said: Said) => void>();
  #orders = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.gone = once(child, 'exit');
  }

  /** Resolves when it takes commands. */
  static async start(config: ClerkConfig): Promise<ClerkProcess> {
    const child = fork(join(import.meta.dirname, 'clerk.ts'), [], {
      env: { ...process.env, CHAOS_CLERK: JSON.stringify(config), NODE_OPTIONS: '' },
      execArgv: [...process.execArgv, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const clerk = new ClerkProcess(child);
    let output = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4_000)));
    await new Promise<void>((resolve, reject) => {
      void clerk.gone.then(() => reject(new Error(`a clerk ended at its start: ${output}`)));
      child.on('message', (said: Said) => {
        if (said.n === -1) return resolve();
        clerk.#waiting.get(said.n)?.(said);
        clerk.#waiting.delete(said.n);
      });
    });
    void clerk.gone.then(() => {
      for (const tell of clerk.#waiting.values()) tell(gone);
      clerk.#waiting.clear();
    });
    return clerk;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected;
  }

  async ask(key: string, asked: Asked): Promise<Answer> {
    return (await this.#order({ order: 'ask', key, asked })).answer!;
  }

  /** @returns what it held otherwise than the log has it; null: nothing */
  async compare(): Promise<string | null> {
    return this.isAlive ? ((await this.#order({ order: 'compare' })).wrong ?? null) : null;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await this.gone;
  }

  async end(): Promise<void> {
    if (!this.isAlive) return;
    void this.#order({ order: 'stop' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await this.gone;
    clearTimeout(timer);
  }

  #order(order: Without<Order>): Promise<Said> {
    if (!this.isAlive) return Promise.resolve(gone);
    const n = this.#orders++;
    return new Promise((resolve) => {
      this.#waiting.set(n, resolve);
      this.#child.send({ n, ...order }, (error) => {
        if (!error) return;
        this.#waiting.delete(n);
        resolve(gone);
      });
    });
  }
}
