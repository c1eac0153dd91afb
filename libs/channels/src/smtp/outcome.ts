import type { Sent } from '../channel.ts';

/** What nodemailer says of a failure. */
interface SmtpFailure {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  readonly command?: unknown;
}

/** Where the server judges the letter and its receiver; before that it judges us: our name, password, sender. */
const ofTheLetter: ReadonlySet<string> = new Set(['RCPT TO', 'DATA']);

/**
 * A failure as an outcome. A permanent answer (5xx) about the letter or its receiver is final; everything else, our own
 * settings included, can be mended and is tried again. Of the server's answer only its numbers are kept: its words repeat
 * the address.
 * Source: RFC 5321 § 4.2.1, RFC 3463
 */
export function outcomeOf(error: unknown): Exclude<Sent, { outcome: 'accepted' }> {
  const { code, responseCode, response, command } = (error ?? {}) as SmtpFailure;
  const name = typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? code : 'EUNKNOWN';
  if (typeof responseCode !== 'number') return { outcome: 'later', code: name };
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? ''))?.[1];
  const said = `SMTP ${responseCode}${enhanced === undefined ? '' : ` ${enhanced}`}`;
  const isFinal = responseCode >= 500 && code !== 'EAUTH' && ofTheLetter.has(String(command));
  return { outcome: isFinal ? 'refused' : 'later', code: isFinal ? said : `${said} ${name}` };
}
