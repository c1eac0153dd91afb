/**
 * Runs work one at a time: what is asked for while it runs is one more run afterwards, however often it was asked.
 * @returns resolves when a run that began after the call has ended; rejects when that run failed
 */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    next = null;
    const mine = work().finally(() => {
      if (running === mine) running = null;
    });
    running = mine;
    return mine;
  };
  return () => {
    if (!running) return begin();
    next ??= running.catch(() => undefined).then(begin);
    return next;
  };
}
