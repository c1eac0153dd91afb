import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, body } from '../api/client.ts';
import { newKey } from '../api/commands.ts';
import { dropDraft, keepDraft, readDraft } from './draft.ts';
import type { Values } from './values.ts';

/** Nobody has typed for so long: what was typed goes to the server. */
const restMs = 1_000;

/** Forms that begin a case or do a task: what is typed into them is found again on any device. */
const isKeptByServer = (form: string) => /^(start|task)\./.test(form);

const resting = new Map<
  string,
  { readonly account: string; readonly values: Values; readonly timer: number }
>();
/** What was asked of the server last, by form: the next is sent behind it, or an old text would come after its end. */
const lines = new Map<string, Promise<unknown>>();
/** Forms of which the server has all that was typed. */
const kept = new Set<string>();
/** Forms that were sent, or are not wanted any more, since somebody typed into them. */
const forgotten = new Set<string>();
const told = new EventTarget();
const tell = () => told.dispatchEvent(new Event('change'));

function put(form: string, values: Values | null): Promise<unknown> {
  const line = (lines.get(form) ?? Promise.resolve()).then(() =>
    api.PUT('/api/v1/session/drafts/{form}', {
      params: { path: { form }, header: { 'Idempotency-Key': newKey() } },
      body: { values },
    }),
  );
  lines.set(
    form,
    line.catch(() => undefined),
  );
  return line;
}

async function send(form: string): Promise<void> {
  const one = resting.get(form);
  if (!one) return;
  clearTimeout(one.timer);
  resting.delete(form);
  try {
    await put(form, one.values);
    if (resting.has(form) || forgotten.has(form)) return;
    // The copy in the tab is what the server does not have yet.
    dropDraft(one.account, form);
    kept.add(form);
    tell();
  } catch {
    // What the server cannot keep stays in the tab.
  }
}

/** Sends what is still in this tab only. */
export const sendDrafts = (): Promise<unknown> => Promise.all([...resting.keys()].map(send));

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') void sendDrafts();
});

/** Keeps what was typed: in the tab at once, with the server when nobody types for a moment. */
export function keep(account: string, form: string, values: Values): void {
  keepDraft(account, form, values);
  if (!isKeptByServer(form)) return;
  clearTimeout(resting.get(form)?.timer);
  resting.set(form, { account, values, timer: window.setTimeout(() => void send(form), restMs) });
  kept.delete(form);
  forgotten.delete(form);
  tell();
}

/** Forgets a draft wherever it is: it was sent, or is not wanted any more. */
export function forget(account: string, form: string): void {
  dropDraft(account, form);
  if (!isKeptByServer(form)) return;
  clearTimeout(resting.get(form)?.timer);
  resting.delete(form);
  kept.delete(form);
  forgotten.add(form);
  tell();
  // One that is left behind is forgotten by the server in its time.
  put(form, null).catch(() => undefined);
}

/** Whether the server has all that was typed into a form. */
export const useIsKept = (form: string): boolean =>
  useSyncExternalStore(
    (listener) => {
      told.addEventListener('change', listener);
      return () => told.removeEventListener('change', listener);
    },
    () => kept.has(form),
  );

/** What was typed into a form and not sent: what this tab has and the server does not, else what the server has. */
export function useFoundDraft(
  account: string,
  form: string,
): { readonly isPending: boolean; readonly draft: Values | null } {
  const inTab = readDraft(account, form);
  const query = useQuery({
    queryKey: ['draft', account, form],
    queryFn: async () => {
      await (lines.get(form) ?? Promise.resolve());
      const { values } = await body(api.GET('/api/v1/session/drafts/{form}', { params: { path: { form } } }));
      if (values !== null) kept.add(form);
      return values as Values | null;
    },
    enabled: inTab === null && isKeptByServer(form),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return { isPending: query.isLoading, draft: inTab ?? query.data ?? null };
}

/** Forms of a kind that somebody began and did not send, here or elsewhere, the last first. */
export const useDrafts = (kind: string) =>
  useQuery({
    queryKey: ['drafts', kind],
    gcTime: 0,
    queryFn: async () => {
      // Who leaves a form for the list finds it there.
      await sendDrafts();
      await Promise.all(lines.values());
      const { items } = await body(api.GET('/api/v1/session/drafts'));
      return items.filter(({ form }) => form.startsWith(kind));
    },
  });
