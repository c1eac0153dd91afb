import { sql } from 'kysely';
import type { Views } from '../database.ts';
import type { ReadEntry } from '../selection-registers.ts';

/**
 * What `iter:lookup` finds of another case, by its id or by the code that people know it by: where it stands, never what it
 * says; null for a case of another body.
 */
export const caseRegister = (views: Views): Readonly<Record<'case', ReadEntry>> => ({
  async case(key, { comune }) {
    if (typeof key !== 'string') return null;
    const named = key.trim();
    const rows = await views
      .selectFrom('cases')
      .select(['id', 'process', 'comune', 'state', 'outcome'])
      .where((eb) => eb.or([eb('id', '=', named), eb(sql<string>`upper(code)`, '=', named.toUpperCase())]))
      .where('comune', '=', comune)
      .limit(2)
      .execute();
    // A code that two cases bear names neither of them.
    const row = rows.length === 1 ? rows[0] : rows.find(({ id }) => id === named);
    return row
      ? { case: row.id, process: row.process, comune: row.comune, state: row.state, outcome: row.outcome }
      : null;
  },
});
