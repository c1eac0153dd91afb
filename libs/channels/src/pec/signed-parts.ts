import { mailLimits } from './message.ts';

/** A signed mail taken apart: exactly the bytes that were signed, and the signature (CMS, DER). */
export interface SignedParts {
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

const mostHeader = 64 * 1024;
/** A signature with its chain of certificates. */
const mostSignature = 512 * 1024;

/**
 * Takes a `multipart/signed` apart without reading what is in it, since one blank more or less breaks a signature.
 * A mail has this form exactly or not at all: two parts, the second one an S/MIME signature in Base64.
 * @returns null when it is no signed mail
 * Source: RFC 1847 § 2.1, RFC 8551 § 3.5.3, RFC 2046 § 5.1.1
 */
export function signedParts(source: Uint8Array): SignedParts | null {
  if (source.byteLength > mailLimits.bytes) return null;
  // One character a byte, so that places in the text are places in the mail.
  const mail = withCrLf(Buffer.from(source.buffer, source.byteOffset, source.byteLength));
  const headEnd = mail.indexOf('\r\n\r\n');
  if (headEnd < 0 || headEnd > mostHeader) return null;
  const type = headerIn(mail.toString('latin1', 0, headEnd), 'content-type');
  if (type === null || !/^multipart\/signed\s*;/i.test(type)) return null;
  const boundary = /;\s*boundary\s*=\s*(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  if (!boundary) return null;
  const line = `\r\n--${boundary[1] ?? boundary[2]}`;
  const places = delimiters(mail, line, headEnd + 2);
  if (places === null) return null;
  const [first, second, end] = places;
  const signature = signatureIn(mail.subarray(second + line.length + 2, end));
  return signature && { content: mail.subarray(first + line.length + 2, second), signature };
}

/** Files saved by mail programs often lost the CR that was signed. */
function withCrLf(mail: Buffer): Buffer {
  const isCanonical = mail.includes('\r\n');
  return isCanonical ? mail : Buffer.from(mail.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}

/** Where the three lines between parts begin; null unless there are three, the last of them the closing one. */
function delimiters(mail: Buffer, line: string, from: number): readonly [number, number, number] | null {
  const found: number[] = [];
  for (
    let at = mail.indexOf(line, from, 'latin1');
    at >= 0;
    at = mail.indexOf(line, at + line.length, 'latin1')
  ) {
    const after = mail.toString('latin1', at + line.length, at + line.length + 2);
    const isClosing = after === '--';
    // A longer boundary that begins alike belongs to a part inside.
    if (after !== '\r\n' && !isClosing) continue;
    if (isClosing !== (found.length === 2)) return null;
    found.push(at);
    if (isClosing) break;
  }
  const [first, second, end] = found;
  return first === undefined || second === undefined || end === undefined ? null : [first, second, end];
}

function signatureIn(part: Buffer): Uint8Array | null {
  const headEnd = part.indexOf('\r\n\r\n');
  if (part.length > mostSignature || headEnd < 0) return null;
  const head = part.toString('latin1', 0, headEnd);
  if (!/^application\/(?:x-)?pkcs7-signature\b/i.test(headerIn(head, 'content-type') ?? '')) return null;
  if (headerIn(head, 'content-transfer-encoding')?.toLowerCase() !== 'base64') return null;
  const text = part.toString('latin1', headEnd).replaceAll(/\s/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}

/** @returns its value on one line; null when it is absent, or there twice */
function headerIn(head: string, name: string): string | null {
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const found = lines.filter((line) => line.toLowerCase().startsWith(`${name}:`));
  return found.length === 1 ? found[0]!.slice(name.length + 1).trim() : null;
}
