import type { Json } from '@iter/process-model';
import type { CaseEvent } from './events.ts';

/** An event's envelope with its signature: who, when, by what, the hash before. */
const envelope = 500;

/** Bytes that an event takes in the log at most, about: what it says is sealed there, which makes four bytes of three. */
export function sizeOf(event: CaseEvent): number {
  switch (event.type) {
    // Most events are of these, and they are never large.
    case 'SequenceFlowTaken':
      return envelope;
    case 'ElementCompleted':
      return envelope + (event.data.item === undefined ? 0 : sealed(event.data.item));
    default:
      return envelope + sealed(event.data as unknown as Json);
  }
}

function sealed(value: Json): number {
  return Math.ceil((length(value) * 4) / 3);
}

/** Length in UTF-8, about: a letter beyond ASCII takes two bytes or three. */
function inUtf8(text: string): number {
  let sum = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 127) sum += unit > 2047 ? 2 : 1;
  }
  return sum;
}

/** Length of a value as JSON, about. */
function length(value: Json | undefined): number {
  if (typeof value === 'string') return inUtf8(value) + 3;
  if (typeof value !== 'object' || value === null) return 6;
  let sum = 2;
  if (Array.isArray(value)) for (const item of value as readonly Json[]) sum += length(item);
  else for (const name in value) sum += name.length + 4 + length((value as Record<string, Json>)[name]);
  return sum;
}
