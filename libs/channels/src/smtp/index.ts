import { createTransport } from 'nodemailer';
import type { SMTPPoolOptions } from 'nodemailer/lib/smtp-pool';
import { patienceMs } from '../channel.ts';
import type { Mail, MailChannel, Sent } from '../channel.ts';
import { outcomeOf } from './outcome.ts';

export interface SmtpOptions {
  /** `smtp://` (STARTTLS) or `smtps://` (TLS from the first byte), with user and password when the server asks for them. */
  readonly url: string;
  /** Sender, `Name <address>` or an address. */
  readonly from: string;
  /** Names the kind of letters to filters of mail readers (RFC 2919). */
  readonly listId: string;
  /** To another machine without TLS: only where somebody has said so. */
  readonly plaintext?: boolean;
  /** Certificates to trust beside the usual ones, PEM. */
  readonly ca?: string;
  /** Shorter in tests. */
  readonly patienceMs?: number;
}

const own: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/**
 * Mail through a server that speaks SMTP. What goes to another machine goes over TLS with a certificate that holds, or not
 * at all. A letter that was given over but not answered for is `later`: it may arrive twice, with the same Message-ID.
 */
export function createSmtpChannel(options: SmtpOptions): MailChannel {
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

  return {
    name: `${host}:${settings.port}`,
    async send(mail): Promise<Sent> {
      try {
        await transport.sendMail({ ...letterOf(mail, options), signal: AbortSignal.timeout(patience) });
        return { outcome: 'accepted' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Header values are one line: what people typed must not become headers of its own. */
const oneLine = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- these are the ones to be taken out
  text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();

/** Source: RFC 3834 (automatic answers are not for us), RFC 2919 */
function letterOf({ messageId, to, subject, text, html }: Mail, { from, listId }: SmtpOptions) {
  return {
    from,
    // As an object the address is taken as it is: a list or a group in it is no address.
    to: { name: '', address: to },
    subject: oneLine(subject).slice(0, 200),
    text,
    html,
    messageId: `<${oneLine(messageId)}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Id': `<${oneLine(listId)}>`,
    },
  };
}
