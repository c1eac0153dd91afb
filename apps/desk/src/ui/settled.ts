import { useEffect, useState } from 'react';
import { afterPress } from './press.ts';

/** Who stops for so long has typed what they wanted. */
const typedMs = 600;

/** A value once it has stayed the same for so long: by default, as long as somebody who types rests. */
export function useSettled<T>(value: T, ms = typedMs): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => afterPress(() => setSettled(value)), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
