import { lookup } from 'node:dns/promises';
import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import { mayReach, urlFault } from '@iter/platform/outbound';
import { cloudEvent, eventMediaType } from './cloud-event.ts';
import type { OutsideEvent } from './cloud-event.ts';
import { signatureOf } from './signature.ts';

/** One message to one receiver. */
export interface WebhookMessage {
  readonly url: string;
  /** Of the event: stable when it is sent again. */
  readonly id: string;
  /** Exactly what is signed. */
  readonly body: string;
  /** All that are good now, the newest first. */
  readonly secrets: readonly string[];
}

/**
 * What came of it. `later`: the receiver did not take it now; `gone`: it says that it will never take anything again.
 * `code` says why, for operators: numbers and names of errors, never what the receiver wrote.
 */
export interface WebhookAnswer {
  readonly outcome: 'taken' | 'later' | 'gone';
  readonly code: string;
  /** Null: there was no answer. */
  readonly status: number | null;
  readonly durationMs: number;
  /** How long the receiver asks to be left alone; null: it does not say. */
  readonly retryAfterMs: number | null;
}

/** The way to receivers outside. */
export interface WebhookChannel {
  /** The text of an event; pure. */
  compose(event: OutsideEvent): string;
  /**
   * Asks a receiver whether it wants messages from here (`taken`). Never throws; answers within `webhookPatienceMs`, and at
   * once when it is told to stop.
   */
  ask(url: string, stop?: AbortSignal): Promise<WebhookAnswer>;
  /** Never throws; answers within `webhookPatienceMs`, and at once when it is told to stop. */
  send(message: WebhookMessage, stop?: AbortSignal): Promise<WebhookAnswer>;
}

export interface WebhookOptions {
  /** Where this installation is reached. */
  readonly publicUrl: string;
  /** This machine counts as outside: in a demo. */
  readonly own: boolean;
  /** Seconds since 1970 by the clock on the wall, which receivers compare with theirs. */
  readonly nowS?: () => number;
  /** Addresses of a host, as the system resolves it. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly patienceMs?: number;
}

/** Shorter than half the lease under which a message is sent, so that asking and sending fit in. */
export const webhookPatienceMs = 10_000;
const mostHeaderBytes = 8 * 1024;
/** What a receiver writes is of no use here: it is read as far as it is short, so that it can end well. */
const mostAnswerBytes = 16 * 1024;

/** As a name of DNS: who may send, in the handshake of the CloudEvents specification. */
const originOf = (publicUrl: string): string => new URL(publicUrl).hostname;

/**
 * Webhooks over HTTP. A host is resolved once, all that it leads to is judged, and the connection goes to what was judged: a
 * name that leads elsewhere a moment later changes nothing. Redirects are not followed.
 */
export function createWebhookChannel(options: WebhookOptions): WebhookChannel {
  const { publicUrl, own, patienceMs = webhookPatienceMs } = options;
  const { nowS = () => Math.floor(Date.now() / 1_000), resolve = systemAddresses } = options;
  const origin = originOf(publicUrl);

  const call = async (
    url: string,
    { method, headers, body }: Pick<Call, 'method' | 'headers' | 'body'>,
    stop: AbortSignal | undefined,
    outcomeOf: (status: number, header: (name: string) => string | null) => Judged,
  ): Promise<WebhookAnswer> => {
    const began = performance.now();
    const patience = AbortSignal.timeout(patienceMs);
    const signal = stop ? AbortSignal.any([patience, stop]) : patience;
    const told = (judged: Judged, status: number | null, retryAfterMs: number | null = null) => ({
      ...{ ...judged, status, retryAfterMs },
      durationMs: Math.round(performance.now() - began),
    });
    try {
      const fault = urlFault(url, own);
      if (fault !== null) return told({ outcome: 'later', code: fault }, null);
      const target = new URL(url);
      const addresses = await checkedAddresses(target.hostname, resolve, own, signal);
      if (addresses === null) return told({ outcome: 'later', code: 'address-refused' }, null);
      const answer = await exchange({ target, addresses, method, headers, body, signal });
      const header = (name: string): string | null => {
        const value = answer.headers[name];
        return typeof value === 'string' ? value : null;
      };
      const status = answer.statusCode ?? 0;
      const judged = outcomeOf(status, header);
      return told(judged, status, retryAfterOf(status, header('retry-after'), nowS() * 1_000));
    } catch (error) {
      const code = stop?.aborted ? 'ESTOPPED' : patience.aborted ? 'ETIMEDOUT' : codeOf(error);
      return told({ outcome: 'later', code }, null);
    }
  };

  return {
    compose: (event) => cloudEvent(event, publicUrl),
    ask: (url, stop) =>
      call(
        url,
        { method: 'OPTIONS', headers: { 'WebHook-Request-Origin': origin }, body: null },
        stop,
        (status, header) => {
          const allowed = header('webhook-allowed-origin')?.trim().toLowerCase();
          if (status === 410) return { outcome: 'gone', code: 'HTTP 410' };
          if (status < 200 || status > 299) return { outcome: 'later', code: `consent HTTP ${status}` };
          return allowed === '*' || allowed === origin.toLowerCase()
            ? { outcome: 'taken', code: '' }
            : { outcome: 'later', code: 'consent-missing' };
        },
      ),
    send({ url, id, body, secrets }, stop) {
      const sentAt = nowS();
      const headers = {
        'Content-Type': `${eventMediaType}; charset=utf-8`,
        'webhook-id': id,
        'webhook-timestamp': String(sentAt),
        'webhook-signature': signatureOf({ id, sentAt, body }, secrets),
      };
      return call(url, { method: 'POST', headers, body }, stop, (status) => {
        if (status === 410) return { outcome: 'gone', code: 'HTTP 410' };
        const isTaken = status >= 200 && status <= 299;
        return { outcome: isTaken ? 'taken' : 'later', code: isTaken ? '' : `HTTP ${status}` };
      });
    },
  };
}

type Judged = Pick<WebhookAnswer, 'outcome' | 'code'>;

async function systemAddresses(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** The addresses to connect to; null: the host leads, also, to where nothing may be sent. */
async function checkedAddresses(
  hostname: string,
  resolve: (host: string) => Promise<readonly string[]>,
  own: boolean,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  const literal = hostname.replace(/^\[|\]$/g, '');
  const found = isIP(literal) ? [literal] : await Promise.race([resolve(hostname), rejectedBy(signal)]);
  const isFit = found.length > 0 && found.every((address) => mayReach(hostname, address, own));
  return isFit ? found : null;
}

/** The system's resolver cannot be interrupted: it is not waited for. */
const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(new Error('too late'));
    signal.addEventListener('abort', () => reject(new Error('too late')), { once: true });
  });

interface Call {
  readonly target: URL;
  /** IP addresses that were judged. */
  readonly addresses: readonly string[];
  readonly method: 'OPTIONS' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

/** Over a connection of its own, to that address; the certificate is for the host's name. @returns the head of the answer */
function exchange({ target, addresses, method, headers, body, signal }: Call): Promise<IncomingMessage> {
  const request = target.protocol === 'https:' ? requestTls : requestPlain;
  return new Promise((resolve, reject) => {
    const sending = request(target, {
      ...{ method, signal, agent: false, maxHeaderSize: mostHeaderBytes },
      headers: {
        ...headers,
        ...(body !== null && { 'Content-Length': String(Buffer.byteLength(body)) }),
        'User-Agent': 'Iter',
        Accept: 'application/json',
        Connection: 'close',
      },
      // Node asks for one address or for all, as its version likes.
      lookup: (_host, asked, answer) => {
        const [first, ...others] = addresses.map((address) => ({ address, family: isIP(address) }));
        if (asked.all) answer(null, [first!, ...others]);
        else answer(null, first!.address, first!.family);
      },
    });
    sending.on('error', reject);
    // After all else this changes nothing; where nothing else was told, the connection is over without an answer.
    sending.on('close', () => reject(new Error('no answer')));
    // It wants to speak otherwise (101): no answer that takes the message, and Node leaves the connection to us.
    sending.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answer);
    });
    sending.on('response', (answer) => {
      // The answer counts as soon as its head is there; one that never ends, or breaks off, has been given all the same.
      resolve(answer);
      let bytes = 0;
      answer.on('error', () => undefined);
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) answer.destroy();
      });
    });
    sending.end(body ?? undefined);
  });
}

const dayMs = 86_400_000;

/**
 * How long to wait, as a receiver that is busy says it; at most a day, or it could be silenced for ever.
 * Source: RFC 9110 § 10.2.3
 */
function retryAfterOf(status: number, header: string | null, nowMs: number): number | null {
  if ((status !== 429 && status !== 503) || header === null) return null;
  const text = header.trim();
  const isDate = text.endsWith(' GMT');
  if (!isDate && !/^\d{1,9}$/.test(text)) return null;
  const ms = isDate ? Date.parse(text) - nowMs : Number(text) * 1_000;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), dayMs);
}

/** Names of errors only: their messages repeat addresses. */
function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'EUNKNOWN';
}
