import { patienceMs } from '../channel.ts';
import type { Mail, MailChannel, Sent } from '../channel.ts';
import { outcomeOf } from './outcome.ts';
import { connectSmtp, oneLine } from './transport.ts';
import type { SmtpServer } from './transport.ts';

export interface SmtpOptions extends SmtpServer {
  /** Sender, `Name <address>` or an address. */
  readonly from: string;
  /** Names the kind of letters to filters of mail readers (RFC 2919). */
  readonly listId: string;
}

/**
 * Mail through a server that speaks SMTP. What goes to another machine goes over TLS with a certificate that holds, or not
 * at all. A letter that was given over but not answered for is `later`: it may arrive twice, with the same Message-ID.
 */
export function createSmtpChannel(options: SmtpOptions): MailChannel {
  const { transport, name } = connectSmtp(options);
  const patience = options.patienceMs ?? patienceMs;
  return {
    name,
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
