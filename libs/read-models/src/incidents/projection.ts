import { caseOf } from '@iter/event-store/following';
import { publicId, textOf } from '../case-event.ts';
import type { CaseProjection } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { incidents } from './table.ts';

/** One row per incident. */
export const incidentsProjection: CaseProjection = {
  table: incidents as never,
  opens: ['IncidentRaised', 'IncidentResolved'],
  touches(event) {
    switch (event.type) {
      case 'IncidentRaised':
        return [];
      case 'IncidentResolved':
        return [publicId(event, event.data.key)];
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
        return 'live';
      default:
        return null;
    }
  },
  apply(event, rows) {
    const resolved = (resolution: string) => ({
      state: 'resolved' as const,
      resolved_at: event.recordedAt,
      resolution,
    });
    if (event.type === 'IncidentRaised') {
      const { comune, process, definition } = rows.get(cases, caseOf(event.stream))!;
      const { key, element, code, message, deadline } = event.data;
      return rows.put(incidents, {
        id: publicId(event, key),
        case_id: caseOf(event.stream),
        ...{ comune, process, definition, element, code },
        message: textOf(message),
        legal: deadline !== null,
        state: 'open',
        raised_at: event.recordedAt,
        resolved_at: null,
        resolution: null,
      });
    }
    if (event.type === 'IncidentResolved') {
      const row = rows.get(incidents, publicId(event, event.data.key));
      if (row) rows.put(incidents, { ...row, ...resolved(textOf(event.data.resolution)) });
      return;
    }
    for (const row of rows.of(incidents)) {
      if (row.state === 'open') rows.put(incidents, { ...row, ...resolved('case-ended') });
    }
  },
};
