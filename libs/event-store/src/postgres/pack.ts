import type { Position, SealedEvent, StoredEvent } from '../envelope.ts';

/** Fields that the events of one append nearly always share; written once a row. */
const shared = [
  'tenant',
  'stream',
  'occurredAt',
  'recordedAt',
  'actor',
  'commandId',
  'requestHash',
  'causationId',
  'correlationId',
  'keyId',
] as const;

type Packed = { readonly c: Partial<SealedEvent>; readonly e: readonly Partial<SealedEvent>[] };

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The events of one append as the text of one row: nothing is lost, what they share is written once. */
export function pack(events: readonly SealedEvent[]): string {
  const first = events[0]!;
  const common = shared.filter((field) => events.every((event) => same(event[field], first[field])));
  const c = Object.fromEntries(common.map((field) => [field, first[field]]));
  const e = events.map(({ revision: _, ...event }) => {
    for (const field of common) delete (event as Partial<SealedEvent>)[field];
    return event;
  });
  return JSON.stringify({ c, e } satisfies Packed);
}

/** The events of a row again, with their places. */
export function unpack(text: string, firstRevision: number, position: Position): StoredEvent[] {
  const { c, e } = JSON.parse(text) as Packed;
  return e.map(
    (event, index) => ({ ...c, ...event, revision: firstRevision + index, position, index }) as StoredEvent,
  );
}
