import { caseOf } from '@iter/event-store/following';
import { endTypes, publicId, renamed, textOf } from '../case-event.ts';
import type { CaseProjection, SeenOf } from '../case-event.ts';
import { cases } from '../cases/table.ts';
import { incidents } from './table.ts';
import type { IncidentRow } from './table.ts';

/** One row per incident. */
export const incidentsProjection: CaseProjection = {
  table: incidents as never,
  types: ['IncidentRaised', 'IncidentResolved', 'CaseMigrated', ...endTypes],
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
      case 'CaseMigrated':
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
      const { comune, process, ...of } = rows.get(cases, caseOf(event.stream))!;
      const { key, element, code, message, deadline, definition = of.definition } = event.data;
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
    const open = rows.of(incidents).filter(({ state }) => state === 'open');
    if (event.type === 'CaseMigrated') {
      for (const row of open) rows.put(incidents, migrated(row, event));
      return;
    }
    for (const row of open) rows.put(incidents, { ...row, ...resolved('case-ended') });
  },
};

/** What stopped inside a call stays where it is: only what the case itself follows changes. */
function migrated(row: IncidentRow, event: SeenOf<'CaseMigrated'>): IncidentRow {
  const { from, definition, process } = event.data;
  if (row.definition !== from) return { ...row, process };
  return { ...row, process, definition, element: row.element && renamed(event, row.element) };
}
