import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseState, RecordedCaseEvent } from '@iter/engine';

/** A history as a release recorded it, and what that release made of it. */
export interface History {
  readonly scenario: string;
  readonly events: readonly RecordedCaseEvent[];
  /** The folded state as plain JSON. */
  readonly state: unknown;
}

export const folder = join(import.meta.dirname, '..', 'histories');

/** Every recorded history, by release and name. */
export function readHistories(): { readonly name: string; readonly history: History }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      name: file.slice(folder.length + 1),
      history: JSON.parse(readFileSync(file, 'utf8')) as History,
    }));
}

const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> =>
  typeof value === 'object' && value !== null && 'entries' in value && typeof value.entries === 'function';

/**
 * Sealing parts the fields of an event's data and puts them together again, and what stays clear is kept in canonical order:
 * the order of fields says nothing. The order of lists does.
 */
const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || isMap(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, it]) => [name, sorted(it)]),
  );
};

/** A state as JSON: maps as lists of their entries, in order. */
export const stateText = (state: CaseState): string =>
  JSON.stringify({ ...state, continuation: sorted(state.continuation) }, (_key, value: unknown) =>
    isMap(value) && !Array.isArray(value)
      ? { entries: [...value.entries()].map(([key, entry]) => [key, sorted(entry)]) }
      : value,
  );

/** The same, read again. */
export const plain = (state: CaseState): unknown => JSON.parse(stateText(state));
