import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useReason } from '../session/reading.tsx';
import { api, body } from './client.ts';
import { mayAskAgain } from './problem.ts';
import type {
  AwaitedMessage,
  DeadlinePreview,
  Page,
  QueryOf,
  SignedCheckpoint,
  TimelineTopic,
} from './model.ts';
import type { ApiProblem } from './problem.ts';

/** First part of every query key: what the live stream of changes invalidates by. */
export const keys = {
  status: ['status'],
  session: ['session'],
  definitions: ['definitions'],
  cases: ['cases'],
  tasks: ['tasks'],
  deadlines: ['deadlines'],
  escalations: ['escalations'],
  incidents: ['incidents'],
  notices: ['notices'],
  preferences: ['preferences'],
  terms: ['terms'],
  calendars: ['calendars'],
  operations: ['operations'],
  audit: ['audit'],
} as const;

const fixed: ReadonlySet<unknown> = new Set(['drawing', 'definitions', 'terms', 'session']);

/** What is asked of the log is recorded as asked by whoever reads: nothing else asks it again. Checkpoints say nothing of anybody. */
const isTheReaders = ([kind, what]: readonly unknown[]): boolean =>
  kind === keys.audit[0] && what !== 'checkpoints';

/** Asks again for all that is shown and can have changed. */
export const refresh = (queries: QueryClient) =>
  queries.invalidateQueries({
    predicate: (query) =>
      !fixed.has(query.queryKey[0]) && !isTheReaders(query.queryKey) && mayAskAgain(query),
  });

const ofCases: ReadonlySet<unknown> = new Set(['cases', 'tasks', 'deadlines']);
const alwaysNews: ReadonlySet<unknown> = new Set(['status', 'notices', 'escalations', 'incidents']);

/**
 * Asks again for the lists and for what is shown of these cases; of others nothing changed, and every
 * reading of their content would be recorded.
 * @param cases null: any may have changed
 */
export function refreshCases(queries: QueryClient, cases: ReadonlySet<string> | null) {
  if (cases === null) return refresh(queries);
  return queries.invalidateQueries({
    predicate: (query) => {
      const [kind, what, of] = query.queryKey;
      if (!mayAskAgain(query)) return false;
      if (alwaysNews.has(kind)) return true;
      if (!ofCases.has(kind)) return false;
      const id = String(what === 'of' ? of : what).split('.')[0] ?? '';
      return what === 'list' || cases.has(id);
    },
  });
}

/**
 * What of cases and the log the server records every reading of: it is read again when it changed or is asked for anew, not each
 * time somebody looks at the page.
 */
const content = { staleTime: Infinity };

interface ListOptions {
  readonly staleTime?: number;
  readonly placeholderData?: typeof keepPreviousData;
  readonly refetchInterval?: number;
}

/** Lists come in pages; the pages of the desk show them as one list that grows. `readAt`: when the first was, by the browser's clock. */
export function useList<P extends Page<unknown>>(
  key: readonly unknown[],
  load: (cursor: string | undefined) => Promise<P>,
  on = true,
  options: ListOptions = {},
) {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam }) => ({ readAt: Date.now(), ...(await load(pageParam)) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: on,
    ...options,
  });
  const pages = query.data?.pages;
  return {
    ...query,
    readAt: pages?.[0]?.readAt,
    items: pages?.flatMap((page): readonly P['items'][number][] => page.items),
  };
}

export const statusQuery = queryOptions({
  queryKey: keys.status,
  queryFn: () => body(api.GET('/status')),
  staleTime: 30_000,
});

export const useStatus = () => useQuery({ ...statusQuery, refetchInterval: 60_000 });

/** The latest version of every process, by name, as people look for them. */
export const useDefinitions = (on = true) =>
  useQuery({
    queryKey: keys.definitions,
    queryFn: () => body(api.GET('/api/v1/process-definitions')),
    enabled: on,
    select: (page) => page.items.toSorted((a, b) => a.name.localeCompare(b.name, 'it')),
  });

export const useDefinition = (key: string | null) =>
  useQuery({
    queryKey: [...keys.definitions, key],
    queryFn: () =>
      body(api.GET('/api/v1/process-definitions/{key}', { params: { path: { key: key ?? '' } } })),
    enabled: key !== null,
  });

/** A deployed definition with its drawing. */
export interface Deployed {
  readonly hash: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly xml: string;
}

/** Definitions by their hashes, in the same order; each is asked for once, as it never changes. */
export const useDeployed = (hashes: readonly string[]) =>
  useQueries({
    queries: hashes.map((hash) => ({
      queryKey: ['drawing', 'by-hash', hash],
      staleTime: Infinity,
      queryFn: async (): Promise<Deployed> => {
        const { key, name, version } = await body(
          api.GET('/api/v1/process-definitions/by-hash/{hash}', { params: { path: { hash } } }),
        );
        const xml = await body(
          api.GET('/api/v1/process-definitions/{key}/versions/{version}/xml', {
            params: { path: { key, version: String(version) } },
            parseAs: 'text',
          }),
        );
        return { hash, key, name, version, xml };
      },
    })),
    combine: (results) => ({
      data: results.every((one) => one.data !== undefined)
        ? results.flatMap((one) => one.data ?? [])
        : undefined,
      error: results.find((one) => one.error !== null)?.error ?? null,
      isPending: results.some((one) => one.isPending),
      refetch: () => void results.forEach((one) => void one.refetch()),
    }),
  });

export const useVersions = (key: string) =>
  useQuery({
    queryKey: [...keys.definitions, key, 'versions'],
    queryFn: () => body(api.GET('/api/v1/process-definitions/{key}/versions', { params: { path: { key } } })),
    select: (page) => page.items,
  });

export type CaseFilter = Pick<QueryOf<'/api/v1/cases'>, 'text' | 'state' | 'process' | 'comune' | 'involved'>;

export const useCases = (filter: CaseFilter) =>
  useList([...keys.cases, 'list', filter], (cursor) =>
    body(api.GET('/api/v1/cases', { params: { query: { ...given(filter), cursor, limit: 50 } } })),
  );

export const useCase = (id: string) =>
  useQuery({
    queryKey: [...keys.cases, id],
    queryFn: () => body(api.GET('/api/v1/cases/{id}', { params: { path: { id } } })),
  });

/** What of a line of time is wanted. */
interface TimelineAsked {
  readonly about?: TimelineTopic | undefined;
  /** Only of this instance of an element. */
  readonly key?: string;
  readonly all?: boolean;
}

const askTimeline = (id: string, { about, key, all }: TimelineAsked, page: object) =>
  body(
    api.GET('/api/v1/cases/{id}/timeline', {
      params: { path: { id }, query: { about, key, ...(all === true && { all: 'true' as const }), ...page } },
    }),
  );

type TimelinePage = Awaited<ReturnType<typeof askTimeline>>;

const timelinePage = 100;

/**
 * What happened in a case, newest first, a page at a time. When the case changed only what is new is asked for, and the
 * pages that are there stay, unless what they say has changed as well.
 */
export function useTimeline(id: string, asked: TimelineAsked, on = true) {
  const queries = useQueryClient();
  const reason = useReason();
  const key = [...keys.cases, id, 'timeline', asked, reason];
  /** The first page was loaded whole, so the others are as well. */
  const isAnew = useRef(true);
  const ask = (more: object) => askTimeline(id, asked, { limit: timelinePage, reason, ...more });
  const load = async (cursor: string | undefined): Promise<TimelinePage> => {
    const known = queries.getQueryData<InfiniteData<TimelinePage, string | undefined>>(key);
    const page = known?.pages[known.pageParams.indexOf(cursor)];
    if (cursor !== undefined) return page && !isAnew.current ? page : ask({ cursor });
    isAnew.current = true;
    if (!page) return ask({});
    const [newest] = page.items;
    const news = newest && (await ask({ after: newest.revision }));
    if (!news || news.earlierChanged || news.nextCursor !== null) return ask({});
    isAnew.current = false;
    return { ...news, items: [...news.items, ...page.items], nextCursor: page.nextCursor };
  };
  return useList(key, load, on, { ...content, placeholderData: keepPreviousData });
}

/** All that people care about in a case, oldest first: for paper. */
export function useWholeTimeline(id: string) {
  const reason = useReason();
  return useQuery({
    queryKey: [...keys.cases, id, 'whole-timeline', reason],
    ...content,
    queryFn: async () =>
      (await gather((cursor) => askTimeline(id, {}, { cursor, limit: 1_000, reason }))).toReversed(),
  });
}

/** Whether something is asked of the reader: the case waits for it, and it is theirs to register. */
export const isAsked = ({ asked, mayRegister }: AwaitedMessage): boolean => asked && mayRegister;

/** What several cases await from people, in their order; those that cannot be asked await nothing. */
export const useAwaitedOf = (ids: readonly string[]) =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: [...keys.cases, id, 'incoming'],
      queryFn: () => body(api.GET('/api/v1/cases/{id}/incoming', { params: { path: { id } } })),
    })),
    combine: (answers) => new Map(answers.map(({ data }, at) => [ids[at] ?? '', data?.items ?? []] as const)),
  });

/** Where the tokens of a case stand and which way they took. */
export function useWalk(id: string, on = true) {
  const reason = useReason();
  return useQuery({
    enabled: on,
    queryKey: [...keys.cases, id, 'walk', reason],
    ...content,
    queryFn: () => body(api.GET('/api/v1/cases/{id}/walk', { params: { path: { id }, query: { reason } } })),
  });
}

/** What a case waits for beside its tasks. */
export const useAhead = (id: string) =>
  useQuery({
    queryKey: [...keys.cases, id, 'ahead'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/ahead', { params: { path: { id } } })),
    select: (page) => page.items,
  });

export const useCaseTasks = (caseId: string) =>
  useQuery({
    queryKey: [...keys.tasks, 'of', caseId],
    queryFn: () =>
      body(api.GET('/api/v1/tasks', { params: { query: { caseId, assigned: 'all', limit: 100 } } })),
    select: (page) => page.items,
  });

export const useCaseDeadlines = (id: string) =>
  useQuery({
    queryKey: [...keys.deadlines, 'of', id],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/deadlines', { params: { path: { id } } })),
    select: (page) => page.items,
  });

/** @param task only what lies with it: for those to whom the rest of the file is closed */
export function useDocuments(id: string, on = true, task?: string) {
  const reason = useReason();
  return useQuery({
    queryKey: [...keys.cases, id, 'documents', reason, task],
    enabled: on,
    ...content,
    queryFn: () =>
      body(api.GET('/api/v1/cases/{id}/documents', { params: { path: { id }, query: { reason, task } } })),
    select: (page) => page.items,
  });
}

export function useComments(id: string) {
  const reason = useReason();
  return useQuery({
    queryKey: [...keys.cases, id, 'comments', reason],
    ...content,
    queryFn: () =>
      body(api.GET('/api/v1/cases/{id}/comments', { params: { path: { id }, query: { reason } } })),
    select: (page) => page.items,
  });
}

export const useAwaited = (id: string, on = true) =>
  useQuery({
    queryKey: [...keys.cases, id, 'incoming'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/incoming', { params: { path: { id } } })),
    select: (page) => page.items,
    enabled: on,
  });

/** Where the tokens of a case stand, with the keys that acts on them name. */
export function useStanding(id: string) {
  const reason = useReason();
  return useQuery({
    queryKey: [...keys.cases, id, 'standing', reason],
    ...content,
    queryFn: () => body(api.GET('/api/v1/cases/{id}/state', { params: { path: { id }, query: { reason } } })),
  });
}

/** What people may begin in the case now. */
export const useAdHoc = (id: string, on = true) =>
  useQuery({
    queryKey: [...keys.cases, id, 'ad-hoc'],
    queryFn: () => body(api.GET('/api/v1/cases/{id}/ad-hoc', { params: { path: { id } } })),
    select: (page) => page.items,
    enabled: on,
  });

export function useTask(id: string) {
  const reason = useReason();
  return useQuery({
    queryKey: [...keys.tasks, id, reason],
    ...content,
    // Done, it is closed to whoever may not read its case: they keep what they saw.
    enabled: ({ state: { data } }) => data === undefined || data.state === 'open' || data.readsCase,
    queryFn: () => body(api.GET('/api/v1/tasks/{id}', { params: { path: { id }, query: { reason } } })),
  });
}

export type DeadlineFilter = Pick<QueryOf<'/api/v1/deadlines'>, 'state' | 'nature' | 'comune'>;

export const useDeadlines = (filter: DeadlineFilter) =>
  useList([...keys.deadlines, 'list', filter], (cursor) =>
    body(api.GET('/api/v1/deadlines', { params: { query: { ...given(filter), cursor, limit: 50 } } })),
  );

export type TermFilter = NonNullable<QueryOf<'/api/v1/terms'>>;

/** The catalogue of terms; it changes with a release only. */
export const useTerms = (filter: TermFilter = {}) =>
  useQuery({
    queryKey: [...keys.terms, filter],
    queryFn: () => body(api.GET('/api/v1/terms', { params: { query: given(filter) } })),
    select: (answer) => answer.items,
    placeholderData: keepPreviousData,
    staleTime: 3_600_000,
  });

export const useCalendar = (ipa: string | null, year: number | undefined) =>
  useQuery({
    queryKey: [...keys.calendars, ipa, year],
    queryFn: () =>
      body(
        api.GET('/api/v1/bodies/{ipa}/calendar', {
          params: { path: { ipa: ipa ?? '' }, query: { year } },
        }),
      ),
    enabled: ipa !== null,
  });

/** What an operation would do to a deadline now; asked anew for each wish, and never kept. */
export const usePreview = (id: string, asked: DeadlinePreview | null) =>
  useQuery({
    queryKey: [...keys.deadlines, 'preview', id, asked],
    queryFn: () =>
      body(
        api.POST('/api/v1/deadlines/{id}/preview', {
          params: { path: { id } },
          body: asked ?? { operation: 'reissue-ladder' },
        }),
      ),
    enabled: asked !== null,
    gcTime: 0,
    staleTime: 0,
  });

export type EscalationFilter = Pick<
  QueryOf<'/api/v1/escalations'>,
  'state' | 'assigned' | 'kind' | 'nature' | 'process' | 'comune'
>;

export const useEscalations = (filter: EscalationFilter) =>
  useList([...keys.escalations, 'list', filter], (cursor) =>
    body(api.GET('/api/v1/escalations', { params: { query: { ...given(filter), cursor, limit: 50 } } })),
  );

export const useIncidents = (state: 'open' | 'resolved') =>
  useList([...keys.incidents, state], (cursor) =>
    body(api.GET('/api/v1/incidents', { params: { query: { state, cursor, limit: 50 } } })),
  );

export const useNotices = () =>
  useQuery({
    queryKey: keys.notices,
    queryFn: () => body(api.GET('/api/v1/notices', { params: { query: { limit: 50 } } })),
    select: (page) => page.items,
  });

export const usePreferences = () =>
  useQuery({
    queryKey: [...keys.preferences, 'mail'],
    queryFn: () => body(api.GET('/api/v1/session/preferences')),
  });

export const useFeeds = () =>
  useQuery({
    queryKey: [...keys.preferences, 'feeds'],
    queryFn: () => body(api.GET('/api/v1/calendar/feeds')),
    select: (answer) => answer.items,
  });

export type AuditFilter = Readonly<Record<'type' | 'body' | 'process' | 'from' | 'to', string>> & {
  readonly role: QueryOf<'/api/v1/audit/events'>['role'];
};

/** @param filter empty: whatever it is */
export const useAuditEvents = ({ role, ...filter }: AuditFilter, on: boolean) =>
  useList(
    [...keys.audit, 'events', filter, role],
    (cursor) =>
      body(
        api.GET('/api/v1/audit/events', {
          params: { query: { ...given(filter), ...(role && { role }), cursor, limit: 100 } },
        }),
      ),
    on,
    content,
  );

/** @param caseId only those to this case */
export const useAccesses = (caseId?: string) =>
  useList(
    [...keys.audit, 'accesses', caseId],
    (cursor) =>
      body(api.GET('/api/v1/audit/accesses', { params: { query: { caseId, cursor, limit: 100 } } })),
    true,
    content,
  );

export const useHolds = () =>
  useList([...keys.audit, 'holds'], (cursor) =>
    body(api.GET('/api/v1/erasures/holds', { params: { query: { cursor, limit: 50 } } })),
  );

export const useErasures = () =>
  useList([...keys.audit, 'erasures'], (cursor) =>
    body(api.GET('/api/v1/erasures', { params: { query: { cursor, limit: 50 } } })),
  );

const askCheckpoints = (cursor: string | undefined, limit: number) =>
  body(api.GET('/api/v1/audit/checkpoints', { params: { query: { cursor, limit } } }));

export const useCheckpoints = () =>
  useList([...keys.audit, 'checkpoints'], (cursor) => askCheckpoints(cursor, 50));

/** All of them, the first first, for a file to keep. */
export const useGatherCheckpoints = () =>
  useMutation<SignedCheckpoint[], ApiProblem>({
    mutationFn: async () => (await gather((cursor) => askCheckpoints(cursor, 200))).toReversed(),
  });

export type FindingsFilter = Pick<QueryOf<'/api/v1/audit/findings'>, 'question' | 'year' | 'term'>;

export const useFindings = (filter: FindingsFilter) =>
  useList(
    [...keys.audit, 'findings', filter],
    (cursor) =>
      body(api.GET('/api/v1/audit/findings', { params: { query: { ...filter, cursor, limit: 100 } } })),
    true,
    content,
  );

/** Only the filters that say something. */
export function given<T extends object>(filter: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(filter).filter(([, value]) => value !== '' && value !== undefined),
  ) as Partial<T>;
}

/** All pages of a list, one after the other: for what a part of would be no use. */
export async function gather<T>(load: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}
