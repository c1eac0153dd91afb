import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

// Asking the system for twelve random bytes costs as much as encrypting a small text: they are fetched in advance.
let fresh: Buffer = Buffer.alloc(0);
function newIv(): Buffer {
  if (fresh.length === 0) fresh = randomBytes(256 * ivBytes);
  const iv = fresh.subarray(0, ivBytes);
  fresh = fresh.subarray(ivBytes);
  return iv;
}

const secrets = new WeakMap<Uint8Array, KeyObject>();

/** Node makes such an object of raw bytes at every call, which costs more than encrypting a small text. */
function secretOf(key: Uint8Array): KeyObject {
  let secret = secrets.get(key);
  if (!secret) secrets.set(key, (secret = createSecretKey(key)));
  return secret;
}

/** AES-256-GCM: iv, ciphertext and tag in one piece; `bound` is authenticated with it and must be given again. */
export function encrypt(key: Uint8Array, plain: Uint8Array, bound: string): Buffer {
  const iv = newIv();
  const cipher = createCipheriv('aes-256-gcm', secretOf(key), iv).setAAD(Buffer.from(bound));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws when the key is another one, or when anything was altered or belongs elsewhere */
export function decrypt(key: Uint8Array, box: Uint8Array, bound: string): Buffer {
  const bytes = Buffer.from(box.buffer, box.byteOffset, box.byteLength);
  const decipher = createDecipheriv('aes-256-gcm', secretOf(key), bytes.subarray(0, ivBytes)).setAAD(
    Buffer.from(bound),
  );
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes, bytes.length - tagBytes)), decipher.final()]);
}
