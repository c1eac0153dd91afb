import { useEffect, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Intention } from './commands.ts';
import { newKey } from './client.ts';
import type { Batch } from './operations.ts';
import { problemOf } from './problem.ts';
import type { ApiProblem } from './problem.ts';
import { refresh } from './queries.ts';

export interface Run {
  readonly items: Batch['items'];
  readonly running: boolean;
  readonly error: ApiProblem | null;
}

/**
 * Does a batch stretch by stretch, and shows how far it is. What was done stays done when it is broken off: whoever begins
 * anew goes on with what is left. It ends with the stretch during which whoever began it leaves.
 * @param send does the stretch that begins at the cursor
 */
export function useBatch<Request>(
  send: (request: Request, cursor: string | undefined, intention: Intention) => Promise<Batch>,
) {
  const queries = useQueryClient();
  const [run, setRun] = useState<Run | null>(null);
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  /** @returns whether all of it was done */
  const begin = async (request: Request): Promise<boolean> => {
    const key = newKey();
    const items: Batch['items'] = [];
    setRun({ items, running: true, error: null });
    let cursor: string | undefined;
    let isWhole = false;
    try {
      do {
        const stretch = await send(request, cursor, { 'Idempotency-Key': `${key}.${items.length}` });
        items.push(...stretch.items);
        cursor = stretch.nextCursor ?? undefined;
        setRun({ items: [...items], running: cursor !== undefined, error: null });
      } while (cursor !== undefined && !isLeft.current);
      isWhole = cursor === undefined;
    } catch (error) {
      setRun({ items: [...items], running: false, error: problemOf(error) });
    }
    await refresh(queries);
    return isWhole;
  };
  return { run, begin, forget: () => setRun(null) };
}
