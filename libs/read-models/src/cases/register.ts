import type { Views } from '../database.ts';
import type { ReadEntry } from '../selection-registers.ts';

/** What `iter:lookup` finds of another case: where it stands, never what it says; null for a case of another body. */
export const caseRegister = (views: Views): Readonly<Record<'case', ReadEntry>> => ({
  async case(key, { comune }) {
    if (typeof key !== 'string') return null;
    const row = await views
      .selectFrom('cases')
      .select(['id', 'process', 'comune', 'state', 'outcome'])
      .where('id', '=', key)
      .where('comune', '=', comune)
      .executeTakeFirst();
    return row
      ? { case: row.id, process: row.process, comune: row.comune, state: row.state, outcome: row.outcome }
      : null;
  },
});
