import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, body, newKey } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { draftForms, dropDraft, keepDraft, readDraft } from './draft.ts';
import type { Values } from './values.ts';

/** Nobody has typed for so long: what was typed goes to the server. */
const restMs = 1_000;
/** After so long without an answer, none is waited for. */
const sendingMs = 10_000;
const readingMs = 5_000;
/** Who leaves waits no longer for what is being sent. */
const leavingMs = 4_000;
/** What the server could not take goes to it again after so long. */
const retryMs = 20_000;

/** Forms that begin a case or do a task: what is typed into them is found again on any device. */
const isKeptByServer = (form: string) => /^(start|task)\./.test(form);

/** What was typed into a form, and when it was last: engine time. */
interface Draft {
  readonly at: string;
  readonly values: Values;
}

/** What the server does not have yet; `draft` null: it is to forget what it has. */
interface Unsent {
  readonly account: string;
  readonly form: string;
  readonly draft: Draft | null;
  readonly timer: number;
}

const nameOf = (account: string, form: string) => `${account} ${form}`;
const unsent = new Map<string, Unsent>();
/** What is asked of the server, by form: each behind the one before, or an old text would come after its end. */
const lines = new Map<string, Promise<unknown>>();
const told = new EventTarget();

function owe(account: string, form: string, draft: Draft | null, waitMs: number): void {
  const name = nameOf(account, form);
  clearTimeout(unsent.get(name)?.timer);
  const timer = window.setTimeout(() => void send(name), waitMs);
  unsent.set(name, { account, form, draft, timer });
  told.dispatchEvent(new Event('change'));
}

/** The server has it, or something later, or nobody wants it kept: nothing of it is left here. */
function settle(account: string, form: string): void {
  const name = nameOf(account, form);
  clearTimeout(unsent.get(name)?.timer);
  unsent.delete(name);
  dropDraft(account, form);
  told.dispatchEvent(new Event('change'));
}

function inLine<T>(name: string, ask: () => Promise<T>): Promise<T> {
  const before = lines.get(name) ?? Promise.resolve();
  const answer = before.catch(() => undefined).then(ask);
  lines.set(name, answer);
  return answer;
}

const send = (name: string) => inLine(name, () => sendLast(name));

/** Sends what was typed last, if the server does not have it; what it cannot keep stays in the tab. */
async function sendLast(name: string): Promise<void> {
  const one = unsent.get(name);
  if (!one) return;
  const { account, form, draft } = one;
  clearTimeout(one.timer);
  try {
    await api.PUT('/api/v1/session/drafts/{form}', {
      params: { path: { form }, header: { 'Idempotency-Key': newKey() } },
      body: { account, values: draft?.values ?? null, ...(draft && { at: draft.at }) },
      signal: AbortSignal.timeout(sendingMs),
    });
    // Typed on meanwhile: that is still to be sent.
    if (unsent.get(name) === one) settle(account, form);
  } catch (error) {
    const { outcomeUnknown, status } = problemOf(error);
    // 409: there are as many as may be, or somebody else is signed in; it passes. What no session sends waits for the next.
    const isPassing = outcomeUnknown || status === 429 || status === 409;
    if (unsent.get(name) === one && isPassing) owe(account, form, draft, retryMs);
  }
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') for (const name of unsent.keys()) void send(name);
});

/**
 * Keeps what was typed: in the tab at once, with the server when nobody types for a moment.
 * @param at engine time
 */
export function keep(account: string, form: string, values: Values, at: string): void {
  const draft = { at, values };
  keepDraft(account, form, { ...draft });
  if (isKeptByServer(form)) owe(account, form, draft, restMs);
}

/** Forgets a draft wherever it is: it was sent, or is not wanted any more. */
export function forget(account: string, form: string): void {
  dropDraft(account, form);
  if (isKeptByServer(form)) owe(account, form, null, 0);
}

/** Whether the server has all that was typed into a form. */
export function useIsKept(account: string, form: string): boolean {
  const isUnsent = useSyncExternalStore(
    (listener) => {
      told.addEventListener('change', listener);
      return () => told.removeEventListener('change', listener);
    },
    () => unsent.has(nameOf(account, form)),
  );
  return isKeptByServer(form) && !isUnsent;
}

const inStorage = (account: string, form: string): Draft | null => {
  const { at, values } = readDraft(account, form) ?? {};
  return typeof at === 'string' && typeof values === 'object' && values !== null
    ? { at, values: values as Values }
    : null;
};

/**
 * What was typed last into a form, in this tab or elsewhere; what the server does not have is sent to it.
 * @returns null: nothing, or it is to be forgotten
 */
export async function findDraft(account: string, form: string): Promise<Values | null> {
  const name = nameOf(account, form);
  const asked = () =>
    body(
      api.GET('/api/v1/session/drafts/{form}', {
        params: { path: { form } },
        signal: AbortSignal.timeout(readingMs),
      }),
    );
  const kept = await inLine(name, asked).catch(() => null);
  const left = unsent.get(name);
  const own = left ? left.draft : inStorage(account, form);
  if (left?.draft === null || (own !== null && own.at > (kept?.keptAt ?? ''))) {
    owe(account, form, own, 0);
    return own?.values ?? null;
  }
  settle(account, form);
  return (kept?.values as Values | undefined) ?? null;
}

/** What was typed into a form and not sent, as it is when the form is opened; null: it is not known yet. */
export function useFoundDraft(account: string, form: string): { readonly draft: Values | null } | null {
  const [found, setFound] = useState(() =>
    isKeptByServer(form) ? null : { draft: inStorage(account, form)?.values ?? null },
  );
  useEffect(() => {
    if (!isKeptByServer(form)) return;
    let isAsked = true;
    // What is open stays as it is, whatever becomes of its draft.
    void findDraft(account, form).then((draft) => isAsked && setFound((before) => before ?? { draft }));
    return () => {
      isAsked = false;
    };
  }, [account, form]);
  return found;
}

/**
 * Sends what is in this tab only, also what an earlier page left in it; the server keeps what was typed last.
 * @returns after a few seconds at most: the forms of which the server does not have what was typed
 */
export async function sendDrafts(account: string): Promise<readonly string[]> {
  for (const form of draftForms(account).filter(isKeptByServer)) {
    const own = inStorage(account, form);
    if (own !== null && !unsent.has(nameOf(account, form))) owe(account, form, own, 0);
  }
  const ofAccount = () => [...unsent].filter(([, one]) => one.account === account);
  await Promise.race([
    Promise.all(ofAccount().map(([name]) => send(name))),
    new Promise((resolve) => setTimeout(resolve, leavingMs)),
  ]);
  return ofAccount().flatMap(([, { form, draft }]) => (draft === null ? [] : [form]));
}

/** Forgets all that this tab has of an account. */
export function leaveDrafts(account: string): void {
  for (const form of draftForms(account)) dropDraft(account, form);
  for (const one of [...unsent.values()]) if (one.account === account) settle(account, one.form);
}

/** Forms of a kind that somebody began and did not send, here or elsewhere, the last first. */
export const useDrafts = (account: string, kind: string) =>
  useQuery({
    queryKey: ['drafts', account, kind],
    gcTime: 0,
    queryFn: async () => {
      // Who leaves a form for the list finds it there; what the server cannot keep is in this tab.
      const left = await sendDrafts(account);
      const asked = api.GET('/api/v1/session/drafts', { signal: AbortSignal.timeout(readingMs) });
      const { items: kept } = await body(asked);
      const here = left.filter((form) => !kept.some((one) => one.form === form));
      return [...here.map((form) => ({ form, keptAt: null })), ...kept].filter(({ form }) =>
        form.startsWith(kind),
      );
    },
  });
