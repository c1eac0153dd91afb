import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { decrypt, encrypt } from './cipher.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What is sealed was altered, or belongs to another event: trying again changes nothing. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** A key that encrypts the private fields of one group of events (a case, an account). */
export interface DataKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** What stands under `$sealed`: per key, the names of the fields and their encrypted values. */
interface Box {
  /** Base64 of iv, ciphertext and tag. */
  readonly box: string;
  readonly fields: readonly string[];
  /** The values were packed (raw DEFLATE) before they were encrypted: how many bytes they have, unpacked. */
  readonly packed?: number;
}

/** Of values in JSON: what is longer is mostly a list, whose rows say the same again and again. */
const packedFrom = 16 * 1024;
// The names are bound too, so that a field cannot be passed off as another; so is how they are to be read.
const bound = (eventId: string, { fields, packed }: Omit<Box, 'box'>): string =>
  `${eventId}|${fields.join(',')}${packed === undefined ? '' : `|packed ${packed}`}`;

/** @returns the data with every field that is not in `clear` encrypted, bound to the event, under `$sealed` */
export function seal(key: DataKey, eventId: string, data: JsonObject, clear: readonly string[]): JsonObject {
  const fields = Object.keys(data)
    .filter((name) => !clear.includes(name))
    .sort();
  if (fields.length === 0) return data;
  const plain = Buffer.from(JSON.stringify(fields.map((name) => data[name])));
  const isLong = plain.length >= packedFrom;
  const how = isLong ? { fields, packed: plain.length } : { fields };
  const box = encrypt(key.bytes, isLong ? deflateRawSync(plain, { level: 1 }) : plain, bound(eventId, how));
  const sealed: Record<string, Json> = {};
  for (const name of clear) if (Object.hasOwn(data, name)) sealed[name] = data[name]!;
  // An object without prototype is a dictionary from the start. With one, V8 makes a shape for each key there is, and goes
  // through all those that live at each event. Names stand in order, so that canonical JSON need not copy it.
  const boxes = Object.create(null) as Record<string, Box>;
  boxes[key.id] = { box: box.toString('base64'), ...how };
  sealed['$sealed'] = boxes as unknown as JsonObject;
  return sealed;
}

/**
 * The data in clear again.
 * @param keyOf the key by its id; null when it was destroyed
 * @returns fields of destroyed keys are absent and named in `erased`
 * @throws {SealBroken} when what is sealed was altered or belongs to another event
 */
export function unseal(
  keyOf: (id: string) => DataKey | null,
  eventId: string,
  data: JsonObject,
): { readonly data: JsonObject; readonly erased: readonly string[] } {
  const { $sealed, ...open } = data;
  if ($sealed === undefined) return { data, erased: [] };
  const clear: Record<string, Json> = open;
  const erased: string[] = [];
  for (const [id, box] of Object.entries($sealed as unknown as Record<string, Box>)) {
    const { fields } = box;
    const key = keyOf(id);
    if (!key) {
      erased.push(...fields);
      continue;
    }
    const values = opened(key, eventId, box);
    fields.forEach((name, i) => (clear[name] = values[i]!));
  }
  return { data: clear, erased };
}

function opened(key: DataKey, eventId: string, { box, ...how }: Box): Json[] {
  try {
    const bytes = decrypt(key.bytes, Buffer.from(box, 'base64'), bound(eventId, how));
    const plain = how.packed === undefined ? bytes : inflateRawSync(bytes, { maxOutputLength: how.packed });
    return JSON.parse(plain.toString()) as Json[];
  } catch (cause) {
    throw new SealBroken('what is sealed in this event was altered; iter verify tells where', { cause });
  }
}

/** What is packed in this data, in bytes once it is unpacked: what a reader has to hold. */
export const packedBytes = ({ $sealed = {} }: JsonObject): number =>
  Object.values($sealed as unknown as Record<string, Box>).reduce((sum, { packed = 0 }) => sum + packed, 0);

/** The ids of the keys that sealed something in this data. */
export const keysOf = (data: JsonObject): readonly string[] => Object.keys((data['$sealed'] ?? {}) as object);
