import type { CommandRejection } from '@iter/commands';
import { withDates } from '@iter/process-model';
import type { Said } from '@iter/process-model';
import type { Language } from '../http/language.ts';
import { problemKinds } from './catalogue.ts';
import type { ProblemCode } from './catalogue.ts';

export interface ProblemPlace {
  /** JSON pointer into the request. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** Of the message, where it is not the one that was asked for: what a process says is Italian. */
  readonly language?: 'it';
}

/** The same, before it is known who reads it. */
export interface PlaceToTell extends Omit<ProblemPlace, 'message' | 'language'> {
  readonly message: Said;
}

export interface ProblemDetails {
  readonly detail?: PlaceToTell['message'];
  readonly errors?: readonly PlaceToTell[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the answer. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** An answer that is no success, thrown by the edge; the filter writes it as RFC 9457 says. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    const { detail } = details;
    super(detail?.en ?? detail?.it ?? problemKinds[code].en);
  }

  get status(): number {
    return problemKinds[this.code].status;
  }
}

/** The problem that says why a command was refused. */
export const refused = ({
  code,
  message,
  errors,
}: Pick<CommandRejection, 'message' | 'errors'> & { readonly code: ProblemCode }): Problem =>
  new Problem(code, {
    detail: withDates(message),
    ...(errors && { errors: errors.map((it) => ({ ...it, message: withDates(it.message) })) }),
  });

/** A place or a refusal in the language of whoever reads it, its dates as people read them. */
export const toldIn = <T extends { readonly message: Said }>(
  { message, ...it }: T,
  language: Language,
): Omit<T, 'message'> & Pick<ProblemPlace, 'message' | 'language'> => ({
  ...it,
  ...inLanguage(withDates(message), language),
});

/** The body of a problem: `application/problem+json`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly detailLanguage?: 'it';
  readonly instance: string;
  readonly code: string;
  readonly traceId: string;
  readonly errors: readonly ProblemPlace[];
}

export function problemBody(
  problem: Problem,
  request: { readonly path: string; readonly traceId: string; readonly language: Language },
): ProblemBody & Readonly<Record<string, unknown>> {
  const { code, details } = problem;
  const kind = problemKinds[code];
  const detail = inLanguage(details.detail ?? kind, request.language);
  return {
    ...details.more,
    ...(detail.language && { detailLanguage: detail.language }),
    type: `/problems/${code}`,
    title: kind[request.language],
    status: kind.status,
    detail: detail.message,
    instance: request.path,
    code,
    traceId: request.traceId,
    errors: (details.errors ?? []).map(({ message, ...place }) => ({
      ...place,
      ...inLanguage(message, request.language),
    })),
  };
}

/** What is said, in the language of whoever reads it; in Italian where there is no other. */
export function inLanguage({ it, en }: Said, language: Language): Pick<ProblemPlace, 'message' | 'language'> {
  if (language === 'it') return { message: it };
  return en === null ? { message: it, language: 'it' } : { message: en };
}
