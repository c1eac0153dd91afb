import type { Views } from '../database.ts';
import type { Viewer } from '../querying/viewer.ts';
import { givenReferences } from './references.ts';
import { ofBodies } from './sight.ts';
import type { CreditEntry, TrainingPathRow } from './tables.ts';

/** The hours of a person in a year, with where each comes from. */
export interface HoursLedger {
  readonly employeeRef: string;
  readonly year: number;
  /** Of all employers, each certificate once. */
  readonly creditedHours: number;
  readonly paths: readonly {
    readonly caseId: string;
    readonly comune: string;
    readonly state: TrainingPathRow['state'];
    readonly expectedHours: number;
    readonly creditedHours: number;
    readonly pendingHours: number;
    readonly plannedHours: number;
  }[];
  readonly entries: readonly (CreditEntry & {
    /** Employers in whose paths it stands. */
    readonly comuni: readonly string[];
  })[];
}

/**
 * The ledger of a person and year, entries by day; null when the viewer may see no path of that person.
 * Who works for two Comuni has a path in each: an entry that stands in both is shown in both and counts once.
 * @param of a reference, or the account that an employer named beside its own reference when it enrolled the person; a
 * reference is its employer's, who is named with it
 */
export async function hoursLedger(
  views: Views,
  viewer: Viewer,
  {
    employeeRef,
    employer,
    year,
  }: { readonly employeeRef: string; readonly employer?: string | undefined; readonly year: number },
): Promise<HoursLedger | null> {
  const given = await givenReferences(views, employeeRef);
  const rows = await views
    .selectFrom('training_paths')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('employee_ref', '=', employeeRef),
        ...given.map((it) => eb.and({ employee_ref: it.employeeRef, comune: it.employer })),
      ]),
    )
    .where('year', '=', year)
    .$if(employer !== undefined, (paths) => paths.where('comune', '=', employer!))
    .where(ofBodies(viewer, 'comune'))
    .orderBy('comune')
    .orderBy('id')
    .execute();
  return rows.length === 0 ? null : ledgerOf(employeeRef, year, rows);
}

function ledgerOf(employeeRef: string, year: number, rows: readonly TrainingPathRow[]): HoursLedger {
  const entries = new Map<string, CreditEntry & { comuni: readonly string[] }>();
  for (const { comune, credits } of rows) {
    for (const credit of credits) {
      const key = JSON.stringify([credit.source, credit.ref]);
      const comuni = [...(entries.get(key)?.comuni ?? []), comune];
      entries.set(key, { ...credit, comuni });
    }
  }
  const all = [...entries.values()].sort((a, b) =>
    a.on < b.on || (a.on === b.on && a.ref < b.ref) ? -1 : 1,
  );
  return {
    employeeRef,
    year,
    creditedHours: inHundredths(all.reduce((sum, { hours }) => sum + hours, 0)),
    paths: rows.map((row) => ({
      ...{ caseId: row.id, comune: row.comune, state: row.state, expectedHours: row.expected_hours },
      ...{ creditedHours: row.credited_hours, pendingHours: row.pending_hours },
      plannedHours: row.planned_hours,
    })),
    entries: all,
  };
}

/** Sums of hours, without what binary fractions leave over. */
export const inHundredths = (hours: number): number => Math.round(hours * 100) / 100;
