import { sql } from 'kysely';
import type { Views } from '../database.ts';
import type { Viewer } from '../querying/viewer.ts';
import { isSame } from './references.ts';
import { ofBodies } from './sight.ts';

/** From a certificate back to its minutes, and from these to where they come from. For the auditor. */
export interface CertificateChain {
  readonly certificateNo: string;
  readonly caseId: string;
  /** Whose course it was. */
  readonly comune: string;
  readonly courseRef: string;
  readonly employeeRef: string;
  readonly employer: string;
  readonly hours: number;
  readonly issuedOn: string | null;
  readonly thresholdPct: number | null;
  readonly minutes: number;
  readonly pct: number;
  /** Null: there was no test. */
  readonly testPassed: boolean | null;
  readonly sessions: readonly {
    readonly sessionRef: string;
    readonly startsAt: string;
    readonly minutes: number;
    readonly source: string | null;
    readonly filedOn: string | null;
    readonly filedBy: string;
    /** Of the case's stream, where the event itself stands. */
    readonly revision: number;
  }[];
}

/** Null: there is no such certificate, or none that the viewer may see. */
export async function certificateChain(
  views: Views,
  viewer: Viewer,
  certificateNo: string,
): Promise<CertificateChain | null> {
  const edition = await views
    .selectFrom('training_editions')
    .selectAll()
    .where(sql<boolean>`certificates @> ${JSON.stringify([{ certificateNo }])}::jsonb`)
    .where(ofBodies(viewer, 'comune'))
    .executeTakeFirst();
  const certificate = edition?.certificates.find((it) => it.certificateNo === certificateNo);
  if (!edition || !certificate) return null;
  const { employeeRef, employer, hours } = certificate;
  const presences = await views
    .selectFrom('training_presences')
    .select(['session_ref', 'minutes', 'source', 'filed_on', 'filed_by', 'revision'])
    .select(sql<Date>`starts_at`.as('starts_at'))
    .where('case_id', '=', edition.id)
    .where('employee_ref', '=', employeeRef)
    .where('employer', '=', employer)
    .orderBy('starts_at')
    .execute();
  const outcome = edition.outcomes.find((it) => isSame(it, certificate));
  return {
    ...{ certificateNo, caseId: edition.id, comune: edition.comune, courseRef: edition.course_ref },
    ...{ employeeRef, employer, hours },
    ...{ issuedOn: edition.issued_on, thresholdPct: edition.threshold_pct },
    ...{ minutes: outcome?.minutes ?? 0, pct: outcome?.pct ?? 0, testPassed: outcome?.passed ?? null },
    sessions: presences.map((it) => ({
      ...{ sessionRef: it.session_ref, startsAt: it.starts_at.toISOString(), minutes: it.minutes },
      ...{ source: it.source, filedOn: it.filed_on, filedBy: it.filed_by, revision: it.revision },
    })),
  };
}
