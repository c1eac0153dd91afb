/** The cursor is not one that this list gave out. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

export type SortKey = readonly (string | number)[];

/** The sort key of the last row seen, opaque to callers. */
export const encodeCursor = (key: SortKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * @param shape a sort key of the list: the cursor must have as many parts of the same types
 * @throws InvalidCursor
 */
export function decodeCursor(cursor: string, shape: SortKey): SortKey {
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new InvalidCursor('the cursor is none of this list');
  }
  const fits =
    Array.isArray(key) &&
    key.length === shape.length &&
    key.every(
      (part, i) => typeof part === typeof shape[i] && (typeof part !== 'number' || Number.isInteger(part)),
    );
  if (!fits) throw new InvalidCursor('the cursor is none of this list');
  // PostgreSQL takes no NUL in text: no row could have it.
  if ((key as SortKey).some((part) => typeof part === 'string' && part.includes('\0'))) {
    throw new InvalidCursor('the cursor is none of this list');
  }
  return key as SortKey;
}
