import { createHmac, createSecretKey, hash } from 'node:crypto';

export { canonicalJson } from './canonical-json.ts';

/** Namespace of the ids that commands give rise to; made once at random, never to be changed. */
const namespace = Buffer.from('5f0c9a1e8e0b4c1a9d3c7a64b2f1d0e7', 'hex');

/** Where names of ordinary length are put behind the namespace: four or five ids are made for every command. */
const room = Buffer.concat([namespace, Buffer.alloc(1_008)]);
function inNamespace(name: string): Buffer {
  // A UTF-16 unit takes three bytes at most.
  if (namespace.length + 3 * name.length > room.length) return Buffer.concat([namespace, Buffer.from(name)]);
  return room.subarray(0, namespace.length + room.write(name, namespace.length));
}

/** UUID version 5 (RFC 9562) of a name; the same name always gives the same id. */
export function uuidV5(name: string): string {
  const hex = hash('sha1', inNamespace(name), 'hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What makes a command the same one when it is sent again. */
export interface CommandIdentity {
  readonly tenant: string;
  readonly actor: string;
  readonly route: string;
  readonly idempotencyKey: string;
}

/** The id of a command: whoever repeats it with the same idempotency key gets the same one. */
export function commandIdOf({ tenant, actor, route, idempotencyKey }: CommandIdentity): string {
  // Lengths stand before the parts, so that no two different identities make the same name.
  return uuidV5(
    ['command', tenant, actor, route, idempotencyKey].map((part) => `${part.length}:${part}`).join('|'),
  );
}

/** The id of the event that a command appends as its n-th, from 0. */
export const eventId = (commandId: string, index: number): string => uuidV5(`event|${commandId}|${index}`);

/** The id of the case that a command starts. */
export const caseIdOf = (commandId: string): string => uuidV5(`case|${commandId}`);

/**
 * Keys for what a command creates inside a case: unique in the case, short, and the same ones whenever the same
 * command is decided again.
 */
export function keySource(commandId: string): () => string {
  // The first twelve digits of a UUID.
  const prefix = commandId.slice(0, 13).replace('-', '');
  let count = 0;
  return () => `${prefix}-${(count++).toString(36)}`;
}

/** HMAC-SHA-256 of a request under the log's own key, hex: recognises a request without revealing it. */
export function requestHashWith(key: Uint8Array): (canonical: string) => string {
  // Node makes such an object of raw bytes at every call, which costs five times the hash.
  const secret = createSecretKey(key);
  return (canonical) => createHmac('sha256', secret).update(canonical).digest('hex');
}
