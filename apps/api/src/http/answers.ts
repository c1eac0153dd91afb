import type { FastifyReply } from 'fastify';
import type { Outcome, TermEffect, ValuesVerdict } from '@iter/commands';
import type { Reading } from '@iter/commands/case';
import { Problem, refused, toldIn } from '../problems/problem.ts';
import type { ProblemPlace } from '../problems/problem.ts';
import { etagOf } from './asked.ts';
import type { Language } from './language.ts';

export type Done = Extract<Outcome, { outcome: 'done' }>;

/** What of an outcome is not a success, as problems. @returns the outcome when it is one */
export function succeeded<T extends { readonly outcome: string }>(
  outcome: T | Extract<Outcome, { outcome: 'rejected' | 'stale' | 'key-reused' }>,
): Extract<T, { outcome: 'done' }> {
  switch (outcome.outcome) {
    case 'rejected':
      throw refused((outcome as Extract<Outcome, { outcome: 'rejected' }>).rejection);
    case 'stale': {
      const { revision } = outcome as Extract<Outcome, { outcome: 'stale' }>;
      throw new Problem('revision-stale', {
        detail: {
          it: `Il caso è alla revisione ${revision}: rileggerlo e decidere di nuovo.`,
          en: `The case is at revision ${revision}: read it again and decide anew.`,
        },
        headers: { ETag: etagOf(revision) },
        more: { revision },
      });
    }
    case 'key-reused':
      throw new Problem('idempotency-key-reused', {
        detail: {
          it: 'La stessa chiave è già servita per una richiesta diversa: usarne una nuova.',
          en: 'The same key was used for another request: take a new one.',
        },
      });
    default:
      return outcome as Extract<T, { outcome: 'done' }>;
  }
}

/** Tells the caller from which position of the log on its views show what it did. */
export function tellPosition(reply: FastifyReply, position: string | null): void {
  if (position !== null) void reply.header('Iter-Position', position);
}

/** What a command to a case answers, with its headers. @param id of what was made or acted on; the case by default */
export function answerOf(
  reply: FastifyReply,
  outcome: Outcome,
  id?: string,
): { id: string; caseId: string; revision: number } {
  const { caseId, revision, position } = succeeded(outcome);
  tellPosition(reply, position);
  void reply.header('ETag', etagOf(revision));
  return { id: id ?? caseId, caseId, revision };
}

/** What is wrong with values that were only asked about; a question that is refused itself is a problem. */
export function verdictOf(
  answer: Reading<ValuesVerdict>,
  language: Language,
): {
  valid: boolean;
  errors: ProblemPlace[];
  terms: TermEffect[];
} {
  if (answer.outcome === 'rejected') throw refused(answer.rejection);
  return {
    valid: answer.errors.length === 0,
    errors: errorsIn(answer, language),
    terms: [...answer.terms],
  };
}

/** What is wrong with values, in the language of whoever asked. */
export const errorsIn = ({ errors }: Pick<ValuesVerdict, 'errors'>, language: Language): ProblemPlace[] =>
  errors.map((it) => toldIn(it, language));

/** Sends a file that people filed: to be saved, never to be run in the desk's own name. */
export const sendDocument = (
  reply: FastifyReply,
  { name, mediaType }: { readonly name: string; readonly mediaType: string },
  content: Buffer,
): FastifyReply =>
  reply
    .header('Content-Type', mediaType)
    .header(
      'Content-Disposition',
      `attachment; filename="documento"; filename*=UTF-8''${encodeURIComponent(name)}`,
    )
    .header('Content-Security-Policy', "default-src 'none'; sandbox")
    .header('Cache-Control', 'private, no-store')
    .send(content);
