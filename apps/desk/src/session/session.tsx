import { hashKey, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { api, body, whenSignedOut } from '../api/client.ts';
import type { Session } from '../api/model.ts';
import { ApiProblem } from '../api/problem.ts';
import { keys } from '../api/queries.ts';
import { forgetOthers } from '../form/broken-off.ts';
import { leaveDrafts } from '../form/kept-drafts.ts';
import { isGuest } from './guest.ts';

/** Who is signed in; null: nobody. */
async function readSession(): Promise<Session | null> {
  try {
    return offering(await body(api.GET('/api/v1/session')));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null;
    throw error;
  }
}

/** The server lists what a role might do in some lane; to auditors, who only read, nothing else is offered. */
function offering(session: Session): Session {
  if (!session.grants.every(({ role }) => role === 'AUDITOR')) return session;
  return { ...session, acts: session.acts.filter((act) => /^(Read|See|List)/.test(act)) };
}

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: readSession,
  staleTime: 300_000,
});

const Current = createContext<Session | null>(null);

/** Sessions that their owner ended. */
const left = new WeakSet<Session>();

/**
 * The session as the server sees it; when any answer says that it is over, it becomes null here too. `isOver`: it ended so,
 * and nobody signed out or in since.
 */
export function useSessionQuery() {
  const queries = useQueryClient();
  const query = useQuery(sessionQuery);
  const [last, setLast] = useState<Session | null>(null);
  useEffect(() => whenSignedOut(() => endSession(queries)), [queries]);
  const account = query.data?.account;
  if (query.data && query.data !== last) setLast(query.data);
  const isEnded = query.data === null && last !== null;
  useEffect(() => {
    if (account !== undefined) forgetOthers(account);
  }, [account]);
  // Also where it was the question for the session itself that told it.
  useEffect(() => {
    if (isEnded) endSession(queries);
  }, [isEnded, queries]);
  const hasLeft = isEnded && left.has(last);
  // The dialogs that were open are gone by now.
  useEffect(() => {
    if (hasLeft) forgetOthers(null);
  }, [hasLeft]);
  return { ...query, isOver: isEnded && !hasLeft };
}

/** Whoever is signed in is about to end the session: nobody has to be told that it is over. */
export function leaveSession(queries: QueryClient): void {
  const session = queries.getQueryData<Session | null>(keys.session);
  if (session) left.add(session);
}

/** Nobody is signed in any more, and whoever is next in this tab sees nothing of what the last one was shown. */
export function endSession(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryHash }) => queryHash !== hashKey(keys.session) });
  queries.setQueryData(keys.session, null);
}

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Current value={session}>{children}</Current>;
}

/** Who is signed in, below the guard of the shell. */
export function useSession(): Session {
  const session = useContext(Current);
  if (session === null) throw new Error('useSession needs someone signed in');
  return session;
}

/** The bodies of whose cases the person may meet some: those that it works for, then those that may join. */
export function useReach(): Session['bodies'] {
  const { bodies, territory } = useSession();
  return useMemo(() => [...bodies, ...territory], [bodies, territory]);
}

/** Whether to offer an act at all; the server decides when it is done. */
export function useMay(): (...acts: string[]) => boolean {
  const { acts } = useSession();
  return (...wanted) => wanted.some((act) => acts.includes(act));
}

/** Whether the person comes to the desk from a Comune. */
export const useIsGuest = (): boolean => isGuest(useSession());

/** Signs in with a local account; throws `ApiProblem` when refused. */
export async function signIn(username: string, password: string): Promise<void> {
  await api.POST('/api/v1/session', { body: { username, password } });
}

/** Ends the session; what was typed but not sent is left with the server (`sendDrafts` before), and with this tab nothing. */
export async function signOut(account: string): Promise<void> {
  leaveDrafts(account);
  await api.DELETE('/api/v1/session');
}
