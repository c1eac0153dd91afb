import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { certified } from '../../../../test/support/certificate.ts';
import { createWebhookChannel } from './channel.ts';
import type { WebhookOptions } from './channel.ts';
import { secretOf, signatureOf } from './signature.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const sentAt = 1_772_787_600;
const secret = secretOf(Buffer.alloc(32, 7));
const channel = (more: Partial<WebhookOptions> = {}) =>
  createWebhookChannel({
    ...{ publicUrl: 'https://iter.provincia.example', own: true, nowS: () => sentAt },
    ...more,
  });

interface Received {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function listening(server: Server, host = '127.0.0.1'): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

/** A receiver that answers as it is told. */
async function receiver(
  answer: (reply: ServerResponse, request: Received) => void,
  host = '127.0.0.1',
): Promise<{ readonly url: string; readonly received: Received[]; readonly port: number }> {
  const received: Received[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const one = { method, headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      answer(reply, one);
    });
  });
  const port = await listening(server, host);
  return { url: `http://127.0.0.1:${port}/hook`, received, port };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (reply: ServerResponse) =>
    void reply.writeHead(code, headers).end();
const message = (url: string) => ({ url, id: 'e1', body: '{"perché":"€"}', secrets: [secret] });

describe('a message to a receiver', () => {
  it('goes as it was signed, by all secrets that are good', async () => {
    const { url, received } = await receiver(status(204));
    const secrets = [secretOf(Buffer.alloc(24, 1)), secret];
    const answer = await channel().send({ ...message(url), secrets });
    expect(answer).toMatchObject({ outcome: 'taken', code: '', status: 204, retryAfterMs: null });
    const [{ method, headers, body }] = received as [Received];
    expect({ method, body }).toEqual({ method: 'POST', body: '{"perché":"€"}' });
    expect(headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': 'e1',
      'webhook-timestamp': String(sentAt),
    });
    expect(headers['webhook-signature']).toBe(signatureOf({ id: 'e1', sentAt, body }, secrets));
    expect(headers['webhook-signature']).toMatch(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
    expect(headers.cookie ?? headers.authorization).toBeUndefined();
  });

  it.each([
    [200, 'taken', ''],
    [202, 'taken', ''],
    [400, 'later', 'HTTP 400'],
    [401, 'later', 'HTTP 401'],
    [404, 'later', 'HTTP 404'],
    [410, 'gone', 'HTTP 410'],
    [500, 'later', 'HTTP 500'],
  ])('that is answered %d is %s', async (code, outcome, why) => {
    const { url } = await receiver(status(code));
    expect(await channel().send(message(url))).toMatchObject({ outcome, code: why, status: code });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect (%d)', async (code) => {
    const elsewhere = await receiver(status(200));
    const { url } = await receiver(status(code, { Location: elsewhere.url }));
    expect(await channel().send(message(url))).toMatchObject({ outcome: 'later', code: `HTTP ${code}` });
    expect(elsewhere.received).toEqual([]);
  });

  it.each([
    [429, '120', 120_000],
    [503, '0', 0],
    [503, new Date((sentAt + 90) * 1_000).toUTCString(), 90_000],
    [429, new Date((sentAt - 90) * 1_000).toUTCString(), 0],
    [503, '999999999', 86_400_000],
    [429, 'soon', null],
    [429, '-5', null],
    [500, '120', null],
  ])('hears %d with Retry-After %s', async (code, header, retryAfterMs) => {
    const { url } = await receiver(status(code, { 'Retry-After': header }));
    expect(await channel().send(message(url))).toMatchObject({ outcome: 'later', retryAfterMs });
  });

  it('waits no longer than it may for a receiver that says nothing', async () => {
    const { url } = await receiver(() => undefined);
    expect(await channel({ patienceMs: 50 }).send(message(url))).toMatchObject({
      ...{ outcome: 'later', code: 'ETIMEDOUT', status: null },
    });
  });

  it('waits no longer once it is told to stop, also for a name, nor begins', async () => {
    const stop = new AbortController();
    const { url, received } = await receiver(() => stop.abort());
    const stopped = { outcome: 'later', code: 'ESTOPPED', status: null };
    expect(await channel().send(message(url), stop.signal)).toMatchObject(stopped);
    const never = channel({ resolve: () => new Promise(() => undefined) });
    expect(await never.ask('https://hooks.example/', stop.signal)).toMatchObject(stopped);
    expect(await channel().ask(url, stop.signal)).toMatchObject(stopped);
    expect(received).toHaveLength(1);
  });

  it('is not taken by a receiver that wants to speak otherwise', async () => {
    const server = createTcpServer((socket) =>
      socket.once('data', () =>
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
      ),
    );
    const port = await listening(server as Server);
    expect(await channel({ patienceMs: 500 }).send(message(`http://127.0.0.1:${port}/`))).toMatchObject({
      ...{ outcome: 'later', code: 'HTTP 101', status: 101 },
    });
  });

  it('waits no longer for a name that nobody resolves', async () => {
    const never = channel({ patienceMs: 50, resolve: () => new Promise(() => undefined) });
    expect(await never.send(message('https://hooks.example/'))).toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('is taken by a receiver whose answer never ends, of which no more is read than is useful', async () => {
    let cutOff = (): void => undefined;
    const isCutOff = new Promise<void>((resolve) => (cutOff = resolve));
    const { url } = await receiver((reply) => {
      reply.writeHead(200);
      const more = (): void => {
        while (!reply.destroyed && reply.write('x'.repeat(8_192)));
        if (!reply.destroyed) reply.once('drain', more);
      };
      reply.on('close', cutOff);
      more();
    });
    expect(await channel().send(message(url))).toMatchObject({ outcome: 'taken', status: 200 });
    await isCutOff;
  });

  it.each([
    ['closes at once', (socket: Socket) => socket.destroy(), 'ECONNRESET'],
    ['does not speak HTTP', (socket: Socket) => socket.end('220 mail.example ESMTP\r\n'), /^HPE_/],
    [
      'has a head without end',
      (socket: Socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`),
      'HPE_HEADER_OVERFLOW',
    ],
  ] as const)('is not taken by one that %s', async (_, act, code) => {
    const server = createTcpServer((socket) => socket.once('data', () => act(socket)));
    const port = await listening(server);
    const answer = await channel().send(message(`http://127.0.0.1:${port}/`));
    expect(answer).toMatchObject({ outcome: 'later', status: null });
    expect(answer.code).toMatch(code);
  });

  it('is not taken where nobody listens', async () => {
    const { url, port } = await receiver(status(200));
    for (const end of ends.splice(0)) await end();
    expect(url).toContain(String(port));
    expect(await channel().send(message(url))).toMatchObject({ outcome: 'later', code: 'ECONNREFUSED' });
  });

  it('goes over TLS to whom a certificate that holds speaks for, and to nobody else', async () => {
    const received: string[] = [];
    const { certificate: cert, key } = certified();
    const server = createTlsServer({ cert, key }, (request, reply) => {
      received.push(request.method!);
      reply.end();
    });
    server.on('tlsClientError', () => undefined);
    const port = await listening(server);
    const answer = await channel().send(message(`https://127.0.0.1:${port}/`));
    expect(answer).toMatchObject({ outcome: 'later', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(received).toEqual([]);
  });

  it.each([
    ['http://127.0.0.1:PORT/hook', 'url-scheme'],
    ['https://127.0.0.1:PORT/hook', 'url-address'],
    ['https://169.254.169.254/latest/meta-data/', 'url-address'],
    ['https://[::ffff:127.0.0.1]:PORT/', 'url-address'],
    ['file:///etc/passwd', 'url-scheme'],
  ])('goes outside a demo nowhere inside: %s', async (where, code) => {
    const { received, port } = await receiver(status(200));
    const url = where.replace('PORT', String(port));
    expect(await channel({ own: false }).send(message(url))).toMatchObject({ outcome: 'later', code });
    expect(received).toEqual([]);
  });

  it.each([
    [['10.0.0.8']],
    [['93.184.216.34', '127.0.0.1']],
    [['2606:4700::1111', 'fd00::1']],
    [['::ffff:10.0.0.1']],
    [[]],
  ])('goes nowhere when its host leads to %j', async (addresses) => {
    const sending = channel({ resolve: async () => addresses }).send(message('https://hooks.example/'));
    expect(await sending).toMatchObject({ outcome: 'later', code: 'address-refused' });
  });

  it('goes to the address that was judged, though the name leads elsewhere a moment later', async () => {
    // Only there does anybody listen; the system would resolve the name otherwise.
    const { port, received } = await receiver(status(204), '127.0.0.2');
    const answers = [['::1', '127.0.0.2'], ['127.0.0.1']];
    let asked = 0;
    const resolve = async () => answers[asked++]!;
    const answer = await channel({ resolve }).send(message(`http://localhost:${port}/`));
    expect(answer).toMatchObject({ outcome: 'taken' });
    expect([asked, received.length, received[0]!.headers.host]).toEqual([1, 1, `localhost:${port}`]);
  });
});

describe('asking a receiver whether it wants messages', () => {
  it.each([
    ['by name', 'iter.provincia.example'],
    ['as people write it', ' Iter.Provincia.Example '],
    ['from anybody', '*'],
  ])('is answered by its consent: %s', async (_, allowed) => {
    const { url, received } = await receiver(status(200, { 'WebHook-Allowed-Origin': allowed }));
    expect(await channel().ask(url)).toMatchObject({ outcome: 'taken' });
    expect(received).toMatchObject([
      { method: 'OPTIONS', body: '', headers: { 'webhook-request-origin': 'iter.provincia.example' } },
    ]);
  });

  it.each([
    [200, {}, 'consent-missing'],
    [200, { 'WebHook-Allowed-Origin': 'altra.provincia.example' }, 'consent-missing'],
    [405, { 'WebHook-Allowed-Origin': '*' }, 'consent HTTP 405'],
    [302, { 'WebHook-Allowed-Origin': '*', Location: '/altrove' }, 'consent HTTP 302'],
  ])('is refused otherwise: %d %j', async (code, headers, why) => {
    const { url } = await receiver(status(code, headers as Record<string, string>));
    expect(await channel().ask(url)).toMatchObject({ outcome: 'later', code: why });
  });

  it('hears that it is gone', async () => {
    const { url } = await receiver(status(410));
    expect(await channel().ask(url)).toMatchObject({ outcome: 'gone' });
  });
});
