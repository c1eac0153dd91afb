import { caseOf } from '@iter/event-store/following';
import { publicId, textOf } from '../case-event.ts';
import type { CaseProjection, SeenOf } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { documents } from './table.ts';

/** One row per document of a case; the bytes lie in the document store under their hash. */
export const documentsProjection: CaseProjection = {
  table: documents as never,
  types: ['DocumentAttached', 'ActDrafted'],
  opens: ['DocumentAttached'],
  touches(event) {
    if (event.type === 'DocumentAttached') return [];
    if (event.type !== 'ActDrafted' || event.data.document === null) return null;
    return [publicId(event, event.data.document)];
  },
  apply(event, rows) {
    if (event.type === 'ActDrafted') return named(event, rows);
    if (event.type !== 'DocumentAttached') return;
    const { key, name, mediaType, sizeBytes, sha256, protocolNo, task, formOf, replaces } = event.data;
    const { comune, process } = rows.get(cases, caseOf(event.stream))!;
    rows.put(documents, {
      id: publicId(event, key),
      case_id: caseOf(event.stream),
      ...{ comune, process, sha256 },
      name: textOf(name),
      media_type: mediaType,
      size_bytes: sizeBytes,
      protocol_no: protocolNo,
      task: task === null ? null : publicId(event, task),
      act: null,
      is_form: formOf !== undefined,
      is_new_version: replaces !== undefined,
      attached_at: event.recordedAt,
      attached_by: event.actor.account,
    });
  },
};

/** What was filed just before is the act that the template makes. */
function named(event: SeenOf<'ActDrafted'>, rows: Parameters<CaseProjection['apply']>[1]): void {
  const { document, name } = event.data;
  const row = document === null ? undefined : rows.get(documents, publicId(event, document));
  if (row) rows.put(documents, { ...row, act: name });
}
