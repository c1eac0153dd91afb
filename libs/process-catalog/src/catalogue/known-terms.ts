import type { TermCatalogue } from './catalogue.ts';

/** What deadlines may name: see `KnownTerms` of `compile.ts`. */
export function knownTerms(catalogue: Pick<TermCatalogue, 'terms' | 'ladder'>): {
  hasTerm(key: string): boolean;
  hasLadder(name: string): boolean;
} {
  const keys = new Set(catalogue.terms().map(({ key }) => key));
  return { hasTerm: (key) => keys.has(key), hasLadder: (name) => catalogue.ladder(name) !== null };
}
