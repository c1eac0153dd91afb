/**
 * One thing at a time per case: what comes for the same name waits for what came before, also when that failed.
 * Different names do not wait for one another.
 */
export function createMailboxes(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = tails.get(name);
    const mine = before ? before.then(work, work) : work();
    tails.set(name, mine);
    const leave = (): void => {
      if (tails.get(name) === mine) tails.delete(name);
    };
    mine.then(leave, leave);
    return mine;
  };
}
