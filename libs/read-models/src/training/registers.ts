import type { Json } from '@iter/event-store';
import type { Views } from '../database.ts';
import { entryOf } from './catalogue.ts';
import { yearStatement } from './dashboard.ts';

/**
 * What `iter:lookup` finds of training: `edition`, by its code, the one begun last; `training-year`, by Comune and year
 * (`c_mondo/2026`), what the staff has reached.
 */
export function trainingRegisters(
  views: Views,
): Readonly<Record<'edition' | 'training-year', (key: Json) => Promise<Json>>> {
  return {
    async edition(key) {
      if (typeof key !== 'string') return null;
      const row = await views
        .selectFrom('training_editions')
        .selectAll()
        .where('course_ref', '=', key)
        .orderBy('id', 'desc')
        .executeTakeFirst();
      return row ? ({ ...entryOf(row), state: row.state } as unknown as Json) : null;
    },
    async 'training-year'(key) {
      const [, comune, year] = /^(.+)\/(\d{4})$/.exec(typeof key === 'string' ? key : '') ?? [];
      return comune && year ? ((await yearStatement(views, comune, Number(year))) as Json) : null;
    },
  };
}
