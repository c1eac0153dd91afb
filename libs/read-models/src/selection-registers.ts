import type { Json } from '@iter/event-store';
import { sql } from 'kysely';
import type { Views } from './database.ts';
import { findEligibilityList } from './eligibility-lists/queries.ts';
import { findNeeds } from './needs/queries.ts';
import { findRanking } from './rankings/queries.ts';

/** Reads an entry of a register for a case; null: there is none. `on`: the day, `YYYY-MM-DD`. */
export type ReadEntry = (
  key: Json,
  about: { readonly comune: string; readonly process: string; readonly on: string },
) => Promise<Json>;

/**
 * What `iter:lookup` finds of selections: views over the log, as they are now. A list of references finds a list. A
 * reference is the id of a case, or the code that its page shows, in capitals or not; each entry says its `code`.
 */
export function selectionRegisters(
  views: Views,
): Readonly<Record<'needs' | 'eligibility-list' | 'ranking', ReadEntry>> {
  return {
    async needs(key) {
      const refs = Array.isArray(key) ? (key as readonly Json[]) : [key];
      const cases = await casesCalled(views, 'selection-needs-and-mobility', refs);
      const found = await findNeeds(
        views,
        [...cases.values()].map(({ id }) => id),
      );
      const entries = refs.map((ref) => {
        const called = cases.get(ref);
        const need = called && found.get(called.id);
        return (need ? { ...need, code: called.code } : null) as Json;
      });
      return Array.isArray(key) ? entries : (entries[0] ?? null);
    },
    async 'eligibility-list'(key, { on }) {
      const called = (await casesCalled(views, 'selection-single-list', [key])).get(key);
      const list = called && (await findEligibilityList(views, called.id, on));
      return (list ? { ...list, code: called.code } : null) as Json;
    },
    async ranking(key) {
      const called = (await casesCalled(views, 'selection-competition', [key])).get(key);
      const ranking = called && (await findRanking(views, called.id));
      return (ranking ? { ...ranking, code: called.code } : null) as Json;
    },
  };
}

interface Called {
  readonly id: string;
  readonly code: string;
}

/** The cases of a process by what they are called; a code that several have names none of them. */
async function casesCalled(
  views: Views,
  process: string,
  names: readonly Json[],
): Promise<ReadonlyMap<Json, Called>> {
  const texts = names.filter((name) => typeof name === 'string' && name.trim() !== '') as readonly string[];
  if (texts.length === 0) return new Map();
  const code = (text: string): string => text.trim().toUpperCase();
  const rows = await views
    .selectFrom('cases')
    .select(['id', 'code'])
    .where('process', '=', process)
    .where((eb) => eb.or([eb('id', 'in', [...texts]), eb(sql<string>`upper(code)`, 'in', texts.map(code))]))
    .execute();
  return new Map(
    texts.flatMap((name) => {
      const called = rows.filter((row) => row.id === name || code(row.code) === code(name));
      const exact = called.find(({ id }) => id === name) ?? (called.length === 1 ? called[0] : undefined);
      return exact ? [[name, exact] as const] : [];
    }),
  );
}
