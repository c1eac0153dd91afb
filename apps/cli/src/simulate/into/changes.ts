import { setTimeout as sleep } from 'node:timers/promises';
import type { Remote } from '../../commands/http.ts';

/** Cases that a running system says have changed, as somebody signed in may know of them. */
export class Changes {
  readonly #changed = new Set<string>();
  /** Nobody can say what has changed: all must be looked at. */
  #all = true;

  constructor(private readonly remote: Remote) {}

  /** Listens until the signal aborts; what was missed while the line was down is told as everything. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const data of this.remote.events('/changes', signal)) this.#heed(data);
      } catch {
        // The line broke, or the play is over.
      }
      this.#all = true;
      if (!signal.aborted) await sleep(200);
    }
  }

  #heed(data: string): void {
    const { cases, all } = JSON.parse(data) as { cases?: readonly string[]; all?: boolean };
    if (all) this.#all = true;
    for (const id of cases ?? []) this.#changed.add(id);
  }

  /** What has changed since the last time; null: perhaps everything. */
  take(): readonly string[] | null {
    const changed = [...this.#changed];
    this.#changed.clear();
    if (!this.#all) return changed;
    this.#all = false;
    return null;
  }
}
