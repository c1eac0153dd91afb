import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useStatus } from '../api/queries.ts';
import { dayInRome } from './due.ts';

/** @param at by the browser's clock; now when absent */
type Told = (at?: number) => Date;

const Clock = createContext<Told>((at = Date.now()) => new Date(at));

/** Gives the pages the engine's time, which in demo mode runs ahead of the wall. */
export function ClockProvider({ children }: { readonly children: ReactNode }) {
  const status = useStatus();
  const offsetMs = status.data ? Date.parse(status.data.now) - status.dataUpdatedAt : 0;
  const now = useMemo(
    (): Told =>
      (at = Date.now()) =>
        new Date(at + offsetMs),
    [offsetMs],
  );
  return <Clock value={now}>{children}</Clock>;
}

/** Tells the engine's time at the moment it is called, or at one that the browser noted. */
export const useClock = (): Told => useContext(Clock);

/** The present instant, renewed every half minute. */
export function useNow(): Date {
  const now = useContext(Clock);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now();
}

/** Today in Italy, `YYYY-MM-DD`. */
export function useToday(): string {
  return dayInRome(useNow());
}
