import { italianCalendar, supportedYears } from '@iter/legal-calendar';
import type { CalendarBody, LegalCalendar } from '@iter/legal-calendar';
import type { Bodies } from '@iter/registers';

/**
 * The working days as the registers know them now: Comuni with what is local to them, each with the Province as the
 * seat that serves it. Made anew only when a calendar has changed; what was computed with an earlier one stays.
 */
export function calendarOf(bodies: Pick<Bodies, 'localDays' | 'find'>): () => LegalCalendar {
  let known: ReturnType<Bodies['localDays']> | null = null;
  let calendar = italianCalendar();
  return () => {
    const local = bodies.localDays();
    if (local === known) return calendar;
    known = local;
    calendar = italianCalendar({
      bodies: Object.fromEntries(
        Object.entries(local).map(([ipa, days]) => [ipa, placeOf(days, bodies.find(ipa)?.province)]),
      ),
    });
    return calendar;
  };
}

const isSupported = (date: string): boolean =>
  date >= `${supportedYears.first}-01-01` && date <= `${supportedYears.last}-12-31`;

function placeOf(
  { patrons, closures, patronSaintShiftsLegalTerm, version }: ReturnType<Bodies['localDays']>[string],
  seat: string | null | undefined,
): CalendarBody {
  return {
    patrons,
    // Days that a calendar of earlier rules may hold, and that nobody computes with.
    closures: closures.filter(isSupported),
    patronSaintShiftsLegalTerm,
    version,
    ...(seat && { seat }),
  };
}
