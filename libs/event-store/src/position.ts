import type { Position } from './envelope.ts';
import { LogWasRestored } from './port.ts';

/** A position as text: the log's epoch and the number of the append, sortable by nobody but the adapter. */
export const formatPosition = (epoch: string, number: number): Position => `${epoch}-${number}`;

/**
 * Whether a text looks like a position of some log, of whichever adapter: its epoch, and what the adapter adds. What does not
 * was never given by one.
 */
export const isPosition = (text: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{8})?-(\d{1,16}\.)?\d{1,16}$/.test(text);

/**
 * The number of a position of this log; 0 for the beginning.
 * @throws LogWasRestored when the position is of another epoch, or is none
 */
export function parsePosition(epoch: string, position: Position | null | undefined): number {
  if (position === null || position === undefined) return 0;
  const match = /^([0-9a-f]{8})-(\d{1,15})$/.exec(position);
  if (match?.[1] !== epoch) throw new LogWasRestored('the position is not of this log');
  return Number(match[2]);
}
