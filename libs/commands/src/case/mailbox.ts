/** What comes for one name; empty when nobody is left. */
interface Mailbox {
  last: Promise<unknown> | null;
}

/**
 * One thing at a time per case: what comes for the same name waits for what came before, also when that failed.
 * Different names do not wait for one another.
 */
export function createMailboxes(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  // A map that often gives and takes leaves old tables behind, each of which keeps what it held, and the next table, alive
  // until all memory is looked through: what it held must be next to nothing by then (ADR 0041).
  const boxes = new Map<string, Mailbox>();
  return (name, work) => {
    const box = boxes.get(name) ?? { last: null };
    const mine = box.last ? box.last.then(work, work) : work();
    box.last = mine;
    boxes.set(name, box);
    const leave = (): void => {
      if (box.last !== mine) return;
      box.last = null;
      boxes.delete(name);
    };
    mine.then(leave, leave);
    return mine;
  };
}
