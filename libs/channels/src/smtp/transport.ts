import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import { patienceMs } from '../channel.ts';

/** How a server is reached that takes mail. */
export interface SmtpServer {
  /** `smtp://` (STARTTLS) or `smtps://` (TLS from the first byte), with user and password when the server asks for them. */
  readonly url: string;
  /** To another machine without TLS: only where somebody has said so. */
  readonly plaintext?: boolean;
  /** Certificates to trust beside the usual ones, PEM. */
  readonly ca?: string;
  /** Shorter in tests. */
  readonly patienceMs?: number;
}

const own: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Connections to a server, with its name for operators. What goes to another machine goes over TLS, or not at all. */
export function connectSmtp(options: SmtpServer) {
  const { hostname, port, protocol, username, password } = new URL(options.url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const patience = options.patienceMs ?? patienceMs;
  const settings: SMTPPoolOptions = {
    pool: true,
    host,
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    requireTLS: !secure && !own.has(host) && !options.plaintext,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    tls: { minVersion: 'TLSv1.2', ...(options.ca !== undefined && { ca: options.ca }) },
    maxConnections: 8,
    // A letter whose connection broke is tried again by who sends it, who knows how often it was tried.
    maxRequeues: 0,
    idleTimeout: 30_000,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transport = createTransport(settings);
  // The pool tells of connections that broke while nobody waited for an answer.
  transport.on('error', () => undefined);

  return { transport, name: `${host}:${settings.port}` };
}

/** Header values are one line: what people typed must not become headers of its own. */
export const oneLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are the ones to be taken out
  text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
