import type { Instant } from '@iter/engine';
import { caseOf, code } from '@iter/event-store/following';
import type { Rows, Table } from '@iter/event-store/following';
import { publicId } from '../case-event.ts';
import type { CaseProjection, CaseSeen } from '../case-event.ts';

/** A job of a case that waits for a worker: the view of pending work. No variables: they may be sensitive. */
export interface JobRow {
  readonly id: string;
  readonly case_id: string;
  readonly key: string;
  readonly element: string;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  /** 0: it waits for a person. */
  readonly retries: number;
  /** Not before this instant. */
  readonly available_at: Instant;
  readonly created_at: Instant;
  readonly suspended: boolean;
  /** Names this attempt: another one after every failure, and when the case moves again. */
  readonly attempt: string;
}

export const jobs: Table<JobRow> = {
  name: 'jobs',
  columns: {
    id: code,
    case_id: code,
    key: code,
    element: code,
    type: 'text',
    headers: 'jsonb',
    retries: 'integer',
    available_at: code,
    created_at: code,
    suspended: 'boolean',
    attempt: code,
  },
  indexes: ['(type, available_at, id) where retries > 0 and not suspended', '(case_id)', '(attempt)'],
  live: 'true',
};

/** Open jobs, kept by following the log. */
export const jobsProjection: CaseProjection = {
  table: jobs as never,
  opens: [],
  touches(event) {
    switch (event.type) {
      case 'JobCreated':
        return [];
      case 'JobCompleted':
      case 'JobFailed':
      case 'JobRetried':
      case 'JobErrorThrown':
      case 'ElementTerminated':
        return [publicId(event, event.data.key)];
      case 'CaseSuspended':
      case 'CaseResumed':
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
        return 'live';
      default:
        return null;
    }
  },
  apply(event, rows) {
    switch (event.type) {
      case 'JobCreated': {
        const { key, element, jobType, headers, retries } = event.data;
        const id = publicId(event, key);
        return rows.put(jobs, {
          id,
          case_id: caseOf(event.stream),
          ...{ key, element, headers, retries },
          type: jobType,
          available_at: event.recordedAt,
          created_at: event.recordedAt,
          suspended: false,
          attempt: `${id}#${event.revision}`,
        });
      }
      case 'JobFailed': {
        const { key, retries, retryAt } = event.data;
        return change(event, rows, key, { retries, available_at: retryAt ?? event.recordedAt });
      }
      case 'JobRetried':
        return change(event, rows, event.data.key, {
          retries: event.data.retries,
          available_at: event.recordedAt,
        });
      case 'JobErrorThrown':
        return change(event, rows, event.data.key, { retries: 0 });
      case 'JobCompleted':
      case 'ElementTerminated':
        return rows.remove(jobs, publicId(event, event.data.key));
      case 'CaseSuspended':
      case 'CaseResumed': {
        const suspended = event.type === 'CaseSuspended';
        for (const row of rows.of(jobs)) {
          rows.put(jobs, { ...row, suspended, attempt: `${row.id}#${event.revision}` });
        }
        return;
      }
      default:
        for (const { id } of rows.of(jobs)) rows.remove(jobs, id);
    }
  },
};

function change(event: CaseSeen, rows: Rows, key: string, to: Partial<JobRow>): void {
  const row = rows.get(jobs, publicId(event, key));
  if (row) rows.put(jobs, { ...row, ...to, attempt: `${row.id}#${event.revision}` });
}
