import { addDays } from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Body, CalendarChange, CalendarHistory } from '@iter/registers';
import type { CalendarDifferenceDto, DayOffDto, LocalCalendarDto } from '../dto/calendars.ts';

export interface CalendarParts {
  readonly body: Body;
  /** The Province that serves it. */
  readonly seat: Body | null;
  readonly history: CalendarHistory;
  readonly calendar: LegalCalendar;
  readonly year: number;
  /** Whether the caller may change it, and may hence know who did. */
  readonly editable: boolean;
}

/** The calendar of a body as the desk shows it. Pure. */
export function describeCalendar(parts: CalendarParts): LocalCalendarDto {
  const { body, seat, history, calendar, year, editable } = parts;
  const by = (account: string): string | null => (editable ? account : null);
  return {
    ipa: body.ipa,
    name: body.name,
    seat: seat && { ipa: seat.ipa, name: seat.name },
    version: body.calendarVersion,
    calendar: calendar.versionFor(body.ipa),
    patronSaints: body.calendar.patronSaints.map((saint) => ({ ...saint })),
    closures: history.closures.map((closure) => ({ ...closure, by: by(closure.by) })),
    patronSaintShiftsLegalTerm: body.calendar.patronSaintShiftsLegalTerm,
    editable,
    changes: history.entries.map((entry) => ({
      ...entry,
      by: by(entry.by),
      changes: entry.changes.map(differenceOf),
    })),
    year,
    daysOff: daysOffIn(parts),
  };
}

const differenceOf = (change: CalendarChange): CalendarDifferenceDto => ({
  what: change.what,
  saint: 'saint' in change ? { ...change.saint } : null,
  closure: 'closure' in change ? { ...change.closure } : null,
});

/** Sundays are left out, and Saturdays unless they are holidays, which move terms: everybody knows them. */
function daysOffIn(parts: CalendarParts): DayOffDto[] {
  const { year } = parts;
  const days: DayOffDto[] = [];
  for (let date = `${year}-01-01`; date.startsWith(`${year}-`); date = addDays(date, 1)) {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    const day = weekday === 0 ? null : dayOff(parts, date);
    if (day && (weekday !== 6 || day.kind === 'holiday')) days.push(day);
  }
  return days;
}

function dayOff({ body, seat, calendar }: CalendarParts, date: string): DayOffDto | null {
  const { ipa } = body;
  if (calendar.isWorkingDay(date, ipa)) return null;
  const places = seat ? [body, seat] : [body];
  const saint = places.flatMap((place) => saintOn(place, date))[0];
  const holiday = calendar.holidayName(date, ipa);
  if (holiday !== null && calendar.holidayName(date) !== null) {
    return { date, kind: 'holiday', name: holiday, body: null };
  }
  for (const place of places) {
    const closure = place.calendar.closures.find(({ from, to }) => from <= date && date <= to);
    if (closure) return { date, kind: 'closure', name: closure.reason, body: place.ipa };
  }
  return { date, kind: 'patron', name: saint?.name ?? holiday ?? 'Santo patrono', body: saint?.body ?? ipa };
}

/** Who counts from Easter is the calendar's to know: any saint of that kind will be it. */
const saintOn = ({ ipa, calendar }: Body, date: string): readonly { name: string; body: string }[] =>
  calendar.patronSaints
    .filter(({ day, validFrom, validTo }) => {
      const isKept = (validFrom === null || validFrom <= date) && (validTo === null || date <= validTo);
      return isKept && (day.startsWith('easter') || date.endsWith(`-${day}`));
    })
    .sort((a, b) => Number(a.day.startsWith('easter')) - Number(b.day.startsWith('easter')))
    .map(({ name }) => ({ name, body: ipa }));
