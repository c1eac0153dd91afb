import i18next from 'i18next';
import createClient from 'openapi-fetch';
import type { Middleware } from 'openapi-fetch';
import type { paths } from './schema.d.ts';
import { ApiProblem } from './problem.ts';

/** Kept by the tab: a page loaded anew sees what was written before as well. */
const place = 'iter-position';
let position = remembered();
let onSignedOut: () => void = () => undefined;

function remembered(): string | null {
  try {
    return sessionStorage.getItem(place);
  } catch {
    return null;
  }
}

/** Every later query of this tab waits until its view has reached this position of the log. */
export function reachFor(next: string | null): void {
  if (next === null || next === '') return;
  position = next;
  try {
    sessionStorage.setItem(place, next);
  } catch {
    // A browser that keeps nothing shows it until the page is left.
  }
}

/** Called when an answer says that the session is over. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD';

/**
 * Marks requests that change something as ours (`X-Iter-Request`), lets queries see what the last command
 * wrote (`Iter-Position`), asks for refusals in the page's language, and turns each into an `ApiProblem`.
 */
const conventions: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', i18next.language ?? 'it');
    if (!isSafe(request.method)) request.headers.set('X-Iter-Request', 'desk');
    else if (position !== null) request.headers.set('Iter-Position', position);
    return request;
  },
  async onResponse({ request, response }) {
    if (!isSafe(request.method)) reachFor(response.headers.get('Iter-Position'));
    if (response.ok) return response;
    if (response.status === 401 && !request.url.endsWith('/session')) onSignedOut();
    throw new ApiProblem(response.status, await readProblem(response));
  },
};

async function readProblem(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.clone().json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The API, with the types of its contract. Calls throw `ApiProblem`; `data` is there when they return. */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' });
api.use(conventions);

/** The body of an answer that the contract says has one. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  return data as T;
}

/** The body of a command that carries files. The contract's types know no `FormData`, hence the cast. */
export const multipart = (form: FormData) => ({ body: form as never, bodySerializer: () => form });

/** A random UUID, also where the page came over plain HTTP and `crypto.randomUUID` is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes]
    .map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
