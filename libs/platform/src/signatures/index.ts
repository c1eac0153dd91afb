import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '../ids/index.ts';

/** Ed25519 over the canonical JSON (RFC 8785) of what is signed. */
export interface Signature {
  readonly algorithm: 'Ed25519';
  /** SubjectPublicKeyInfo, DER, base64. */
  readonly publicKey: string;
  /** Base64. */
  readonly signature: string;
}

/** The public half of a signing key, as signatures carry it. */
export const publicKeyOf = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');

export const signJson = (value: object, key: KeyObject): Signature => ({
  algorithm: 'Ed25519',
  publicKey: publicKeyOf(key),
  signature: sign(null, Buffer.from(canonicalJson(value)), key).toString('base64'),
});

/** Whether somebody who holds the key has signed exactly this. Who that is, the fingerprint says to those who know it. */
export function isSigned(value: unknown, { publicKey, signature }: Signature): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(canonicalJson(value)), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** How people tell keys apart: SHA-256 of the public key, the first half of it in groups of four. */
export const fingerprintOf = ({ publicKey }: Pick<Signature, 'publicKey'>): string =>
  createHash('sha256')
    .update(Buffer.from(publicKey, 'base64'))
    .digest('hex')
    .slice(0, 32)
    .replaceAll(/(.{4})(?!$)/g, '$1 ');

/** Whether a fingerprint is the one that somebody was told, however it was written down. */
export const isFingerprint = (fingerprint: string, told: string): boolean =>
  fingerprint.replaceAll(' ', '') === told.replaceAll(/\s/g, '').toLowerCase();

/** A private Ed25519 key in PKCS #8 is this and its 32 bytes. Source: RFC 8410, 7 */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The signing key that 32 secret bytes are. */
export const signingKeyOf = (secret: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' });
