import { caseOf } from '@iter/event-store/following';
import { publicId, textOf } from '../case-event.ts';
import type { CaseProjection } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { documents } from './table.ts';

/** One row per document of a case; the bytes lie in the document store under their hash. */
export const documentsProjection: CaseProjection = {
  table: documents as never,
  types: ['DocumentAttached'],
  opens: ['DocumentAttached'],
  touches: (event) => (event.type === 'DocumentAttached' ? [] : null),
  apply(event, rows) {
    if (event.type !== 'DocumentAttached') return;
    const { key, name, mediaType, sizeBytes, sha256, protocolNo, task } = event.data;
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
      attached_at: event.recordedAt,
      attached_by: event.actor.account,
    });
  },
};
