import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../world/files.ts';
import { WrongInput } from '../output.ts';

/** Where a house keeps the key with which it signs what it gives away. */
export const keyFile = (home = process.env['ITER_HOME'] ?? './var'): string => join(home, 'package-key.pem');

/**
 * The key that signs packages, made at the first use and kept in a private file.
 * @throws WrongInput when the file holds no Ed25519 key
 */
export function signingKey(file: string): KeyObject {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  try {
    const key = createPrivateKey(readText(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    if (error instanceof WrongInput) throw error;
  }
  throw new WrongInput(`${file} holds no private Ed25519 key (PEM)`);
}
