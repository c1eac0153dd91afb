import { digestOf } from './canonical.ts';
import { firstPrevHash } from './envelope.ts';
import { MalformedAppend } from './port.ts';
import type { Append } from './port.ts';

/** Letters, digits and a few marks: names are shown in logs and used as prefixes. */
const streamName = /^[a-z][a-zA-Z0-9._-]{0,199}$/;
const hexHash = /^[0-9a-f]{64}$/;

export const mostEvents = 1_000;
/** Of the canonical envelopes of one append, in UTF-8. */
export const mostBytes = 1024 * 1024;
/** Revisions are 32-bit in some stores. */
const mostRevision = 2 ** 31 - 1;

/**
 * What every adapter refuses before it sends anything, so that a log never holds a broken chain.
 * @returns the hash of the last event, which is the stream's next head, and the size
 * @throws MalformedAppend
 */
export function checkAppend({ stream, expectedRevision, events }: Append): {
  readonly hash: string;
  readonly bytes: number;
} {
  const refuse = (why: string): never => {
    throw new MalformedAppend(`append to ${stream.slice(0, 200)}: ${why}`);
  };
  if (!streamName.test(stream)) refuse('the stream name is not allowed');
  if (!Number.isInteger(expectedRevision) || expectedRevision < -1)
    refuse('the expected revision must be named');
  if (events.length === 0 || events.length > mostEvents)
    refuse(`1 to ${mostEvents} events, not ${events.length}`);
  if (expectedRevision + events.length > mostRevision) refuse('the stream is too long');
  let hash = expectedRevision === -1 ? firstPrevHash : events[0]!.prevHash;
  if (!hexHash.test(hash)) refuse('event 0 names no hash of its predecessor');
  let recordedAt = '';
  let bytes = 0;
  events.forEach((event, i) => {
    if (event.stream !== stream) refuse(`event ${i} belongs to another stream`);
    if (event.revision !== expectedRevision + 1 + i) refuse(`event ${i} has revision ${event.revision}`);
    if (!Number.isInteger(event.schemaVersion)) refuse(`event ${i} has no schema version`);
    if (event.prevHash !== hash) refuse(`event ${i} breaks the chain`);
    if (event.recordedAt < recordedAt) refuse(`event ${i} was recorded before its predecessor`);
    const digest = digestOf(event);
    hash = digest.hash;
    recordedAt = event.recordedAt;
    bytes += digest.bytes;
  });
  if (bytes > mostBytes) refuse(`${bytes} bytes, at most ${mostBytes}`);
  return { hash, bytes };
}
