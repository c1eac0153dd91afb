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

/** A signature that came before its document, and waits for it. */
async function withItsSignature(
  { name, sha256 }: Pick<Filed, 'name' | 'sha256'>,
  document: Buffer,
  beside: readonly Filed[],
  open: Open,
): Promise<Signature | null> {
  for (const waiting of beside.filter(({ signature }) => signature?.apart === null)) {
    const signature = await open(waiting.sha256);
    const digests = signature && signatureApart(waiting.mediaType, signature);
    if (!digests || !(digests.has(sha256) || signs(waiting.name, name))) continue;
    return { ...(await checkApart(signature, document)), apart: waiting.key };
  }
  return null;
}

/** `lettera.pdf.p7s` is the signature of `lettera.pdf`. */
const signs = (signature: string, document: string): boolean =>
  signature.toLowerCase() === `${document.toLowerCase()}.p7s`;
