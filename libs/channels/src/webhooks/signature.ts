import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** The secret of a receiver in the form in which libraries of Standard Webhooks take it. @param key 24 to 64 bytes */
export const secretOf = (key: Uint8Array = randomBytes(32)): string =>
  `${prefix}${Buffer.from(key).toString('base64')}`;

/**
 * The value of `webhook-signature`: HMAC-SHA-256 over id, instant and body, once for each secret that is good now.
 * @param sentAt seconds since 1970
 * Source: Standard Webhooks, symmetric signatures (`v1`)
 */
export function signatureOf(
  message: { readonly id: string; readonly sentAt: number; readonly body: string },
  secrets: readonly string[],
): string {
  const signed = `${message.id}.${message.sentAt}.${message.body}`;
  return secrets
    .map((secret) => Buffer.from(secret.slice(prefix.length), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    .join(' ');
}
