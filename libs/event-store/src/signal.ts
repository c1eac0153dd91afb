/** Tells followers how far the log has come, so that they look only when there is something to see. */
export class Signal {
  #reached = 0;
  #waiters = new Set<() => void>();

  /** Wakes all who wait for less. Numbers only grow; `Infinity` wakes everybody for good. */
  raise(reached: number): void {
    if (reached <= this.#reached) return;
    this.#reached = reached;
    for (const wake of this.#waiters) wake();
  }

  /** Resolves when the log has gone beyond a number, when the time is over, or when the signal aborts. */
  wait(beyond: number, atMostMs: number, abort?: AbortSignal): Promise<void> {
    if (this.#reached > beyond || abort?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        abort?.removeEventListener('abort', done);
        this.#waiters.delete(wake);
        resolve();
      };
      const wake = (): void => {
        if (this.#reached > beyond) done();
      };
      const timer = setTimeout(done, atMostMs).unref();
      this.#waiters.add(wake);
      abort?.addEventListener('abort', done, { once: true });
    });
  }
}
