import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { CaseRow } from './cases/table.ts';
import type { DeadlineRow } from './deadlines/table.ts';
import type { DocumentRow } from './documents/table.ts';
import type { EligibilityListRow } from './eligibility-lists/table.ts';
import type { EscalationRow } from './escalations/table.ts';
import type { HearingRow } from './hearings/table.ts';
import type { HireRow } from './hires/table.ts';
import type { IncidentRow } from './incidents/table.ts';
import type { ContributionRow } from './library/table.ts';
import type { NeedUseRow } from './need-uses/table.ts';
import type { NeedRow } from './needs/table.ts';
import type { NoticeRow } from './notices/table.ts';
import type { DueColours } from './personal/due-colours.ts';
import type { SavedFilter } from './personal/saved-filters.ts';
import type { EditionRow, PathRow } from './programme/table.ts';
import type { PublicationsRow } from './publications/table.ts';
import type { RankingRow } from './rankings/table.ts';
import type { TaskRow } from './tasks/table.ts';
import type {
  TrainingEditionRow,
  TrainingEvaluationRow,
  TrainingPathRow,
  TrainingPresenceRow,
} from './training/tables.ts';

/** The schema of the live generation of views. */
export const viewsSchema = 'views';

export interface ViewTables {
  readonly cases: CaseRow;
  readonly tasks: TaskRow;
  readonly deadlines: DeadlineRow;
  readonly escalations: EscalationRow;
  readonly incidents: IncidentRow;
  readonly notices: NoticeRow;
  readonly documents: DocumentRow;
  readonly needs: NeedRow;
  readonly need_uses: NeedUseRow;
  readonly hires: HireRow;
  readonly eligibility_lists: EligibilityListRow;
  readonly rankings: RankingRow;
  readonly hearings: HearingRow;
  readonly publications: PublicationsRow;
  readonly contributions: ContributionRow;
  readonly programme_editions: EditionRow;
  readonly programme_paths: PathRow;
  readonly training_paths: TrainingPathRow;
  readonly training_editions: TrainingEditionRow;
  readonly training_presences: TrainingPresenceRow;
  readonly training_evaluations: TrainingEvaluationRow;
  readonly 'desk.notice_reads': {
    readonly account: string;
    readonly notice_id: string;
    readonly read_at: string;
  };
  readonly 'desk.saved_filters': SavedFilter & { readonly account: string };
  readonly 'desk.drafts': {
    readonly account: string;
    readonly form: string;
    readonly typed: string;
    readonly kept_at: string;
    /** Engine time of the server that took it, whatever the clock of its writer said. */
    readonly came_at: string;
  };
  readonly 'desk.due_colours': DueColours & { readonly account: string };
  readonly 'desk.put_off': { readonly account: string; readonly task_id: string; readonly until: string };
}

export type Views = Kysely<ViewTables>;

/** The views for queries, over a pool that the caller closes. */
export function openViews(pool: Pool): Views {
  return new Kysely<ViewTables>({ dialect: new PostgresDialect({ pool }) }).withSchema(viewsSchema);
}

export const viewsMigrations = [
  {
    name: 'views-1',
    sql: `
      create extension if not exists pg_trgm with schema public;
      create schema if not exists desk;
      create table desk.notice_reads (
        account text collate "C" not null,
        notice_id text collate "C" not null,
        read_at text collate "C" not null,
        primary key (account, notice_id)
      );
      create table desk.changes (
        number bigint generated always as identity primary key,
        position text not null,
        case_id text collate "C",
        comune text collate "C",
        views text[] not null
      );
      create index on desk.changes (position);`,
  },
  {
    name: 'views-2',
    sql: `
      create table desk.saved_filters (
        account text collate "C" not null,
        page text collate "C" not null,
        name text not null,
        query text not null,
        primary key (account, page, name)
      );
      create table desk.put_off (
        account text collate "C" not null,
        task_id text collate "C" not null,
        until text collate "C" not null,
        primary key (account, task_id)
      );`,
  },
  {
    name: 'views-3',
    sql: `
      create table desk.drafts (
        account text collate "C" not null,
        form text collate "C" not null,
        typed text not null,
        kept_at text collate "C" not null,
        primary key (account, form)
      );
      create index on desk.drafts (kept_at);`,
  },
  {
    name: 'views-4',
    sql: `
      create table desk.due_colours (
        account text collate "C" primary key,
        unit text not null,
        soon integer not null,
        near integer not null
      );`,
  },
  {
    name: 'views-5',
    sql: `alter table desk.drafts add came_at text collate "C" not null default '';`,
  },
] as const;
