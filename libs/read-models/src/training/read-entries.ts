import type { Variables } from '@iter/engine';
import type { Json } from '@iter/event-store';
import { numberIn, textIn } from '../case-record.ts';

const isRecord = (it: Json | undefined): it is Variables =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

export const recordIn = (value: Json | undefined): Variables | null => (isRecord(value) ? value : null);

/** The contexts of a list, each read; what cannot be read is left out. */
export const entriesIn = <T>(value: Json | undefined, read: (it: Variables) => T | null): readonly T[] =>
  Array.isArray(value)
    ? (value as readonly Json[]).flatMap((it) => {
        const entry = isRecord(it) ? read(it) : null;
        return entry === null ? [] : [entry];
      })
    : [];

export const lengthOf = (value: Json | undefined): number => (Array.isArray(value) ? value.length : 0);

/** Sum of a number that each context of a list has. */
export const sumOf = (value: Json | undefined, name: string): number =>
  entriesIn(value, (it) => numberIn(it[name])).reduce((sum, it) => sum + it, 0);

/** What has a reference, else nothing: an entry without one could not be told apart. */
export const withRef = <T>(it: Variables, name: string, read: (ref: string) => T): T | null => {
  const ref = textIn(it[name]);
  return ref === null ? null : read(ref);
};
