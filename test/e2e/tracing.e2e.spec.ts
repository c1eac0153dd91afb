import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System, eventually } from '../support/system.ts';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}
interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Span['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

let collector: Server;
let database: TestDatabase;
let system: System;
const exports: Export[] = [];
const spans = (): readonly Span[] =>
  exports.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );

beforeAll(async () => {
  collector = createServer((request, response) => {
    void json(request).then((body) => {
      if (request.url === '/v1/traces') exports.push(body as Export);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await once(collector.listen(0, '127.0.0.1'), 'listening');
  database = await createTestDatabase();
  const { port } = collector.address() as AddressInfo;
  system = await System.start({
    databaseUrl: database.url,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, ITER_TRUST_PROXY: '1' },
  });
}, 60_000);
afterAll(async () => {
  await system?.stop();
  await database?.drop();
  collector?.close();
});

const traceId = '0af7651916cd43dd8448eb211c80319c';
const callers = 'b7ad6b7169203331';

it('traces a request through the command to the append, as part of the caller’s trace', async () => {
  const operatore = await system.signIn('operatore');
  const { now } = (await (await fetch(`${system.url}/status`)).json()) as { now: string };
  const started = await operatore.call<{ caseId: string }>(
    'POST',
    '/cases',
    {
      ...{ process: 'desk-request', comune: 'c_borgo' },
      variables: {
        ...{ service: 'OTHER', urgency: 'NORMAL', receivedAt: now.slice(0, 10) },
        requestText: 'CANARY',
      },
    },
    { traceparent: `00-${traceId}-${callers}-01`, tracestate: 'x=CANARY' },
  );
  expect([started.status, started.body]).toMatchObject([201, {}]);
  const found = await eventually('the spans of the request', async () => {
    const own = spans().filter((span) => span.traceId === traceId);
    return own.some(({ name }) => name.startsWith('POST ')) ? own : undefined;
  });
  const named = (name: string): Span => found.find((span) => span.name === name)!;
  const request = named('POST /api/v1/cases');
  expect(request.parentSpanId).toBe(callers);
  expect(named('command').parentSpanId).toBe(request.spanId);
  expect(named('append').parentSpanId).toBe(named('command').spanId);
  await eventually('a page of the views', async () => spans().some(({ name }) => name === 'page'));
  const resource = JSON.stringify(exports[0]!.resourceSpans[0]!.resource);
  expect(resource).toContain('"iter"');
  // What leaves the house names nobody and no case.
  const said = JSON.stringify(exports);
  for (const word of ['CANARY', 'operatore', 'c_borgo', started.body.caseId])
    expect(said).not.toContain(word);
});
