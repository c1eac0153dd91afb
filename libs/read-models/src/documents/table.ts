import type { Instant } from '@iter/engine';
import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

export interface DocumentRow {
  readonly id: string;
  readonly case_id: string;
  readonly comune: string;
  readonly process: string;
  readonly name: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly protocol_no: string | null;
  /** Public id of the user task it was attached in. */
  readonly task: string | null;
  /** Name of the template that it was drafted from. */
  readonly act: string | null;
  /** The same document, in the same version, in another form: what can be edited. */
  readonly is_form: boolean;
  readonly is_new_version: boolean;
  readonly attached_at: Instant;
  readonly attached_by: string;
}

export const documents: Table<DocumentRow> = {
  name: 'documents',
  columns: {
    id: code,
    case_id: code,
    comune: code,
    process: code,
    name: 'text',
    media_type: 'text',
    size_bytes: 'bigint',
    sha256: code,
    protocol_no: 'text',
    task: code,
    act: 'text',
    is_form: 'boolean',
    is_new_version: 'boolean',
    attached_at: code,
    attached_by: code,
  },
  indexes: ['(case_id, attached_at, id)', '(sha256)', '(attached_at, id)'],
  live: 'false',
};
