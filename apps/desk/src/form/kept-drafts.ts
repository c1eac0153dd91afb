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
const lines = new Map<string, Promise<void>>();
const told = new EventTarget();

function owe(account: string, form: string, draft: Draft | null, waitMs: number): void {
  const name = nameOf(account, form);
  clearTimeout(unsent.get(name)?.timer);
  const timer = window.setTimeout(() => void send(name), waitMs);
  unsent.set(name, { account, form, draft, timer });
  told.dispatchEvent(new Event('change'));
}

function send(name: string): Promise<void> {
  const line = (lines.get(name) ?? Promise.resolve()).then(() => sendLast(name));
  lines.set(name, line);
  return line;
}

/** Sends what was typed last, if the server does not have it; what it cannot keep stays in the tab. */
async function sendLast(name: string): Promise<void> {
  const one = unsent.get(name);
  if (!one) return;
  const { account, form, draft } = one;
  clearTimeout(one.timer);
  try {
    await api.PUT('/api/v1/session/drafts/{form}', {
      params: { path: { form }, header: { 'Idempotency-Key': newKey() } },
      body: { account, values: draft?.values ?? null },
      signal: AbortSignal.timeout(sendingMs),
    });
    // Typed on meanwhile: that is still to be sent.
    if (unsent.get(name) !== one) return;
    unsent.delete(name);
    dropDraft(account, form);
    told.dispatchEvent(new Event('change'));
  } catch (error) {
    const { outcomeUnknown, status } = problemOf(error);
    if (unsent.get(name) === one && (outcomeUnknown || status === 429)) owe(account, form, draft, retryMs);
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

/** What this tab has and the server, as far as known here, does not. */
function inTab(account: string, form: string): Draft | null {
  const one = unsent.get(nameOf(account, form));
  return one ? one.draft : inStorage(account, form);
}

/**
 * Settles between what this tab has of a form and what the server has: the later wins.
 * @param keptAt when the server kept its own last; null: it has none, or cannot be asked
 * @returns what this tab has, when that is the later
 */
function settle(account: string, form: string, keptAt: string | null): Draft | null {
  const own = inTab(account, form);
  if (own === null) return null;
  if (keptAt === null || own.at > keptAt) {
    if (!unsent.has(nameOf(account, form))) owe(account, form, own, 0);
    return own;
  }
  clearTimeout(unsent.get(nameOf(account, form))?.timer);
  unsent.delete(nameOf(account, form));
  dropDraft(account, form);
  return null;
}

async function findDraft(account: string, form: string): Promise<Values | null> {
  await lines.get(nameOf(account, form));
  const kept = await body(api.GET('/api/v1/session/drafts/{form}', { params: { path: { form } } })).catch(
    () => null,
  );
  // Somebody wanted it forgotten, and the server does not know yet.
  if (unsent.get(nameOf(account, form))?.draft === null) return null;
  return settle(account, form, kept?.keptAt ?? null)?.values ?? (kept?.values as Values | undefined) ?? null;
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

const listed = async () => (await body(api.GET('/api/v1/session/drafts'))).items;

/**
 * Sends what is in this tab only, also what an earlier page left in it.
 * @returns the forms of which the server does not have what was typed
 */
export async function sendDrafts(account: string): Promise<readonly string[]> {
  const inThisTab = () => draftForms(account).filter(isKeptByServer);
  const ofAccount = () => [...unsent].filter(([, one]) => one.account === account);
  if (inThisTab().some((form) => !unsent.has(nameOf(account, form)))) {
    const kept = await listed().catch(() => null);
    for (const form of kept === null ? [] : inThisTab())
      settle(account, form, kept?.find((one) => one.form === form)?.keptAt ?? null);
  }
  await Promise.all(ofAccount().map(([name]) => send(name)));
  const left = ofAccount().flatMap(([, { form, draft }]) => (draft === null ? [] : [form]));
  return [...new Set([...left, ...inThisTab()])];
}

/** Forgets all that this tab has of an account. */
export function leaveDrafts(account: string): void {
  for (const form of draftForms(account)) dropDraft(account, form);
  for (const [name, one] of unsent)
    if (one.account === account) {
      clearTimeout(one.timer);
      unsent.delete(name);
    }
}

/** Forms of a kind that somebody began and did not send, here or elsewhere, the last first. */
export const useDrafts = (account: string, kind: string) =>
  useQuery({
    queryKey: ['drafts', account, kind],
    gcTime: 0,
    queryFn: async () => {
      // Who leaves a form for the list finds it there; what the server cannot keep is in this tab.
      const left = await sendDrafts(account);
      const kept = await listed();
      const here = left.filter((form) => !kept.some((one) => one.form === form));
      return [...here.map((form) => ({ form, keptAt: null })), ...kept].filter(({ form }) =>
        form.startsWith(kind),
      );
    },
  });
