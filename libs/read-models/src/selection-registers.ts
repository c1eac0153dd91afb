import type { Json } from '@iter/event-store';
import type { Views } from './database.ts';
import { findEligibilityList } from './eligibility-lists/queries.ts';
import { findNeeds } from './needs/queries.ts';
import { findRanking } from './rankings/queries.ts';

/** Reads an entry of a register for a case; null: there is none. `on`: the day, `YYYY-MM-DD`. */
export type ReadEntry = (
  key: Json,
  about: { readonly comune: string; readonly process: string; readonly on: string },
) => Promise<Json>;

/** What `iter:lookup` finds of selections: views over the log, as they are now. A list of references finds a list. */
export function selectionRegisters(
  views: Views,
): Readonly<Record<'needs' | 'eligibility-list' | 'ranking', ReadEntry>> {
  return {
    async needs(key) {
      const refs = Array.isArray(key) ? (key as readonly Json[]) : [key];
      const found = await findNeeds(
        views,
        refs.filter((it) => typeof it === 'string'),
      );
      const entries = refs.map((ref) => ((typeof ref === 'string' && found.get(ref)) || null) as Json);
      return Array.isArray(key) ? entries : (entries[0] ?? null);
    },
    async 'eligibility-list'(key, { on }) {
      return (typeof key === 'string' ? await findEligibilityList(views, key, on) : null) as Json;
    },
    async ranking(key) {
      return (typeof key === 'string' ? await findRanking(views, key) : null) as Json;
    },
  };
}
