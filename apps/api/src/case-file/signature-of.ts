import type { EventOf, Signature } from '@iter/engine';
import { checkApart, checkSignatures, signatureApart } from '@iter/documents/signatures';
import { providerSignature } from '../certified-mail/read-mail.ts';

type Filed = Pick<EventOf<'DocumentAttached'>['data'], 'key' | 'name' | 'mediaType' | 'sha256' | 'signature'>;
/** Content that is kept, by its hash; null: it is not there any more. */
type Open = (sha256: string) => Promise<Buffer | null>;

/**
 * What is found of signatures as a file is filed. Of a mail it is its provider's, of other files that of people; a signature
 * in a file of its own (`.p7s`) is checked with the document that it signs, whichever of the two comes first.
 * @param beside what is in the case and may be read by whoever files it
 * @returns null: none
 */
export async function signatureOf(
  file: Pick<Filed, 'name' | 'mediaType' | 'sha256'>,
  content: Buffer,
  beside: readonly Filed[],
  open: Open,
): Promise<Signature | null> {
  const { mediaType } = file;
  if (mediaType === 'message/rfc822') return providerSignature(content);
  const digests = signatureApart(mediaType, content);
  if (digests) return withItsDocument(file, digests, content, beside, open);
  return (await checkSignatures(mediaType, content)) ?? withItsSignature(file, content, beside, open);
}

/** The document is told by its digest, else by its name: then it is another than was signed, or digested in another way. */
async function withItsDocument(
  { name }: Pick<Filed, 'name'>,
  digests: ReadonlySet<string>,
  signature: Buffer,
  beside: readonly Filed[],
  open: Open,
): Promise<Signature> {
  const newest = beside.toReversed();
  const signed =
    newest.find(({ sha256 }) => digests.has(sha256)) ?? newest.find((one) => signs(name, one.name));
  const content = signed && (await open(signed.sha256));
  if (!content) return { format: 'CAdES', state: 'unverifiable', count: 1, apart: null };
  return { ...(await checkApart(signature, content)), apart: signed.key };
}

/** So many of those that wait are looked at, the newest first: each is opened for every document that comes. */
const mostWaiting = 20;

/** A signature that came before its document, and waits for it: told by its digest, else by its name. */
async function withItsSignature(
  { name, sha256 }: Pick<Filed, 'name' | 'sha256'>,
  document: Buffer,
  beside: readonly Filed[],
  open: Open,
): Promise<Signature | null> {
  const waiting = beside.filter(({ signature }) => signature?.apart === null).slice(-mostWaiting);
  let found: { readonly key: string; readonly signature: Buffer } | null = null;
  for (const one of waiting.toReversed()) {
    const signature = await open(one.sha256);
    const digests = signature && signatureApart(one.mediaType, signature);
    if (!digests) continue;
    const isOfThis = digests.has(sha256);
    if (isOfThis || (!found && signs(one.name, name))) found = { key: one.key, signature };
    if (isOfThis) break;
  }
  return found && { ...(await checkApart(found.signature, document)), apart: found.key };
}

/** `lettera.pdf.p7s` is the signature of `lettera.pdf`. */
const signs = (signature: string, document: string): boolean =>
  signature.toLowerCase() === `${document.toLowerCase()}.p7s`;
