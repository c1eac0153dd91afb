import { useEffect, useState } from 'react';

/** How long a step is shown, in milliseconds. Never more than three of them in a second, so that nothing flashes (WCAG 2.3.1). */
const paces = { slow: 2_400, normal: 1_200, fast: 600, fastest: 340 } as const;
export type Pace = keyof typeof paces;
export const paceNames = Object.keys(paces) as Pace[];

/**
 * Goes on by itself, a step at a time, until the end or until somebody moves. Whoever asked for less motion is not offered
 * it.
 * @param isWaiting the step shown is not the one asked for yet
 */
export function usePlay(at: number, total: number, isWaiting: boolean, go: (step: number) => void) {
  const [wanted, setWanted] = useState(false);
  const [pace, setPace] = useState<Pace>('normal');
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const playing = wanted && !calm && at < total - 1;
  useEffect(() => {
    if (!playing || isWaiting) return;
    const timer = setTimeout(() => go(at + 1), paces[pace]);
    return () => clearTimeout(timer);
  }, [playing, isWaiting, at, pace, go]);
  return {
    playing,
    calm,
    pace,
    setPace,
    /** At the end it begins anew. */
    play(on: boolean) {
      if (on && at >= total - 1) go(0);
      setWanted(on);
    },
  };
}
