import type { FastifyInstance, FastifyRequest } from 'fastify';
import { traceRequest } from '@iter/platform/tracing';
import type { TracedRequest } from '@iter/platform/tracing';

/** As others call it: the client went away before there was an answer. */
const clientClosed = 499;

/** Free text of callers (`tracestate`) is no business of the collector. */
const headersOf = ({ traceparent }: FastifyRequest['headers']): object => ({ traceparent });

/**
 * Each request is a span, where spans are made at all.
 * @param believesCallers whether those who call stand behind a proxy of ours: anybody could otherwise have everything traced
 */
export function traceRequests(fastify: FastifyInstance, believesCallers: boolean): void {
  const open = new WeakMap<FastifyRequest, TracedRequest>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { method, headers } = request;
    const traced = traceRequest(
      method,
      request.routeOptions.url ?? 'none',
      believesCallers ? headersOf(headers) : null,
    );
    if (!traced) return done();
    open.set(request, traced);
    traced.run(done);
  });
  const end = (request: FastifyRequest, status: number): void => {
    open.get(request)?.end(status);
    open.delete(request);
  };
  fastify.addHook('onResponse', (request, reply, done) => {
    end(request, reply.statusCode);
    done();
  });
  // Whom nobody answers any more: often the slow ones.
  fastify.addHook('onRequestAbort', (request, done) => {
    end(request, clientClosed);
    done();
  });
}
