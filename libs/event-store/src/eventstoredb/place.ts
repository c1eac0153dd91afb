import type { Position } from '../envelope.ts';
import { LogWasRestored } from '../port.ts';

/**
 * Where an event lies: offsets in the server's files, which grow and have holes, and the beginning of its id. The id is the
 * hash of the event: in a log that was put back to a copy of before and went on, another event is there, or none.
 */
export interface Place {
  readonly commit: number;
  readonly prepare: number;
  readonly mark: string;
}

const shape = /^([0-9a-f]{8})-([0-9a-f]{8})-(?:(\d{1,16})\.)?(\d{1,16})$/;

/** The prepare offset is written where it is another than the commit's, which none of our own writes has. */
export const formatPlace = (epoch: string, { commit, prepare, mark }: Place): Position =>
  `${epoch}-${mark}-${prepare === commit ? '' : `${prepare}.`}${commit}`;

/** @throws LogWasRestored when the position is of another log, or is none */
export function parsePlace(epoch: string, position: Position): Place {
  const match = shape.exec(position);
  if (match?.[1] !== epoch) throw new LogWasRestored('the position is not of this log');
  const commit = Number(match[4]);
  return { commit, prepare: match[3] === undefined ? commit : Number(match[3]), mark: match[2]! };
}

export const comparePlaces = (a: Place, b: Place): number => a.commit - b.commit || a.prepare - b.prepare;
