import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { reachFor } from './client.ts';
import { refresh } from './queries.ts';

const gatherMs = 250;
const reopenMs = 5_000;

/**
 * Follows `/api/v1/changes` while `on`: whatever happened, what is shown is asked for again, at most
 * four times a second. The browser resumes a broken stream by itself; a refused one is opened anew.
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

    const gather = () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void refresh(queries);
      }, gatherMs);
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
