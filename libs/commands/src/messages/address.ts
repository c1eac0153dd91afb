import type { Address } from '@iter/engine/messages';
import { canonicalJson } from '@iter/platform/ids';

/** Prefix of the streams in which messages meet their receivers. */
export const messagePrefix = 'message-';

/**
 * `message-<keyed hash of tenant, name and correlation key>`: the key, which may be personal, cannot be guessed from it.
 * Messages without a key have a stream per name and day, so that none grows for ever.
 * @param hash under the log's own key
 * @param at when it was published; counts only without a key
 */
export function messageStream(
  hash: (text: string) => string,
  { tenant, name, correlationKey }: Address,
  at: string,
): string {
  const parts = correlationKey === null ? [null, at.slice(0, 10)] : [correlationKey];
  return `${messagePrefix}${hash(canonicalJson(['message', tenant, name, ...parts]))}`;
}

/** Names body and key, whatever the message's name: messages with the same begin a case together. Null: it has no key. */
export const keyHashOf = (
  hash: (text: string) => string,
  { tenant, correlationKey }: Address,
): string | null =>
  correlationKey === null ? null : hash(canonicalJson(['correlation key', tenant, correlationKey]));
