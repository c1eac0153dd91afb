import type { Json } from '@iter/event-store';
import type { Views } from '../database.ts';
import type { ReadEntry } from '../selection-registers.ts';
import { entryOf, isOpenToEnrolment } from './catalogue.ts';
import { yearStatement } from './dashboard.ts';

/**
 * What `iter:lookup` finds of training: `edition`, by body and code (`p_demo/FOR-2026-001`), the one begun last; `training-path`, by person and year at
 * the body that asks (`B-0101/2026`, or a list of them), the open one before any that has ended; `training-year`, by Comune and year
 * (`c_mondo/2026`), what the staff has reached.
 */
export function trainingRegisters(
  views: Views,
): Readonly<
  Record<'edition' | 'training-year', (key: Json) => Promise<Json>> & Record<'training-path', ReadEntry>
> {
  return {
    async edition(key) {
      const [, comune, courseRef] = /^([^/]+)\/(.+)$/.exec(typeof key === 'string' ? key : '') ?? [];
      if (comune === undefined || courseRef === undefined) return null;
      const row = await views
        .selectFrom('training_editions')
        .selectAll()
        .select(isOpenToEnrolment.as('takesEnrolments'))
        .where('course_ref', '=', courseRef)
        .where('comune', '=', comune)
        .orderBy('id', 'desc')
        .executeTakeFirst();
      if (!row) return null;
      const { state, takesEnrolments } = row;
      return { ...entryOf(row), state, takesEnrolments } as unknown as Json;
    },
    async 'training-path'(key, { comune }) {
      const keys = Array.isArray(key) ? (key as readonly Json[]) : [key];
      const asked = keys.map((it) => /^(.+)\/(\d{4})$/.exec(typeof it === 'string' ? it : ''));
      const people = [...new Set(asked.flatMap((it) => it?.[1] ?? []))];
      const rows =
        people.length === 0
          ? []
          : await views
              .selectFrom('training_paths')
              .select(['employee_ref', 'year', 'state', 'credits'])
              .where('comune', '=', comune)
              .where('employee_ref', 'in', people)
              // Who left and came back has two of a year: hours go to the one that is open.
              .orderBy((eb) => eb('state', '=', 'open'))
              .orderBy('id')
              .execute();
      const found = new Map(rows.map((row) => [`${row.employee_ref}/${row.year}`, row]));
      const entries = asked.map((it): Json => {
        const row = it && found.get(it[0]);
        if (!row) return null;
        const { employee_ref: employeeRef, year, state, credits } = row;
        return { employeeRef, year, state, credited: credits.map(({ ref }) => ref) };
      });
      return Array.isArray(key) ? entries : (entries[0] ?? null);
    },
    async 'training-year'(key) {
      const [, comune, year] = /^(.+)\/(\d{4})$/.exec(typeof key === 'string' ? key : '') ?? [];
      return comune && year ? ((await yearStatement(views, comune, Number(year))) as Json) : null;
    },
  };
}
