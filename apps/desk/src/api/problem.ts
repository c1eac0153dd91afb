/** A place in the request, and what is wrong there. */
export interface ProblemPlace {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** Of the message, where it is not the one that was asked for: what a process says is Italian. */
  readonly language?: 'it';
}

/** An RFC 9457 problem as the API answers it, or one made here when no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly traceId: string | null;
  readonly errors: readonly ProblemPlace[];
  /** Further members, e.g. who was faster. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const text = (key: string) => (typeof body[key] === 'string' ? (body[key] as string) : '');
    super(text('detail') || text('title') || `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = text('code') || (status === 0 ? 'unreachable' : `http-${status}`);
    this.title = text('title');
    this.detail = text('detail');
    this.traceId = text('traceId') || null;
    this.errors = Array.isArray(body.errors) ? body.errors.flatMap(readError) : [];
    this.more = body;
  }

  /** Whether the command may have been carried out although no clear answer came. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500 || this.status === 408;
  }
}

function readError(entry: unknown): ProblemPlace[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { pointer, code, message, detail, language } = entry as Record<string, unknown>;
  const words = typeof message === 'string' ? message : typeof detail === 'string' ? detail : '';
  const place = { pointer: String(pointer ?? ''), code: String(code ?? ''), message: words };
  return [language === 'it' ? { ...place, language } : place];
}

/**
 * The place in a form that a JSON pointer of a problem speaks of.
 * `/variables/hearingAt` and `#/variables/hearingAt` are `['hearingAt']`, `/variables/members/3/name` is
 * `['members', '3', 'name']`; empty: the request as a whole.
 */
export function placeOf(pointer: string, root = 'variables'): readonly string[] {
  const parts = pointer
    .replace(/^#/, '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (parts[0] === root) parts.shift();
  return parts;
}

/** The form field that a pointer speaks of; null: the request as a whole. */
export const fieldOf = (pointer: string, root = 'variables'): string | null =>
  placeOf(pointer, root)[0] ?? null;

/** Whether a reading was refused for want of a reason: until one is given the answer stays the same. */
export const wantsReason = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'reason-required';

/**
 * Whether asking again for what changed may bring anything: not while a reason is awaited, and what is being typed would be
 * taken away; nor what is closed to the reader, or was open to them and is no longer. What is not there yet may come.
 */
export function mayAskAgain({
  state: { data, error },
}: {
  readonly state: { readonly data: unknown; readonly error: unknown };
}): boolean {
  const status = error instanceof ApiProblem ? error.status : null;
  return !wantsReason(error) && status !== 403 && (status !== 404 || data === undefined);
}

/** Any thrown thing as a problem: what `fetch` throws means that the server could not be reached. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(0, { code: 'unreachable', title: error instanceof Error ? error.message : '' });
}
