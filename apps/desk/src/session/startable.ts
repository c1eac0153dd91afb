import type { components } from '../api/schema.d.ts';

type Definition = components['schemas']['DefinitionDto'];
type Start = Definition['starts'][number];

/** Those ways to begin a case that are this person's: for one body, or for any. */
export const myStarts = (starts: readonly Start[], body: string | null): readonly Start[] =>
  starts.filter(({ bodies }) => (body === null ? bodies.length > 0 : bodies.includes(body)));

/** The procedures that this person may begin, in the given order. */
export const startable = (all: readonly Definition[]): readonly Definition[] =>
  all.filter(({ isPart, starts }) => !isPart && myStarts(starts, null).length > 0);
