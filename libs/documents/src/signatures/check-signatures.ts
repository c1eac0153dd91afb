import type { CheckedCms, Integrity } from './cms.ts';
import { checkCms, digestsApart } from './cms.ts';

/** What was found of the signatures in a file. The certificates are not verified: that is for whoever relies on them. */
export interface FoundSignatures {
  readonly format: 'CAdES' | 'PAdES';
  readonly state: Integrity;
  readonly count: number;
}

/** With the content, and beside it. */
const cms: ReadonlySet<string> = new Set(['application/pkcs7-mime', 'application/pkcs7-signature']);
/** More than any act has; a file with more says nothing. */
const mostSignatures = 20;
/** A signature with its certificates, revocations and time stamps. */
const mostHex = 4 * 1024 * 1024;

/**
 * Looks for signatures in a file that is filed.
 * @returns null when it bears none
 */
export async function checkSignatures(mediaType: string, content: Buffer): Promise<FoundSignatures | null> {
  if (cms.has(mediaType)) {
    const { state, signers } = await checkCms(derOf(content));
    return { format: 'CAdES', state, count: signers };
  }
  return mediaType === 'application/pdf' ? checkPdf(content) : null;
}

/**
 * The signature in a file of its own (`.p7s` beside the document): what it says of the document, by which that is found.
 * @returns null: the file is no such signature
 */
export const signatureApart = (mediaType: string, content: Buffer): ReadonlySet<string> | null =>
  cms.has(mediaType) ? digestsApart(derOf(content)) : null;

/** How a signature in a file of its own stands to the document that it is said to be of. Source: RFC 5652 §5.2 */
export async function checkApart(signature: Buffer, document: Buffer): Promise<FoundSignatures> {
  const { state, signers } = await checkCms(derOf(signature), document);
  return { format: 'CAdES', state, count: signers };
}

/** The same structure in Base64, with or without its two lines. */
function derOf(content: Buffer): Buffer {
  if (content[0] === 0x30) return content;
  const text = content.toString('latin1').replaceAll(/-----(?:BEGIN|END) [A-Z0-9 ]+-----/g, '');
  return Buffer.from(text, 'base64');
}

/**
 * Signatures in a PDF: each covers the bytes that its `/ByteRange` names, all but itself. What stands behind the last of
 * them was added afterwards: it may be a time stamp or change what is read, and nobody here can tell.
 * Source: ISO 32000-1 §12.8.1; ETSI EN 319 142-1 §4.2
 */
async function checkPdf(content: Buffer): Promise<FoundSignatures | null> {
  const found = signedRanges(content);
  if (found.length === 0) return null;
  if (found.length > mostSignatures) return { format: 'PAdES', state: 'unverifiable', count: found.length };
  let state: Integrity = 'intact';
  for (const range of found) {
    const { state: one } = range ? await checkRange(content, range) : unreadable;
    if (one === 'altered') return { format: 'PAdES', state: 'altered', count: found.length };
    if (one === 'unverifiable') state = one;
  }
  const end = Math.max(...found.map((range) => (range ? range[2] + range[3] : 0)));
  const rest = content.subarray(end).toString('latin1').trim();
  return { format: 'PAdES', state: rest === '' ? state : 'unverifiable', count: found.length };
}

type ByteRange = readonly [number, number, number, number];
const unreadable: CheckedCms = { state: 'unverifiable', signers: 0 };

/** Null: it is no range of this file. Ranges that are still to be filled in, as before signing, are none. */
function signedRanges(content: Buffer): readonly (ByteRange | null)[] {
  const ranges: (ByteRange | null)[] = [];
  for (let at = content.indexOf('/ByteRange'); at >= 0; at = content.indexOf('/ByteRange', at + 1)) {
    const text = content.toString('latin1', at, at + 120);
    const [, ...numbers] =
      /^\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/.exec(text) ?? [];
    const [first, length, second, rest] = numbers.map(Number);
    if (first === undefined || length === undefined || second === undefined || rest === undefined) {
      ranges.push(null);
    } else {
      const fits = first === 0 && length > 0 && second > length && second + rest <= content.length;
      ranges.push(fits ? [first, length, second, rest] : null);
    }
    if (ranges.length > mostSignatures) break;
  }
  return ranges;
}

async function checkRange(content: Buffer, [first, length, second, rest]: ByteRange): Promise<CheckedCms> {
  const hole = content.subarray(first + length, second);
  if (hole.length > mostHex || hole[0] !== 0x3c || hole[hole.length - 1] !== 0x3e) return unreadable;
  const hex = hole.toString('latin1', 1, hole.length - 1);
  if (!/^[0-9A-Fa-f\s]*$/.test(hex)) return unreadable;
  const padded = Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
  const der = withoutPadding(padded);
  const signed = Buffer.concat([
    content.subarray(first, first + length),
    content.subarray(second, second + rest),
  ]);
  return checkCms(der, signed);
}

/** The room for a signature is larger than the signature: what it does not need is zeros. */
function withoutPadding(bytes: Buffer): Buffer {
  const first = bytes[1] ?? 0;
  if (bytes[0] !== 0x30 || first === 0x80) return bytes;
  const size = first & 0x7f;
  const header = first < 0x80 ? 2 : 2 + size;
  const length = first < 0x80 ? first : bytes.readUIntBE(2, Math.min(size, 6));
  return bytes.subarray(0, Math.min(header + length, bytes.length));
}
