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
}

// The names are bound too, so that a field cannot be passed off as another.
const bound = (eventId: string, fields: readonly string[]): string => `${eventId}|${fields.join(',')}`;

/** @returns the data with every field that is not in `clear` encrypted, bound to the event, under `$sealed` */
export function seal(key: DataKey, eventId: string, data: JsonObject, clear: readonly string[]): JsonObject {
  const fields = Object.keys(data)
    .filter((name) => !clear.includes(name))
    .sort();
  if (fields.length === 0) return data;
  const plain = JSON.stringify(fields.map((name) => data[name]));
  const box = encrypt(key.bytes, Buffer.from(plain), bound(eventId, fields)).toString('base64');
  const sealed: Record<string, Json> = {};
  for (const name of clear) if (Object.hasOwn(data, name)) sealed[name] = data[name]!;
  // An object without prototype is a dictionary from the start. With one, V8 makes a shape for each key there is, and goes
  // through all those that live at each event. Names stand in order, so that canonical JSON need not copy it.
  const boxes = Object.create(null) as Record<string, Box & JsonObject>;
  boxes[key.id] = { box, fields };
  sealed['$sealed'] = boxes;
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
  for (const [id, { fields, box }] of Object.entries($sealed as unknown as Record<string, Box>)) {
    const key = keyOf(id);
    if (!key) {
      erased.push(...fields);
      continue;
    }
    const values = opened(key, box, bound(eventId, fields));
    fields.forEach((name, i) => (clear[name] = values[i]!));
  }
  return { data: clear, erased };
}

function opened(key: DataKey, box: string, boundTo: string): Json[] {
  try {
    return JSON.parse(decrypt(key.bytes, Buffer.from(box, 'base64'), boundTo).toString()) as Json[];
  } catch (cause) {
    throw new SealBroken('what is sealed in this event was altered; iter verify tells where', { cause });
  }
}

/** The ids of the keys that sealed something in this data. */
export const keysOf = (data: JsonObject): readonly string[] => Object.keys((data['$sealed'] ?? {}) as object);
