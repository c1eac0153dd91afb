import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of scrypt; OWASP Password Storage: N = 2^15, r = 8, p = 3 is the least with 32 MiB. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export const defaultCost: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };

/** Source: OWASP ASVS 5.0 V6.2.1: at least 8 characters, no rule on which. */
export const passwordRules = { minLength: 8, maxLength: 200 } as const;

export type PasswordRefusal = 'password-too-short' | 'password-too-long';

/** @returns why a password is refused; null when it is fine. Lengths in UTF-16 code units. */
export function checkPassword(password: string): PasswordRefusal | null {
  if (password.length < passwordRules.minLength) return 'password-too-short';
  return password.length > passwordRules.maxLength ? 'password-too-long' : null;
}

/** @returns `scrypt$N$r$p$salt$hash`, salt and hash in base64url; 32 bytes of hash under a salt of 16 */
export async function hashPassword(password: string, cost: ScryptCost = defaultCost): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether the password is the one that was hashed. Takes as long for a wrong one; false on a malformed hash. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = stored.split('$');
  if (scheme !== 'scrypt' || !salt || !hash) return false;
  const expected = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** A hash that no password has: verifying against it costs what verifying against a real one costs. */
export const nobodysHash = (cost: ScryptCost = defaultCost): string =>
  [
    'scrypt',
    cost.N,
    cost.r,
    cost.p,
    Buffer.alloc(16).toString('base64url'),
    randomBytes(32).toString('base64url'),
  ].join('$');

// Unicode passwords typed on different keyboards must be the same bytes.
const derive = (password: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
