import PostalMime from 'postal-mime';
import type { Attachment, Email } from 'postal-mime';
import { readDaticert } from './daticert.ts';
import type { Daticert, DaticertFault } from './daticert.ts';

/** The rules let a message with its recipients weigh 30 MB; encoded and wrapped it is half as large again. */
export const mailLimits = {
  bytes: 64 * 1024 * 1024,
  headerBytes: 256 * 1024,
  depth: 12,
  parts: 200,
  answers: 50,
} as const;

const parse = (source: Uint8Array): Promise<Email> =>
  PostalMime.parse(source, {
    forceRfc822Attachments: true,
    maxRfc822NestingDepth: 0,
    maxNestingDepth: mailLimits.depth,
    maxHeadersSize: mailLimits.headerBytes,
    attachmentEncoding: 'arraybuffer',
  });

/**
 * What a mail in a certified mailbox is: a receipt of a provider about a message of ours; a message that a certified
 * mailbox sent to us (`envelope`); one that came from outside certified mail (`anomaly`); or no certified mail at all.
 */
export type PecMail =
  | {
      readonly kind: 'receipt';
      readonly daticert: Daticert;
      readonly original: Uint8Array | null;
      readonly heading: PecHeading;
    }
  | {
      readonly kind: 'envelope';
      readonly daticert: Daticert;
      readonly original: Uint8Array | null;
      readonly heading: PecHeading;
    }
  | { readonly kind: 'anomaly'; readonly original: Uint8Array | null; readonly heading: PecHeading }
  | { readonly kind: 'plain'; readonly heading: PecHeading };

export interface PecHeading {
  /** Without angle brackets. */
  readonly messageId: string | null;
  readonly from: string | null;
  readonly subject: string;
  /** Messages that it answers, also as it stands in the message that it carries; without angle brackets. */
  readonly answers: readonly string[];
  /** Whether it has the form of a signed mail. Whether the signature holds is not looked at here. */
  readonly signed: boolean;
}

export interface PecMailFault {
  readonly code:
    | 'too-large'
    | 'malformed'
    | 'too-many-parts'
    | 'several-daticert'
    | 'no-daticert'
    | 'daticert'
    | 'contradictory';
  /** Of `daticert.xml`, when that is what cannot be read. */
  readonly daticert?: DaticertFault;
}

export type ReadPecMail =
  { readonly ok: true; readonly mail: PecMail } | { readonly ok: false; readonly fault: PecMailFault };

const refused = (code: PecMailFault['code'], daticert?: DaticertFault): ReadPecMail => ({
  ok: false,
  fault: { code, ...(daticert && { daticert }) },
});

/**
 * Reads one mail. Only the `daticert.xml` that lies in the mail itself counts: one inside the message that it carries
 * was put there by whoever wrote that message. What headers and data say must agree.
 * @returns what it is, or why it cannot be told; never throws
 * Source: D.M. 2 November 2005, technical rules, § 6 (headers X-Ricevuta, X-Trasporto, X-Riferimento-Message-ID); RFC 6109 § 3
 */
export async function readPecMail(source: Uint8Array): Promise<ReadPecMail> {
  if (source.byteLength > mailLimits.bytes) return refused('too-large');
  let email: Email;
  try {
    email = await parse(source);
  } catch {
    return refused('malformed');
  }
  if (email.attachments.length > mailLimits.parts) return refused('too-many-parts');
  const original = bytesOf(email.attachments.find((it) => named(it, 'postacert.eml')));
  const carried = original && (await parse(original).catch(() => null));
  return told(email, original, carried);
}

function told(email: Email, original: Uint8Array | null, carried: Email | null): ReadPecMail {
  const receipt = headerOf(email, 'x-ricevuta');
  const transport = headerOf(email, 'x-trasporto');
  if (receipt === undefined || transport === undefined) return refused('contradictory');
  const heading: PecHeading = {
    messageId: bare(email.messageId ?? ''),
    from: email.from?.address ?? null,
    subject: email.subject ?? '',
    answers: [email, ...(carried ? [carried] : [])].flatMap(answeredBy).slice(0, mailLimits.answers),
    signed: /^\s*multipart\/signed\b/i.test(headerOf(email, 'content-type') ?? ''),
  };
  if (receipt === null && transport === null) return { ok: true, mail: { kind: 'plain', heading } };
  if (receipt === null && transport === 'errore')
    return { ok: true, mail: { kind: 'anomaly', original, heading } };

  const [file, second] = email.attachments.filter((it) => named(it, 'daticert.xml'));
  if (second) return refused('several-daticert');
  const bytes = bytesOf(file);
  if (bytes === null) return refused('no-daticert');
  const read = readDaticert(bytes);
  if (!read.ok) return refused('daticert', read.fault);
  const { daticert } = read;
  const about = bare(headerOf(email, 'x-riferimento-message-id') ?? '');
  const agrees =
    (receipt === null) === (daticert.kind === 'transport') &&
    (receipt === null ? transport === 'posta-certificata' : kindNamed(receipt, daticert)) &&
    (about === null || daticert.messageId === null || about === daticert.messageId);
  if (!agrees) return refused('contradictory');
  return {
    ok: true,
    mail: { kind: daticert.kind === 'transport' ? 'envelope' : 'receipt', daticert, original, heading },
  };
}

const headers: Readonly<Record<string, Daticert['kind']>> = {
  accettazione: 'acceptance',
  'non-accettazione': 'non-acceptance',
  'presa-in-carico': 'taking-charge',
  'avvenuta-consegna': 'delivery',
  'errore-consegna': 'delivery-error',
  'preavviso-errore-consegna': 'delivery-warning',
  'rilevazione-virus': 'virus-detection',
};

const kindNamed = (word: string, { kind }: Daticert): boolean =>
  Object.hasOwn(headers, word) && headers[word] === kind;

/** @returns its value; null: absent; undefined: there are several, and who reads cannot know which is meant */
function headerOf(email: Email, key: string): string | null | undefined {
  const found = email.headers.filter((header) => header.key === key);
  return found.length > 1 ? undefined : (found[0]?.value.trim().slice(0, 1_000) ?? null);
}

const bare = (id: string): string | null => /^\s*<?([^\s<>]{1,998})>?\s*$/.exec(id)?.[1] ?? null;

/** The last message that a mail answers comes first. Source: RFC 5322 § 3.6.4 */
const answeredBy = ({ inReplyTo = '', references = '' }: Email): readonly string[] =>
  [...`${references} ${inReplyTo}`.matchAll(/<([^\s<>]{1,998})>/g)].map(([, id]) => id!).reverse();

const named = (file: Attachment, name: string): boolean => file.filename?.toLowerCase() === name;

function bytesOf(file: Attachment | undefined): Uint8Array | null {
  if (!file) return null;
  const { content } = file;
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
