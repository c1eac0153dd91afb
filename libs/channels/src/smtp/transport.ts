import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import { patienceMs } from '../channel.ts';
import { mailServerAt } from '../mail-server.ts';

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

/** Connections to a server, with its name for operators. What goes to another machine goes over TLS, or not at all. */
export function connectSmtp(options: SmtpServer) {
  const { host, port, secure, demandsTls, user, pass, tls } = mailServerAt(options, {
    secure: 465,
    other: 587,
  });
  const patience = options.patienceMs ?? patienceMs;
  const settings: SMTPPoolOptions = {
    pool: true,
    ...{ host, port, secure, tls },
    requireTLS: demandsTls,
    ...(user && { auth: { user, pass } }),
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

  return { transport, name: `${host}:${port}` };
}

/** Header values are one line: what people typed must not become headers of its own. */
export const oneLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are the ones to be taken out
  text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
