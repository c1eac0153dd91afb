import type { Instant } from '@iter/engine';
import { caseOf, code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';
import { publicId } from '../case-event.ts';
import type { CaseProjection } from '../case-event.ts';

/** An act that is to be drafted for a task. Nothing of the case is in it: what is said is read when it is drafted. */
export interface ActRow {
  /** `<caseId>.<task>/<out>` */
  readonly id: string;
  readonly case_id: string;
  readonly task: string;
  readonly element: string;
  readonly template: string;
  readonly out: string;
  /** The flow asked for it: it is filed also when the case has ended. */
  readonly asked: boolean;
  /** The case as it stood then is what it is drafted from. */
  readonly revision: number;
  /** Key of the open incident that says why it cannot be drafted. */
  readonly incident: string | null;
  readonly created_at: Instant;
  /** Names this attempt: another one after every incident. */
  readonly attempt: string;
}

export const acts: Table<ActRow> = {
  name: 'acts',
  columns: {
    id: code,
    case_id: code,
    task: code,
    element: code,
    template: 'text',
    out: 'text',
    asked: 'boolean',
    revision: 'integer',
    incident: code,
    created_at: code,
    attempt: code,
  },
  indexes: ['(created_at, id) where incident is null', '(case_id)', '(attempt)'],
  live: 'true',
};

/** Acts that are still to be drafted, kept by following the log. */
export const actsProjection: CaseProjection = {
  table: acts as never,
  opens: [],
  touches(event) {
    switch (event.type) {
      case 'UserTaskCreated':
        return event.data.acts ? [] : null;
      case 'ActsAsked':
        return [];
      case 'ActDrafted':
        return [`${publicId(event, event.data.task)}/${event.data.out}`];
      case 'IncidentRaised':
        return event.data.draft
          ? [`${publicId(event, event.data.draft.task)}/${event.data.draft.out}`]
          : null;
      case 'IncidentResolved':
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
      case 'UserTaskCreated':
      case 'ActsAsked': {
        const { key: task, element } = event.data;
        const asked = event.type === 'ActsAsked';
        for (const { template, out } of event.data.acts ?? []) {
          const id = `${publicId(event, task)}/${out}`;
          rows.put(acts, {
            ...{ id, case_id: caseOf(event.stream), task, element, template, out, asked },
            ...{ revision: event.revision, incident: null, created_at: event.recordedAt },
            attempt: `${id}#${event.revision}`,
          });
        }
        return;
      }
      case 'ActDrafted':
        return rows.remove(acts, `${publicId(event, event.data.task)}/${event.data.out}`);
      case 'IncidentRaised': {
        const { key, draft } = event.data;
        const row = draft && rows.get(acts, `${publicId(event, draft.task)}/${draft.out}`);
        if (row) rows.put(acts, { ...row, incident: key });
        return;
      }
      case 'IncidentResolved': {
        const row = [...rows.of(acts)].find(({ incident }) => incident === event.data.key);
        // What people have mended since is what it is drafted from now.
        const { revision } = event;
        if (row) rows.put(acts, { ...row, incident: null, revision, attempt: `${row.id}#${revision}` });
        return;
      }
      default:
        for (const { id, asked } of rows.of(acts)) if (!asked) rows.remove(acts, id);
    }
  },
};
