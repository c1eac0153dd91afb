import type { FastifyInstance, FastifyRequest } from 'fastify';
import { traceRequest } from '@iter/platform/tracing';
import type { TracedRequest } from '@iter/platform/tracing';

/** Each request is a span, where spans are made at all. */
export function traceRequests(fastify: FastifyInstance): void {
  const open = new WeakMap<FastifyRequest, TracedRequest>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { method, headers } = request;
    const traced = traceRequest(method, request.routeOptions.url ?? 'none', headers);
    if (!traced) return done();
    open.set(request, traced);
    traced.run(done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    open.get(request)?.end(reply.statusCode);
    done();
  });
}
