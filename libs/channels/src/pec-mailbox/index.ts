import { patienceMs } from '../channel.ts';
import { outcomeOf } from '../smtp/outcome.ts';
import { connectSmtp, oneLine } from '../smtp/transport.ts';
import type { CertifiedLetter, CertifiedMailChannel, Submitted } from '../pec/port.ts';
import { imapServer, readMailbox } from './read.ts';
import type { ImapOptions } from './read.ts';

export interface PecMailboxOptions extends ImapOptions {
  /** Where letters go in: `smtps://user:password@host`, or `smtp://` with STARTTLS. */
  readonly smtpUrl: string;
  /** The mailbox's own address: providers refuse every other sender. */
  readonly address: string;
}

/**
 * A certified mailbox through its provider's SMTP and IMAP servers. Nothing is remembered here: a letter sent again has
 * the same Message-ID, and reading goes on from the place that it is given.
 */
export function createPecMailbox(options: PecMailboxOptions): CertifiedMailChannel {
  const patience = options.patienceMs ?? patienceMs;
  const { transport, name } = connectSmtp({ ...options, url: options.smtpUrl });
  const imap = imapServer(options);
  return {
    name: `${name}, ${imap.name}`,
    async send(letter): Promise<Submitted> {
      try {
        const info = await transport.sendMail({
          ...messageOf(letter, options.address),
          signal: AbortSignal.timeout(patience),
        });
        return { outcome: 'accepted', notTo: info.rejected };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    fetch: (after) => readMailbox(imap, after),
    close: () => transport.close(),
  };
}

/**
 * Asks for the complete receipt, which carries the whole message: the proof of what was delivered, not only that.
 * Source: D.M. 2 November 2005, technical rules, § 6.5.2 (X-TipoRicevuta)
 */
function messageOf({ messageId, to, subject, text, files }: CertifiedLetter, from: string) {
  return {
    from: { name: '', address: from },
    // As objects the addresses are taken as they are: a list or a group in one is no address.
    to: to.map((address) => ({ name: '', address })),
    subject: oneLine(subject).slice(0, 200),
    text,
    messageId: `<${oneLine(messageId)}>`,
    headers: { 'X-TipoRicevuta': 'completa' },
    // As the rules write it.
    normalizeHeaderKey: (key: string) => (key.toLowerCase() === 'x-tiporicevuta' ? 'X-TipoRicevuta' : key),
    attachments: files.map(({ name, mediaType, content }) => ({
      filename: oneLine(name),
      contentType: mediaType,
      content: Buffer.from(content),
    })),
  };
}
