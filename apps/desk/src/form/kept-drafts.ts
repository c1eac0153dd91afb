import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, body, newKey } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { draftForms, dropDraft, keepDraft, readDraft } from './draft.ts';
import { afterPress } from '../ui/press.ts';
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
export interface Draft {
  readonly at: string;
  readonly values: Values;
}

/**
 * When the texts were typed that the server may have and of which what is here is the next: first the one that it had, then
 * those sent to it since whose arrival is not known. What it has besides is somebody else's, and is asked about.
 */
type Known = readonly string[];
/** So many are remembered of those whose arrival is not known. */
const mostTried = 20;

/** What was typed here. */
export interface OwnDraft extends Draft {
  readonly known: Known;
}

/** What the server does not have yet; `draft` null: it is to forget what it has. */
interface Unsent {
  readonly account: string;
  readonly form: string;
  draft: OwnDraft | null;
  readonly timer: number;
}

const nameOf = (account: string, form: string) => `${account} ${form}`;
const unsent = new Map<string, Unsent>();
/** What is asked of the server, by form: each behind the one before, or an old text would come after its end. */
const lines = new Map<string, Promise<unknown>>();
const told = new EventTarget();

/** Forms that are open here. */
const open = new Map<string, Known>();
/** Of forms that are being looked at again. */
const looking = new Set<string>();
/**
 * What was typed elsewhere, in another window or on another computer, of forms that hold something else here: until the
 * person chooses, also when the form is left and opened again, neither takes the other's place.
 */
const later = new Map<string, Draft>();

function owe(account: string, form: string, draft: OwnDraft | null, waitMs: number): void {
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
  later.delete(name);
  dropDraft(account, form);
  told.dispatchEvent(new Event('change'));
}

/** What is typed from now on, and what was and is not sent, is the next of these. */
function goOnFrom(name: string, known: Known): void {
  if (open.has(name)) open.set(name, known);
  const one = unsent.get(name);
  if (!one?.draft) return;
  one.draft = { ...one.draft, known };
  keepDraft(one.account, one.form, { ...one.draft });
}

function withTried(known: Known, at: string): Known {
  const all = [...new Set([...known, at])];
  return all.length > mostTried ? all.filter((_, place) => place !== 1) : all;
}

function inLine<T>(name: string, ask: () => Promise<T>): Promise<T> {
  const before = lines.get(name) ?? Promise.resolve();
  const answer = before.catch(() => undefined).then(ask);
  lines.set(name, answer);
  return answer;
}

const saysTheSame = (a: Values, b: Values) => JSON.stringify(a) === JSON.stringify(b);

const send = (name: string) => inLine(name, () => sendLast(name));

/** Sends what was typed last, if the server does not have it; what it cannot keep stays in the tab. */
async function sendLast(name: string): Promise<void> {
  const one = unsent.get(name);
  if (!one) return;
  const { account, form, draft } = one;
  const known = draft?.known ?? [];
  clearTimeout(one.timer);
  if (draft) goOnFrom(name, withTried(known, draft.at));
  try {
    const { keptAt, values } = await body(
      api.PUT('/api/v1/session/drafts/{form}', {
        params: { path: { form }, header: { 'Idempotency-Key': newKey() } },
        body: {
          account,
          values: draft?.values ?? null,
          ...(draft && { at: draft.at, basedOn: known[0] ?? null }),
        },
        signal: AbortSignal.timeout(sendingMs),
      }),
    );
    if (keptAt !== null && values !== null) {
      if (known.indexOf(keptAt) > 0) {
        // It came from here: its answer did not.
        goOnFrom(name, [keptAt]);
        await sendLast(name);
      } else if (unsent.get(name)?.draft) overtake(account, form, { at: keptAt, values: values as Values });
      return;
    }
    goOnFrom(name, keptAt === null ? [] : [keptAt]);
    // Typed on meanwhile: that is still to be sent.
    if (unsent.get(name) === one) settle(account, form);
  } catch (error) {
    const { outcomeUnknown, status } = problemOf(error);
    // 409: there are as many as may be, or somebody else is signed in; it passes. What no session sends waits for the next.
    const isPassing = outcomeUnknown || status === 429 || status === 409;
    if (unsent.get(name) === one && isPassing) owe(account, form, one.draft, retryMs);
  }
}

const ask = async (form: string): Promise<Draft | null> => {
  const { keptAt, values } = await body(
    api.GET('/api/v1/session/drafts/{form}', {
      params: { path: { form } },
      signal: AbortSignal.timeout(readingMs),
    }),
  );
  return keptAt === null || values === null ? null : { at: keptAt, values: values as Values };
};

/** What is here stays in the tab, what is there with the server: the person chooses. */
function overtake(account: string, form: string, found: Draft): void {
  const name = nameOf(account, form);
  clearTimeout(unsent.get(name)?.timer);
  unsent.delete(name);
  later.set(name, found);
  told.dispatchEvent(new Event('change'));
}

/**
 * Looks whether something else was typed elsewhere, once nothing of an open form is left to be sent.
 * @param shown what the form shows
 */
export async function lookForLater(account: string, form: string, shown: Values): Promise<void> {
  const name = nameOf(account, form);
  const known = open.get(name);
  if (known === undefined || looking.has(name) || unsent.has(name) || later.has(name)) return;
  looking.add(name);
  const found = await inLine(name, () => ask(form)).catch(() => null);
  looking.delete(name);
  if (!found || known.includes(found.at) || open.get(name) !== known || unsent.has(name)) return;
  if (saysTheSame(found.values, shown)) {
    goOnFrom(name, [found.at]);
    return;
  }
  // The server has it no longer.
  const [at] = known;
  if (at !== undefined && Object.keys(shown).length > 0)
    keepDraft(account, form, { at, values: shown, known });
  overtake(account, form, found);
}

/** The person wants the other text: what was typed here is let go. */
export function takeLater(account: string, form: string): void {
  chosen(account, form);
  settle(account, form);
}

/** The person wants what was typed here: it is the last from now on. @param at engine time */
export function keepOwn(account: string, form: string, values: Values, at: string): void {
  chosen(account, form);
  keep(account, form, values, at);
}

/** What stays is the next of the other text, of which the person knows. */
function chosen(account: string, form: string): void {
  const name = nameOf(account, form);
  const other = later.get(name);
  later.delete(name);
  if (other) goOnFrom(name, [other.at]);
}

/** A form is open here. @param draft what it shows first @returns what to call when it is closed */
export function opened(account: string, form: string, draft: OwnDraft | null): () => void {
  const name = nameOf(account, form);
  open.set(name, draft?.known ?? []);
  return () => void open.delete(name);
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') for (const name of unsent.keys()) void send(name);
});

/**
 * Keeps what was typed: in the tab at once, with the server when nobody types for a moment.
 * @param at engine time
 */
export function keep(account: string, form: string, values: Values, at: string): void {
  const name = nameOf(account, form);
  const draft = { at, values, known: open.get(name) ?? [] };
  keepDraft(account, form, draft);
  if (isKeptByServer(form) && !later.has(name)) owe(account, form, draft, restMs);
}

/** Forgets a draft wherever it is: it was sent, or is not wanted any more. */
export function forget(account: string, form: string): void {
  later.delete(nameOf(account, form));
  dropDraft(account, form);
  if (isKeptByServer(form)) owe(account, form, null, 0);
}

function useTold<T>(read: () => T): T {
  return useSyncExternalStore((listener) => {
    told.addEventListener('change', listener);
    return () => told.removeEventListener('change', listener);
  }, read);
}

/** Whether the server has all that was typed into a form. */
export function useIsKept(account: string, form: string): boolean {
  const name = nameOf(account, form);
  return useTold(() => isKeptByServer(form) && !unsent.has(name) && !later.has(name));
}

/**
 * What was typed elsewhere into a form that holds something else here; null: nothing. Looked for whenever somebody comes back to
 * the window, and told by the server when it keeps that instead.
 * @param draft what the form showed first
 * @param shown what it shows
 */
export function useLater(account: string, form: string, draft: OwnDraft | null, shown: Values): Draft | null {
  useEffect(() => (isKeptByServer(form) ? opened(account, form, draft) : undefined), [account, form, draft]);
  useEffect(() => {
    const look = () => void (document.visibilityState === 'visible' && lookForLater(account, form, shown));
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [account, form, shown]);
  return useTold(() => later.get(nameOf(account, form)) ?? null);
}

const inStorage = (account: string, form: string): OwnDraft | null => {
  const { at, values, known } = readDraft(account, form) ?? {};
  return typeof at === 'string' && typeof values === 'object' && values !== null
    ? { at, values: values as Values, known: Array.isArray(known) ? known.map(String) : [] }
    : null;
};

/**
 * What was typed last into a form, in this tab or elsewhere; what the server does not have is sent to it, unless it has
 * something else by now: then it is asked about (`useLater`) and what was typed in this tab is found.
 * @returns null: nothing, or it is to be forgotten
 */
export async function findDraft(account: string, form: string): Promise<OwnDraft | null> {
  const name = nameOf(account, form);
  const kept = await inLine(name, () => ask(form)).catch(() => null);
  const left = unsent.get(name);
  if (left?.draft === null) {
    owe(account, form, null, 0);
    return null;
  }
  const own = left?.draft ?? inStorage(account, form);
  if (own === null || (kept !== null && saysTheSame(own.values, kept.values))) {
    settle(account, form);
    return kept && { ...kept, known: [kept.at] };
  }
  later.delete(name);
  if (kept === null || own.known.includes(kept.at)) owe(account, form, own, 0);
  else overtake(account, form, kept);
  return { ...own, known: withTried(own.known, own.at) };
}

/** What was typed into a form and not sent, as it is when the form is opened; null: it is not known yet. */
export function useFoundDraft(account: string, form: string): { readonly draft: OwnDraft | null } | null {
  const [found, setFound] = useState(() =>
    isKeptByServer(form) ? null : { draft: inStorage(account, form) },
  );
  useEffect(() => {
    if (!isKeptByServer(form)) return;
    let isAsked = true;
    // What is open stays as it is, whatever becomes of its draft.
    void findDraft(account, form).then((draft) =>
      afterPress(() => isAsked && setFound((before) => before ?? { draft })),
    );
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
    const name = nameOf(account, form);
    if (own !== null && !unsent.has(name) && !later.has(name)) owe(account, form, own, 0);
  }
  const ofAccount = () => [...unsent].filter(([, one]) => one.account === account);
  await Promise.race([
    Promise.all(ofAccount().map(([name]) => send(name))),
    new Promise((resolve) => setTimeout(resolve, leavingMs)),
  ]);
  const undecided = draftForms(account).filter((form) => later.has(nameOf(account, form)));
  return [...ofAccount().flatMap(([, { form, draft }]) => (draft === null ? [] : [form])), ...undecided];
}

/** Forgets all that this tab has of an account. */
export function leaveDrafts(account: string): void {
  for (const form of draftForms(account)) settle(account, form);
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
