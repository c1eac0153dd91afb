import type { Json } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import { romeDate } from '@iter/legal-calendar';
import { brokenOff, numberIn, recordOfCases, textIn } from '../case-record.ts';
import { hearings } from './table.ts';
import type { HearingRow } from './table.ts';

const over = (row: HearingRow): HearingRow => ({ ...row, open: false });

/** One row per procedure in which somebody may be heard. The defence is a process of its own that the procedure calls. */
export const hearingsProjection = recordOfCases<HearingRow>({
  table: hearings,
  processes: ['disciplinary-ordinary', 'disciplinary-accelerated', 'disciplinary-penal-resumption'],
  inside: true,
  begin: ({ stream }) => ({
    id: caseOf(stream),
    ...{ held_at: null, day: null, place: null, outcome: null, deferrals: 0, open: true },
  }),
  variables: ['hearingAt', 'hearingPlace', 'hearingOutcome', 'deferralsGranted'],
  told: (row, set) => ({
    ...row,
    ...('hearingAt' in set && fixed(set['hearingAt'])),
    ...('hearingPlace' in set && { place: textIn(set['hearingPlace']) }),
    ...('hearingOutcome' in set && { outcome: textIn(set['hearingOutcome']) }),
    ...('deferralsGranted' in set && { deferrals: numberIn(set['deferralsGranted']) ?? 0 }),
  }),
  happened: { CaseCompleted: () => over, ...brokenOff(over) },
});

function fixed(at: Json | undefined): Pick<HearingRow, 'held_at' | 'day'> {
  const ms = Date.parse(textIn(at) ?? '');
  if (Number.isNaN(ms)) return { held_at: null, day: null };
  const instant = new Date(ms).toISOString();
  return { held_at: instant, day: romeDate(instant) };
}
