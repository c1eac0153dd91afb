import type { FastifyInstance } from 'fastify';

/** Which methods each address takes: tells an unknown address from a wrong method. */
export interface RouteList {
  /** Empty: there is nothing at this address. */
  methodsOf(path: string): readonly string[];
  /** Every route as `METHOD /path/:param`. */
  all(): readonly string[];
}

/** Listens to the routes as they are registered; call it before any is. */
export function collectRoutes(fastify: FastifyInstance): RouteList {
  const routes: { readonly pattern: RegExp; readonly method: string; readonly url: string }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    // The catch-all of static files is no address of its own.
    if (url.includes('*')) return;
    const escaped = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+');
    const pattern = new RegExp(`^${escaped}/?$`);
    for (const one of [method].flat()) routes.push({ pattern, method: one, url });
  });
  return {
    methodsOf: (path) => [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ],
    all: () => routes.map(({ method, url }) => `${method} ${url}`),
  };
}
