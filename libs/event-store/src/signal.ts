/** Wakes all who wait, and whoever waits next if nobody does: no wake-up is lost between a look and a wait. */
export class Signal {
  #version = 0;
  #waiters = new Set<() => void>();

  get version(): number {
    return this.#version;
  }

  raise(): void {
    this.#version++;
    for (const wake of this.#waiters) wake();
  }

  /** Resolves when raised after `version` was read, when the time is over, or when the signal aborts. */
  wait(version: number, atMostMs: number, abort?: AbortSignal): Promise<void> {
    if (version !== this.#version || abort?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        abort?.removeEventListener('abort', done);
        this.#waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, atMostMs).unref();
      this.#waiters.add(done);
      abort?.addEventListener('abort', done, { once: true });
    });
  }
}
