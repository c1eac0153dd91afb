import { sql } from 'kysely';
import type { Views } from './database.ts';
import { escapeLike } from './querying/search.ts';
import type { CaseSummary } from './views.ts';

// What the system operator is told of cases: where they stand, and nothing of what they say.

/** How many cases follow one version of a process. */
export interface VersionFigures {
  readonly process: string;
  readonly version: number;
  readonly running: number;
  readonly suspended: number;
  readonly ended: number;
  readonly openIncidents: number;
}

/** By process and version; a version that no case follows is not among them. */
export async function versionFigures(views: Views): Promise<readonly VersionFigures[]> {
  return views
    .selectFrom('cases')
    .select([
      'process',
      'version',
      sql<number>`count(*) filter (where state in ('active', 'suspended'))::int`.as('running'),
      sql<number>`count(*) filter (where state = 'suspended')::int`.as('suspended'),
      sql<number>`count(*) filter (where state not in ('active', 'suspended'))::int`.as('ended'),
      sql<number>`coalesce(sum(open_incidents), 0)::int`.as('openIncidents'),
    ])
    .groupBy(['process', 'version'])
    .orderBy('process')
    .orderBy('version')
    .execute();
}

/** A case as the operator may know it. */
export interface CaseStanding {
  readonly id: string;
  readonly code: string;
  readonly process: string;
  readonly version: number;
  readonly comune: string;
  readonly state: CaseSummary['state'];
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly revision: number;
  readonly openTasks: number;
  readonly openIncidents: number;
}

const standing = (views: Views) =>
  views
    .selectFrom('cases')
    .select(['id', 'code', 'process', 'version', 'comune', 'state', 'revision'])
    .select(['started_at as startedAt', 'ended_at as endedAt'])
    .select(['open_tasks as openTasks', 'open_incidents as openIncidents']);

/** Cases that still follow a version, by id. @param after only those behind this one */
export async function casesOfVersion(
  views: Views,
  { process, version }: { readonly process: string; readonly version: number },
  after: string,
  limit: number,
): Promise<readonly CaseStanding[]> {
  return standing(views)
    .where('process', '=', process)
    .where('version', '=', version)
    .where('state', 'in', ['active', 'suspended'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Cases by their ids, or whose code holds the text; the latest first. */
export async function findStandings(
  views: Views,
  asked: { readonly ids: readonly string[] } | { readonly text: string },
  limit: number,
): Promise<readonly CaseStanding[]> {
  return standing(views)
    .where((eb) => {
      if ('ids' in asked) return eb('id', 'in', [...asked.ids, '']);
      const pattern = `%${escapeLike(asked.text.toLowerCase())}%`;
      // `search` has the index, and holds business keys as well, which are none of the operator's business.
      return eb.and([eb('search', 'like', pattern), eb(eb.fn<string>('lower', ['code']), 'like', pattern)]);
    })
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Those of these cases that are of a process, however many they are. */
export async function idsOfProcess(
  views: Views,
  process: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const rows = await views
    .selectFrom('cases')
    .select('id')
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .where('process', '=', process)
    .execute();
  return rows.map(({ id }) => id);
}

/** An open incident about the machine, as a batch that tries again needs it. */
export interface OpenIncident {
  readonly id: string;
  readonly caseCode: string;
  readonly code: string;
}

/** Open incidents that are not about terms of law, by id. @param after only those behind this one */
export async function machineIncidents(
  views: Views,
  filter: { readonly code?: string; readonly process?: string },
  after: string,
  limit: number,
): Promise<readonly OpenIncident[]> {
  let query = views
    .selectFrom('incidents as i')
    .innerJoin('cases as c', 'c.id', 'i.case_id')
    .select(['i.id', 'i.code', 'c.code as caseCode'])
    .where('i.state', '=', 'open')
    .where('i.legal', '=', false)
    .where('i.id', '>', after);
  if (filter.code !== undefined) query = query.where('i.code', '=', filter.code);
  if (filter.process !== undefined) query = query.where('c.process', '=', filter.process);
  return query.orderBy('i.id').limit(limit).execute();
}

/** How many incidents of one kind are open. */
export interface IncidentFigures {
  readonly code: string;
  /** About a term of law: people decide; else about the machine. */
  readonly legal: boolean;
  readonly count: number;
}

/** Open incidents by code; a code of which none is open is not among them. */
export async function incidentFigures(views: Views): Promise<readonly IncidentFigures[]> {
  return views
    .selectFrom('incidents')
    .select(['code', 'legal', sql<number>`count(*)::int`.as('count')])
    .where('state', '=', 'open')
    .groupBy(['code', 'legal'])
    .orderBy('code')
    .execute();
}
