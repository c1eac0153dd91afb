import { useSyncExternalStore } from 'react';

/** How many days ahead a term is shown as close, and as very close. */
export interface Thresholds {
  readonly soonDays: number;
  readonly nearDays: number;
}

export const usualThresholds: Thresholds = { soonDays: 3, nearDays: 10 };
export const mostThresholdDays = 90;

const place = 'iter.thresholds';
const told = new EventTarget();
let now: Thresholds = read();

/** Whole days, the nearer one before the other. */
export const areThresholds = ({ soonDays, nearDays }: Thresholds): boolean =>
  [soonDays, nearDays].every((days) => Number.isInteger(days) && days >= 0 && days <= mostThresholdDays) &&
  soonDays < nearDays;

function read(): Thresholds {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? 'null') as Thresholds | null;
    if (kept && areThresholds(kept)) return kept;
  } catch {
    // What cannot be read is as good as not chosen.
  }
  return usualThresholds;
}

/** Kept in this browser, like the switch of the shortcuts. */
export function setThresholds(to: Thresholds): void {
  now = to;
  try {
    localStorage.setItem(place, JSON.stringify(to));
  } catch {
    // The choice then lasts until the tab is closed.
  }
  told.dispatchEvent(new Event('change'));
}

export const useThresholds = (): Thresholds =>
  useSyncExternalStore(
    (tell) => {
      told.addEventListener('change', tell);
      return () => told.removeEventListener('change', tell);
    },
    () => now,
  );
