import type { Shadow } from './shadow.ts';

/** Where a spec file that has a second engine keeps it; see `setup.ts`. */
const place = Symbol.for('iter.shadow');
const here = globalThis as { [place]?: { shadow: Shadow | null } };

/** From now on, worlds of this file are watched. */
export const allowShadow = (): void => void (here[place] = { shadow: null });

/** The second engine of this file, made when a first one begins; null where none is wanted. */
export function shadowOfThisFile(make: () => Shadow): Shadow | null {
  const kept = here[place];
  return kept ? (kept.shadow ??= make()) : null;
}

/** The second engine of this file, if there has been a first one. */
export const shadowMade = (): Shadow | null => here[place]?.shadow ?? null;
