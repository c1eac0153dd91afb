import { fromBER, OctetString } from 'asn1js';
import { ContentInfo, CryptoEngine, setEngine, SignedData, SignedDataVerifyError } from 'pkijs';

setEngine('node', new CryptoEngine({ name: 'node', crypto: globalThis.crypto }));

/** How one signed structure stands. `unverifiable`: unreadable, too large, or signed in a way that is not known here. */
export type Integrity = 'intact' | 'altered' | 'unverifiable';

export interface CheckedCms {
  readonly state: Integrity;
  readonly signers: number;
}

const unverifiable: CheckedCms = { state: 'unverifiable', signers: 0 };

/** Holds the digest of what it stamps, which is compared with the content. Source: RFC 3161 §2.4.2 */
const timeStamp = '1.2.840.113549.1.9.16.1.4';

/** A file from outside costs no more than this: asn1js stops there. */
const limits = { maxDepth: 60, maxNodes: 50_000, maxContentLength: 32 * 1024 * 1024 } as const;
const mostSigners = 20;
const otherDigest = "Message digest doesn't match";

/**
 * Whether what was signed is what is there: the digest of the content and the signature of every signer, by the
 * certificate that came with it. Who the certificate is of, and whether it holds, is not looked at.
 * @param detached the content that stands beside the structure; one that holds a content of its own says nothing of it
 * Source: RFC 5652 §5.4, §5.6
 */
export async function checkCms(der: Uint8Array, detached?: Uint8Array): Promise<CheckedCms> {
  const signed = read(der);
  if (!signed) return unverifiable;
  const signers = signed.signerInfos.length;
  if (signers === 0 || signers > mostSigners) return { ...unverifiable, signers };
  const { eContent, eContentType } = signed.encapContentInfo;
  if (detached && eContent && eContentType !== timeStamp) return { ...unverifiable, signers };
  let state: Integrity = 'intact';
  for (let signer = 0; signer < signers; signer++) {
    const one = await verify(signed, signer, detached);
    if (one === 'altered') return { state: 'altered', signers };
    if (one === 'unverifiable') state = one;
  }
  return { state, signers };
}

/** OID of the attribute that holds the digest of what was signed. Source: RFC 5652 §11.2 */
const messageDigest = '1.2.840.113549.1.9.4';

/**
 * What a signature that stands apart from its content says of it: the digests, in hex, by which the content is found.
 * @returns null: it holds its content, or it is no signature
 */
export function digestsApart(der: Uint8Array): ReadonlySet<string> | null {
  const signed = read(der);
  if (!signed || signed.encapContentInfo.eContent || signed.signerInfos.length > mostSigners) return null;
  const digests = signed.signerInfos.flatMap(({ signedAttrs }) =>
    (signedAttrs?.attributes ?? [])
      .filter(({ type }) => type === messageDigest)
      .flatMap(({ values }) => values as readonly unknown[])
      .flatMap((value) =>
        value instanceof OctetString ? [Buffer.from(value.valueBlock.valueHexView).toString('hex')] : [],
      ),
  );
  return new Set(digests);
}

function read(der: Uint8Array): SignedData | null {
  try {
    const parsed = fromBER(der, limits);
    if (parsed.offset === -1) return null;
    const content = new ContentInfo({ schema: parsed.result });
    if (content.contentType !== ContentInfo.SIGNED_DATA) return null;
    return new SignedData({ schema: content.content });
  } catch {
    return null;
  }
}

async function verify(
  signed: SignedData,
  signer: number,
  detached: Uint8Array | undefined,
): Promise<Integrity> {
  try {
    const data = detached && (new Uint8Array(detached).buffer as ArrayBuffer);
    const isSound = await signed.verify({ signer, checkChain: false, ...(data && { data }) });
    return isSound ? 'intact' : 'altered';
  } catch (error) {
    // It has one code for all; its specs see when it changes its words.
    if (error instanceof SignedDataVerifyError && error.message.includes(otherDigest)) return 'altered';
    // No certificate of the signer, an algorithm that is not known, a structure that makes no sense.
    return 'unverifiable';
  }
}
