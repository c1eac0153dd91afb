import { ImapFlow } from 'imapflow';
import { patienceMs } from '../channel.ts';
import { mailServerAt } from '../mail-server.ts';
import { mailLimits } from '../pec/message.ts';
import type { Fetched, FetchedMail, MailboxPlace } from '../pec/port.ts';

/** How a mailbox is reached. */
export interface ImapServer {
  /** For operators: host and port. */
  readonly name: string;
  readonly readingMs: number;
  connection(): ImapFlow;
}

/** Of one reading; what is left is read the next time. */
export const readingLimits = { mails: 50, bytes: mailLimits.bytes } as const;

export interface ImapOptions {
  /** Where receipts come out: `imaps://user:password@host`, or `imap://` with STARTTLS. */
  readonly imapUrl: string;
  /** To another machine without TLS: only where somebody has said so. */
  readonly plaintext?: boolean;
  /** Certificates to trust beside the usual ones, PEM. */
  readonly ca?: string;
  /** Shorter in tests. */
  readonly patienceMs?: number;
  /** Of a whole reading, whatever its mails weigh. */
  readonly readingMs?: number;
}

export function imapServer(options: ImapOptions): ImapServer {
  const { host, port, secure, demandsTls, user, pass, tls } = mailServerAt(
    { ...options, url: options.imapUrl },
    { secure: 993, other: 143 },
  );
  const patience = options.patienceMs ?? patienceMs;
  return {
    name: `${host}:${port}`,
    readingMs: options.readingMs ?? 120_000,
    connection: () =>
      new ImapFlow({
        ...{ host, port, secure, tls },
        // Left out, it is used where the server offers it.
        ...(demandsTls && { doSTARTTLS: true }),
        auth: { user, pass },
        logger: false,
        disableAutoIdle: true,
        connectionTimeout: patience,
        greetingTimeout: patience,
        socketTimeout: patience,
        maxLineLength: 1024 * 1024,
        maxLiteralSize: mailLimits.bytes,
        maxResponseSize: mailLimits.bytes + 1024 * 1024,
      }),
  };
}

/**
 * Reads what came to the inbox after a place, oldest first, without marking it as seen.
 * @returns at most `readingLimits`; the mail at which a reading broke off is read whole the next time
 */
export async function readMailbox(server: ImapServer, after: MailboxPlace | null): Promise<Fetched> {
  const client = server.connection();
  // Told beside the failed command; nobody else listens.
  client.on('error', () => undefined);
  const end = setTimeout(() => client.close(), server.readingMs);
  try {
    await client.connect();
    const read = await readInbox(client, after);
    await client.logout().catch(() => undefined);
    return read;
  } catch (error) {
    return { outcome: 'later', code: codeOf(error) };
  } finally {
    clearTimeout(end);
    client.close();
  }
}

async function readInbox(client: ImapFlow, after: MailboxPlace | null): Promise<Fetched> {
  const inbox = await client.mailboxOpen('INBOX', { readOnly: true });
  const validity = String(inbox.uidValidity);
  const from = after?.validity === validity ? after.uid : 0;
  // `n:*` always holds the last mail, also when its number is below n.
  const found = (await client.search({ uid: `${from + 1}:*` }, { uid: true })) || [];
  const waiting = found.filter((uid) => uid > from).toSorted((a, b) => a - b);
  const mails: FetchedMail[] = [];
  let bytes = 0;
  let place: MailboxPlace = { validity, uid: from };
  let looked = 0;
  for (const uid of waiting.slice(0, readingLimits.mails)) {
    const mail = await client.fetchOne(String(uid), { size: true }, { uid: true });
    const size = mail ? (mail.size ?? 0) : 0;
    const fits = size <= mailLimits.bytes;
    if (mails.length > 0 && fits && bytes + size > readingLimits.bytes) break;
    looked++;
    place = { validity, uid };
    // Taken away meanwhile by whoever else reads this mailbox.
    if (!mail) continue;
    const whole = fits && (await client.fetchOne(String(uid), { source: true }, { uid: true }));
    if (fits && (!whole || !whole.source)) continue;
    mails.push({ place, source: whole && whole.source ? whole.source : null, bytes: size });
    bytes += fits ? size : 0;
  }
  return { outcome: 'read', mails, place, more: looked < waiting.length };
}

/** What failed, for operators: never what the server said, which may repeat addresses. */
function codeOf(error: unknown): string {
  const { code, authenticationFailed } = (error ?? {}) as { code?: unknown; authenticationFailed?: unknown };
  if (authenticationFailed === true) return 'IMAP EAUTH';
  return `IMAP ${typeof code === 'string' && /^\w{2,40}$/.test(code) ? code : 'EUNKNOWN'}`;
}
