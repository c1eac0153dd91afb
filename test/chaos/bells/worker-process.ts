import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order, Said, WorkerConfig } from './worker.ts';

/** A worker that can be killed, stopped, blocked, and whose clock can be set. */
export class WorkerProcess {
  /** What it said of its clock. */
  readonly skews: number[] = [];
  readonly troubles: string[] = [];
  readonly config: WorkerConfig;
  readonly #child: ChildProcess;

  private constructor(config: WorkerConfig, child: ChildProcess) {
    this.config = config;
    this.#child = child;
  }

  /** Resolves when it rings. */
  static async start(config: WorkerConfig): Promise<WorkerProcess> {
    const child = fork(join(import.meta.dirname, 'worker.ts'), [], {
      env: { ...process.env, CHAOS_WORKER: JSON.stringify(config), NODE_OPTIONS: '' },
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const worker = new WorkerProcess(config, child);
    let output = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-4_000)));
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`a worker ended at its start: ${output}`)));
      child.on('message', (said: Said) => {
        if (said.said === 'ready') resolve();
        else if (said.said === 'skew') worker.skews.push(said.ms);
        else worker.troubles.push(said.what);
      });
    });
    child.removeAllListeners('exit');
    return worker;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  order(order: Order): void {
    if (this.isAlive && this.#child.connected) this.#child.send(order, () => undefined);
  }

  async kill(): Promise<void> {
    if (!this.isAlive) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  /** Cleanly; by force when that takes too long. */
  async end(): Promise<void> {
    if (!this.isAlive) return;
    this.order({ order: 'stop' });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await once(this.#child, 'exit');
    clearTimeout(timer);
  }
}
