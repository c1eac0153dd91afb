import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useReason } from '../session/reading.tsx';
import { api, body } from './client.ts';
import { keys } from './queries.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

/** A stretch of a case's history. */
export type Chapter = Schemas['ReplayDto'];
export type Step = Schemas['ReplayStepDto'];
export type Standing = Schemas['StandingDto'];

/** Events of a chapter; the server answers with the chapter in which a revision lies. */
export const chapterSize = 200;

const chapterKey = (id: string, number: number, reason: string | undefined) =>
  [...keys.cases, id, 'replay', number, reason] as const;

const load = (id: string, query: { revision?: number; at?: string; reason: string | undefined }) =>
  body(api.GET('/api/v1/cases/{id}/replay', { params: { path: { id }, query } }));

/**
 * The chapter of this number, from 0; until it is there, the one shown before. Its reading is recorded, so each is asked for
 * once as long as the case stays as it is.
 */
export function useChapter(id: string, number: number, on = true) {
  const reason = useReason();
  return useQuery({
    queryKey: chapterKey(id, number, reason),
    queryFn: () => load(id, { revision: number * chapterSize, reason }),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    enabled: on,
  });
}

/** What following the chain of the case came to; asked for when people want to know, as its reading is recorded. */
export function useChain(id: string, on: boolean) {
  const reason = useReason();
  return useQuery({
    queryKey: [...keys.cases, id, 'chain', reason],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/chain', { params: { path: { id }, query: { reason } } })),
    staleTime: Infinity,
    enabled: on,
  });
}

/** Finds the last step that the log had at an instant; null: there was no case yet. */
export function useFindInstant(id: string): (at: string) => Promise<number | null> {
  const queries = useQueryClient();
  const reason = useReason();
  return async (at) => {
    const chapter = await load(id, { at, reason });
    queries.setQueryData(chapterKey(id, Math.floor(chapter.first / chapterSize), reason), chapter);
    return chapter.revision;
  };
}

/** The step at an instant that an address names; null: there was no case yet. @param at null: none is asked for */
export function useStepAt(id: string, at: string | null) {
  const find = useFindInstant(id);
  return useQuery({
    queryKey: [...keys.cases, id, 'step-at', at, useReason()],
    queryFn: async () => ({ step: await find(at!) }),
    staleTime: Infinity,
    enabled: at !== null,
  });
}
