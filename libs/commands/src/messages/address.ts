import { canonicalJson } from '@iter/platform/ids';

/** What decides in which stream a message and those who await it meet. */
export interface Address {
  /** Body within which the key counts. */
  readonly tenant: string;
  readonly name: string;
  readonly correlationKey: string | null;
}

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
