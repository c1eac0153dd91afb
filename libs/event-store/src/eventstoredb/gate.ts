import { LogOverloaded } from '../port.ts';

/**
 * Lets so many through at once; the others wait in their order.
 * @param mostWaiting beyond them, one is refused
 */
export function createGate(most: number, mostWaiting: number) {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    /** @throws LogOverloaded when too many wait */
    async pass<T>(work: () => Promise<T>): Promise<T> {
      if (inside >= most) {
        if (waiting.length >= mostWaiting)
          throw new LogOverloaded(`${waiting.length} appends are waiting: this one was not written`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else inside++;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else inside--;
      }
    },
  };
}
