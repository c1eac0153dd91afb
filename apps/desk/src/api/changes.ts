import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { reachFor } from './client.ts';
import { refreshCases } from './queries.ts';
import { afterPress } from '../ui/press.ts';

const gatherMs = 250;
const restMs = 2_000;
const reopenMs = 5_000;
/** What an opening may take, added to the age of what is shown. */
const openingMs = 2_000;
const mostAgoMs = 3_600_000;

/**
 * Follows `/api/v1/changes` while `on`: the lists, and what is shown of the cases that changed, are asked
 * for again: soon after a change that comes alone, every two seconds while many come. What changed between the
 * page's first question and the opening is told too. The browser resumes a broken stream by itself; a refused
 * one is opened anew.
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
    let refreshedAt = -Infinity;
    let missed = false;
    /** Cases that changed since the last refresh; null: any may have. */
    let changed: Set<string> | null = new Set();

    // It is said above the page, and moves it.
    const tellDown = (is: boolean) => afterPress(() => setDown(is));
    const gather = (cases: readonly string[] | null) => {
      if (cases === null) changed = null;
      else cases.forEach((id) => changed?.add(id));
      const wait = Math.max(gatherMs, refreshedAt + restMs - performance.now());
      gathering ??= setTimeout(() => {
        gathering = undefined;
        refreshedAt = performance.now();
        void refreshCases(queries, changed);
        changed = new Set();
      }, wait);
    };
    const open = () => {
      // Since the page was begun: nothing that it shows was asked for before.
      const beganMs = performance.now();
      const agoMs = Math.min(Math.ceil(beganMs) + openingMs, mostAgoMs);
      source = new EventSource(`/api/v1/changes?agoMs=${agoMs}`);
      source.onopen = () => {
        tellDown(false);
        // A slow opening began later than the server could know.
        if (missed || performance.now() - beganMs > openingMs) gather(null);
        missed = false;
      };
      source.onmessage = (event: MessageEvent<string>) => {
        reachFor(event.lastEventId);
        gather(casesOf(event.data));
      };
      source.onerror = () => {
        missed = true;
        tellDown(true);
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

/** The cases that a change names; null: it says `all`, or something newer than this desk. */
function casesOf(data: string): readonly string[] | null {
  try {
    const { cases } = JSON.parse(data) as { cases?: unknown };
    return Array.isArray(cases) ? cases.map(String) : null;
  } catch {
    return null;
  }
}
