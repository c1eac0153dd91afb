import { hashEvent } from './chain.ts';
import { firstPrevHash } from './envelope.ts';
import { MalformedAppend } from './port.ts';
import type { Append } from './port.ts';

/** Letters, digits and a few marks: names are shown in logs and used as prefixes. */
const streamName = /^[a-z][a-zA-Z0-9._-]{0,199}$/;

export const mostEvents = 1_000;
export const mostBytes = 1024 * 1024;

/**
 * What every adapter refuses before it sends anything, so that a log never holds a broken chain.
 * @returns the hash of the last event: the stream's next head
 * @throws MalformedAppend
 */
export function checkAppend({ stream, expectedRevision, events }: Append): string {
  const refuse = (why: string): never => {
    throw new MalformedAppend(`append to ${stream.slice(0, 200)}: ${why}`);
  };
  if (!streamName.test(stream)) refuse('the stream name is not allowed');
  if (!Number.isInteger(expectedRevision) || expectedRevision < -1)
    refuse('the expected revision must be named');
  if (events.length === 0 || events.length > mostEvents)
    refuse(`1 to ${mostEvents} events, not ${events.length}`);
  let hash = expectedRevision === -1 ? firstPrevHash : events[0]!.prevHash;
  let recordedAt = '';
  events.forEach((event, i) => {
    if (event.stream !== stream) refuse(`event ${i} belongs to another stream`);
    if (event.revision !== expectedRevision + 1 + i) refuse(`event ${i} has revision ${event.revision}`);
    if (event.prevHash !== hash) refuse(`event ${i} breaks the chain`);
    if (event.recordedAt < recordedAt) refuse(`event ${i} was recorded before its predecessor`);
    hash = hashEvent(event);
    recordedAt = event.recordedAt;
  });
  return hash;
}

/** @throws MalformedAppend when the events of one append are larger than a store may be asked to take */
export function checkSize(stream: string, bytes: number): void {
  if (bytes > mostBytes)
    throw new MalformedAppend(`append to ${stream}: ${bytes} bytes, at most ${mostBytes}`);
}
