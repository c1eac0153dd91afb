import type { Variables } from '@iter/engine';
import type { Json } from '@iter/event-store';
import { entriesIn, numberIn, textIn } from '../case-record.ts';

export const lengthOf = (value: Json | undefined): number => (Array.isArray(value) ? value.length : 0);

/** Sum of a number that each context of a list has. */
export const sumOf = (value: Json | undefined, name: string): number =>
  entriesIn(value, (it) => numberIn(it[name])).reduce((sum, it) => sum + it, 0);

/** What has a reference, else nothing: an entry without one could not be told apart. */
export const withRef = <T>(it: Variables, name: string, read: (ref: string) => T): T | null => {
  const ref = textIn(it[name]);
  return ref === null ? null : read(ref);
};
