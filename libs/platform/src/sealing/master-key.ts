import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../folders/index.ts';

/** 32 bytes that wrap the data keys. Without them everything that was sealed is lost. */
export type MasterKey = Uint8Array;

/**
 * The master key of an installation: the configured one, else the private file `keys/master.key` below `home`, made when
 * it is missing.
 * @throws when the file holds no key
 */
export function loadMasterKey(configured: Uint8Array | null, home: string): MasterKey {
  if (configured) return configured;
  const folder = join(home, 'keys');
  const file = join(folder, 'master.key');
  if (!existsSync(file)) {
    makeFolder(folder, 0o700);
    try {
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another process made it in the meantime: its key counts.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new Error(`${file} holds no master key: restore it from its backup.`);
  return key;
}

/** A key of its own for a purpose, derived from the master key (HKDF, RFC 5869). */
export const derivedKey = (master: MasterKey, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', master, '', `iter ${purpose}`, 32));
