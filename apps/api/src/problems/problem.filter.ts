import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '@iter/platform/logging';
import { languageOf } from '../http/language.ts';
import type { RouteList } from '../http/route-list.ts';
import { problemBody, Problem } from './problem.ts';
import { toProblem } from './translate.ts';

/** Writes every error as `application/problem+json`, and logs once what is our fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: RouteList,
    /** Sends the desk's page for addresses that only the desk knows; null: there is no desk. */
    private readonly desk: ((reply: FastifyReply) => unknown) | null,
  ) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent || reply.raw.headersSent) return reply.raw.destroy();
    const path = request.url.split('?', 1)[0]!;
    let problem = toProblem(error);
    if (problem.code === 'not-found' && problem !== error) {
      const methods = this.routes.methodsOf(path);
      if (methods.length > 0 && !methods.includes(request.method)) {
        problem = new Problem('method-not-allowed', { headers: { Allow: methods.join(', ') } });
      } else if (this.desk && isPage(request, path)) return this.desk(reply);
    }
    if (problem.status >= 500) {
      this.logger.error(
        {
          err: error,
          code: problem.code,
          method: request.method,
          route: request.routeOptions.url,
          traceId: request.id,
        },
        'request failed',
      );
    }
    return sendProblem(problem, request, reply);
  }
}

/** Answers with a problem, in the language of whoever asks. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  for (const [name, value] of Object.entries(problem.details.headers ?? {})) void reply.header(name, value);
  const language = languageOf(request);
  const path = request.url.split('?', 1)[0]!;
  return reply
    .status(problem.status)
    .header('Content-Type', 'application/problem+json; charset=utf-8')
    .header('Cache-Control', 'no-store')
    .header('Content-Language', language)
    .header('Vary', 'Accept-Language')
    .send(JSON.stringify(problemBody(problem, { path, traceId: request.id, language })));
}

const isPage = ({ method, headers }: FastifyRequest, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !path.startsWith('/api/') &&
  !/\.[a-z0-9]+$/i.test(path) &&
  (headers.accept ?? '').includes('text/html');
