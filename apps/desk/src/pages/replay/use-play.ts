import { useEffect, useState } from 'react';

/** Long enough to read what happened. */
const stepMs = 1_200;

/**
 * Goes on by itself, a step at a time, until the end or until somebody moves. Whoever asked for less motion is not offered
 * it.
 * @param isWaiting the step shown is not the one asked for yet
 */
export function usePlay(at: number, total: number, isWaiting: boolean, go: (step: number) => void) {
  const [wanted, setWanted] = useState(false);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const playing = wanted && !calm && at < total - 1;
  useEffect(() => {
    if (!playing || isWaiting) return;
    const timer = setTimeout(() => go(at + 1), stepMs);
    return () => clearTimeout(timer);
  }, [playing, isWaiting, at, go]);
  return {
    playing,
    calm,
    /** At the end it begins anew. */
    play(on: boolean) {
      if (on && at >= total - 1) go(0);
      setWanted(on);
    },
  };
}
