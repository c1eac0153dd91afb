import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { IterRequest } from '../session/session.ts';

/**
 * Answers 304 when the caller has the same already.
 * Source: RFC 9110 §13.1.2; the comparison is the weak one
 */
export function isKnown(request: IterRequest, reply: FastifyReply, etag: string): boolean {
  void reply.header('ETag', etag);
  const known = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
  const isSame = known.some((one) => one.replace(/^W\//, '') === etag.replace(/^W\//, ''));
  if (isSame) void reply.status(304);
  return isSame;
}

/** Sends what is read often and seldom changes once to each caller; after that they only ask whether it is still so. */
export function sendOnce<T extends object>(request: IterRequest, reply: FastifyReply, body: T): T {
  const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url')}"`;
  void reply.header('Cache-Control', 'private, no-cache');
  return isKnown(request, reply, etag) ? ('' as never) : body;
}
