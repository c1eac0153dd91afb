import type { components } from '../api/schema.d.ts';
import { useSession } from './session.tsx';

type Definition = components['schemas']['DefinitionDto'];

/** Those ways to begin a case that are this person's: the desk's are all of them. */
export function useMyStarts<T extends { readonly role: string | null }>(starts: readonly T[]): readonly T[] {
  const { grants } = useSession();
  const roles = new Set<string>(grants.map(({ role }) => role));
  return starts.filter(({ role }) => roles.has('DESK_OPERATOR') || (role !== null && roles.has(role)));
}

/** The procedures that this person may begin, in the given order. */
export function useStartable(all: readonly Definition[]): readonly Definition[] {
  const mine = useMyStarts(
    all.flatMap(({ key, isPart, starts }) => (isPart ? [] : starts.map((it) => ({ ...it, key })))),
  );
  const keys = new Set(mine.map(({ key }) => key));
  return all.filter(({ key }) => keys.has(key));
}
