import { HttpException } from '@nestjs/common';
import { LogOverloaded, LogWasRestored, OutcomeUnknown } from '@iter/event-store';
import { isUnreached } from '@iter/platform/postgres';
import { Problem } from './problem.ts';

/** Fastify's own errors, by their code. */
const byFastify: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new Problem('body-too-large'),
  FST_REQ_FILE_TOO_LARGE: () => new Problem('body-too-large'),
  FST_FILES_LIMIT: () =>
    new Problem('body-too-large', {
      detail: { it: 'Troppi file in una richiesta.', en: 'Too many files in one request.' },
    }),
  FST_PARTS_LIMIT: () =>
    new Problem('body-too-large', {
      detail: { it: 'Troppe parti in una richiesta.', en: 'Too many parts in one request.' },
    }),
  FST_FIELDS_LIMIT: () =>
    new Problem('body-too-large', {
      detail: { it: 'Troppi campi in una richiesta.', en: 'Too many fields in one request.' },
    }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new Problem('media-type-unsupported'),
  FST_INVALID_MULTIPART_CONTENT_TYPE: () =>
    new Problem('media-type-unsupported', {
      detail: { it: 'Occorre multipart/form-data.', en: 'It takes multipart/form-data.' },
    }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new Problem('body-missing'),
};

/** Any thrown thing as a problem; what nobody foresaw is ours, and says nothing about its inside. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof LogOverloaded || isUnreached(error))
    return new Problem('overloaded', { headers: { 'Retry-After': '1' } });
  if (error instanceof OutcomeUnknown) {
    return new Problem('outcome-unknown', {
      detail: {
        it: 'Ripetere la stessa richiesta con la stessa chiave di idempotenza.',
        en: 'Send the same request again with the same idempotency key.',
      },
      headers: { 'Retry-After': '2' },
    });
  }
  if (error instanceof LogWasRestored) return new Problem('position-invalid');
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (typeof code === 'string' && Object.hasOwn(byFastify, code)) return byFastify[code]!();
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  if (status === 404) return new Problem('not-found');
  if (status === 413) return new Problem('body-too-large');
  if (status === 415) return new Problem('media-type-unsupported');
  // Whatever else a parser refuses is the caller's: its words may repeat the request, ours do not.
  if (typeof status === 'number' && status >= 400 && status < 500) return new Problem('request-malformed');
  return new Problem('internal-error', {
    detail: {
      it: 'La richiesta non è stata eseguita per un errore del sistema; riprovare tra poco.',
      en: 'The request was not carried out because of a fault of the system; try again soon.',
    },
  });
}
