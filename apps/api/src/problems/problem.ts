import type { CommandRejection } from '@iter/commands';
import { withItalianDates } from '@iter/process-model';
import type { Label } from '@iter/process-model';
import { problemKinds } from './catalogue.ts';
import type { ProblemCode } from './catalogue.ts';

export interface ProblemPlace {
  /** JSON pointer into the request. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** The same, before it is known who reads it. */
export interface PlaceToTell extends Omit<ProblemPlace, 'message'> {
  /** In one language: as the process or the form says it, which is Italian. */
  readonly message: string | Label;
}

export interface ProblemDetails {
  /** In Italian, or in both languages. */
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
    super((typeof detail === 'object' ? detail.en : detail) ?? problemKinds[code].en);
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
  new Problem(code, { detail: message, ...(errors && { errors }) });

/** The body of a problem: `application/problem+json`. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly traceId: string;
  readonly errors: readonly ProblemPlace[];
}

/** @param language of what has words in both: Italian unless the caller prefers English */
export function problemBody(
  problem: Problem,
  request: { readonly path: string; readonly traceId: string; readonly language: 'it' | 'en' },
): ProblemBody & Readonly<Record<string, unknown>> {
  const { code, details } = problem;
  const kind = problemKinds[code];
  const detail = details.detail ?? kind;
  return {
    ...details.more,
    // Who shows it says so; without it the detail of a case at hand is Italian.
    ...(typeof details.detail === 'object' && { detailLanguage: request.language }),
    type: `/problems/${code}`,
    title: kind[request.language],
    status: kind.status,
    detail: inWords(detail, request.language),
    instance: request.path,
    code,
    traceId: request.traceId,
    errors: (details.errors ?? []).map(({ message, ...place }) => ({
      ...place,
      message: inWords(message, request.language),
    })),
  };
}

/** What is said in one language is Italian, and so are its dates. */
const inWords = (words: string | Label, language: 'it' | 'en'): string =>
  typeof words === 'string' ? withItalianDates(words) : words[language];
