import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import statics from '@fastify/static';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { maxDocumentBytes } from '@iter/documents';
import { ApiModule } from './api.module.ts';
import { createDocument } from './docs/document.ts';
import { Metrics } from './http/metrics.ts';
import { parseJson } from './http/parse-json.ts';
import { RateLimit } from './http/rate-limit.ts';
import { collectRoutes } from './http/route-list.ts';
import type { RouteList } from './http/route-list.ts';
import { traceRequests } from './http/tracing.ts';
import { createValidation } from './http/validation.ts';
import type { ApiPorts } from './ports.ts';
import { Problem } from './problems/problem.ts';
import { ProblemFilter, sendProblem } from './problems/problem.filter.ts';
import { SessionGuard } from './session/session.guard.ts';

export interface Api {
  readonly app: NestFastifyApplication;
  readonly routes: RouteList;
  /** Answers on this port (0: any free one). @returns the address to call */
  listen(host: string, port: number): Promise<string>;
  /** Answers what is under way, then ends. */
  close(): Promise<void>;
}

/**
 * The API over its ports, ready to listen.
 *
 * Security: authorisation is the handlers'; here are the session, foreign pages (CSRF), limits of size, time and rate, and
 * the headers of OWASP ASVS 5.0 V3.4.
 */
export async function createApi(ports: ApiPorts): Promise<Api> {
  const { settings, logger } = ports;
  const adapter = new FastifyAdapter({
    bodyLimit: 1024 * 1024,
    requestTimeout: 60_000,
    keepAliveTimeout: 65_000,
    trustProxy: settings.trustProxy,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    // An address that cannot be decoded reaches no filter.
    frameworkErrors: (_: Error, request: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(new Problem('request-malformed'), request, reply),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const routes = collectRoutes(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(ports), adapter, {
    logger: {
      log: () => undefined,
      warn: (text) => logger.warn(String(text)),
      error: (text, ...more) => logger.error({ more }, String(text)),
    },
    bodyParser: false,
    abortOnError: false,
  });
  app.get(Metrics).observe(fastify);

  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, parseJson(body as string));
    } catch (error) {
      done(error as Error);
    }
  });
  await app.register(cookie as never);
  await app.register(multipart as never, {
    throwFileSizeLimit: true,
    limits: {
      fileSize: maxDocumentBytes,
      files: 10,
      fields: 20,
      parts: 30,
      fieldSize: 600 * 1024,
      fieldNameSize: 100,
      headerPairs: 50,
    },
  });
  await app.register(helmet as never, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // bpmn-js places overlays by inline styles, and Bootstrap's icons are data addresses in its style sheet.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: settings.secureCookies ? { maxAge: 31_536_000 } : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  traceRequests(fastify, settings.trustProxy);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    // RAC_REST_NAME_010: nothing is cached unless it says so.
    if (request.url.startsWith('/api/')) void reply.header('Cache-Control', 'no-store');
    // No name of anything has it, and the database takes no such text.
    if (request.url.split('?', 1)[0]!.includes('%00')) done(new Problem('not-found'));
    else done();
  });

  const desk = await serveDesk(app, settings.deskFolder);
  app.useGlobalFilters(new ProblemFilter(logger, routes, desk));
  app.useGlobalPipes(createValidation());
  app.useGlobalGuards(
    new SessionGuard(
      ports.signIn,
      new RateLimit(settings.requestsPerMinute),
      app.get(Reflector),
      settings.secureCookies,
    ),
  );

  const document = createDocument(app, settings.version);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Iter API',
  });
  await app.init();
  await fastify.ready();

  return {
    app,
    routes,
    async listen(host, port) {
      await app.listen(port, host);
      return app.getUrl();
    },
    close: () => app.close(),
  };
}

/** Serves the built desk. @returns how to send its page, for addresses that only the desk knows; null: it is not built */
async function serveDesk(
  app: NestFastifyApplication,
  folder: string | null,
): Promise<((reply: FastifyReply) => unknown) | null> {
  if (!folder || !existsSync(join(folder, 'index.html'))) return null;
  await app.register(statics as never, {
    root: folder,
    wildcard: false,
    // The build has put them beside the files.
    preCompressed: true,
    index: ['index.html'],
    decorateReply: true,
    setHeaders: (reply: FastifyReply, path: string) => {
      // Names of assets carry a hash of their content; the page that names them must always be asked for.
      const isAsset = path.includes('/assets/');
      void reply.header('Cache-Control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (reply) => reply.status(200).header('Cache-Control', 'no-cache').sendFile('index.html');
}
