import type { TermCatalogue } from './catalogue.ts';

/** What deadlines may name: see `KnownTerms` of `compile.ts`. */
export function knownTerms(catalogue: Pick<TermCatalogue, 'terms' | 'ladder'>): {
  hasTerm(key: string): boolean;
  hasLadder(name: string): boolean;
  hasBase(key: string, name: string): boolean;
} {
  const bases = new Map<string, Set<string>>();
  for (const term of catalogue.terms()) {
    const names = bases.get(term.key) ?? new Set();
    for (const { name } of term.bases) names.add(name);
    bases.set(term.key, names);
  }
  return {
    hasTerm: (key) => bases.has(key),
    hasLadder: (name) => catalogue.ladder(name) !== null,
    hasBase: (key, name) => bases.get(key)?.has(name) ?? false,
  };
}
