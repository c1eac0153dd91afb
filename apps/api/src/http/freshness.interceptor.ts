import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Observable } from 'rxjs';
import { isPosition, LogWasRestored } from '@iter/event-store';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import type { IterRequest } from '../session/session.ts';

const patienceMs = 5_000;

/**
 * Reads what one wrote: a query sent with `Iter-Position` waits until the views have reached it. One that waited in vain is
 * answered as the views stand, and says so (`Iter-Behind: true`); a position of a log that was restored since is no reason
 * to wait.
 */
@Injectable()
export class FreshnessInterceptor implements NestInterceptor {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<IterRequest>();
    const position = request.headers['iter-position'];
    if (request.method === 'GET' && typeof position === 'string' && position !== '') {
      if (!isPosition(position)) throw new Problem('position-invalid');
      const reached = await this.ports.views.reach(position, patienceMs).catch((error: unknown) => {
        if (error instanceof LogWasRestored) return true;
        throw error;
      });
      if (!reached) void http.getResponse<FastifyReply>().header('Iter-Behind', 'true');
    }
    return next.handle();
  }
}
