import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Request } from '@iter/commands';
import { Problem } from '../problems/problem.ts';
import { signedInOf } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';

/** What every command carries beside its body: who asks, under which key, expecting which revision. */
export type Asked = Pick<
  Request,
  'principal' | 'route' | 'idempotencyKey' | 'expectedRevision' | 'correlationId'
>;

const only = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

/** @throws Problem 428 when the command has no `Idempotency-Key`, 400 when `If-Match` cannot be read */
export const Command = createParamDecorator<void, Asked>((_, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<IterRequest>();
  const { principal } = signedInOf(request);
  const idempotencyKey = only(request.headers['idempotency-key']);
  if (!idempotencyKey) {
    throw new Problem('idempotency-key-missing', {
      detail: {
        it: 'Ogni comando porta l’intestazione Idempotency-Key: la stessa per ogni ripetizione.',
        en: 'Every command bears the header Idempotency-Key: the same each time it is repeated.',
      },
    });
  }
  const expectedRevision = revisionOf(only(request.headers['if-match']));
  const correlationId = correlationOf(request);
  return {
    principal,
    // The address names what is acted on, so that one key for two tasks is two commands.
    route: `${request.method} ${request.url.split('?', 1)[0]!}`,
    idempotencyKey,
    ...(expectedRevision !== undefined && { expectedRevision }),
    ...(correlationId !== undefined && { correlationId }),
  };
});

/** The revision that `If-Match` names: `"17"`, also weak; undefined for `*` and when it is absent. */
export function revisionOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const revision = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (revision === undefined) {
    throw new Problem('precondition-invalid', {
      detail: {
        it: 'If-Match porta l’ETag del caso, per esempio "17".',
        en: 'If-Match bears the ETag of the case, for example "17".',
      },
    });
  }
  return Number(revision);
}

export const etagOf = (revision: number): string => `"${revision}"`;

/** The caller's own name for what it does, carried into the events; undefined when it gives none that is fit. */
export const correlationOf = (request: IterRequest): string | undefined => {
  const given = only(request.headers['x-correlation-id']);
  return given !== undefined && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : undefined;
};
