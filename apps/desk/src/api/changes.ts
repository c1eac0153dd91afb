import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { reachFor } from './client.ts';
import { refresh } from './queries.ts';

const gatherMs = 250;
const restMs = 2_000;
const reopenMs = 5_000;

/**
 * Follows `/api/v1/changes` while `on`: whatever happened, what is shown is asked for again: soon after
 * a change that comes alone, every two seconds while many come. The browser resumes a broken stream by itself; a refused one is opened anew.
 * @returns whether the stream is down at the moment
 */
export function useChanges(on: boolean): { down: boolean } {
  const queries = useQueryClient();
  const [down, setDown] = useState(false);

  useEffect(() => {
    if (!on) return;
    let source: EventSource;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    let missed = false;

    let refreshedAt = -Infinity;
    const gather = () => {
      const wait = Math.max(gatherMs, refreshedAt + restMs - performance.now());
      gathering ??= setTimeout(() => {
        gathering = undefined;
        refreshedAt = performance.now();
        void refresh(queries);
      }, wait);
    };
    const open = () => {
      source = new EventSource('/api/v1/changes');
      source.onopen = () => {
        setDown(false);
        if (missed) gather();
        missed = false;
      };
      source.onmessage = (event) => {
        reachFor(event.lastEventId);
        gather();
      };
      source.onerror = () => {
        missed = true;
        setDown(true);
        if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, reopenMs);
      };
    };

    open();
    return () => {
      source.close();
      clearTimeout(gathering);
      clearTimeout(reopening);
    };
  }, [on, queries]);

  return { down: on && down };
}
