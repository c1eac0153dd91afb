import { addDays, atRome, daysBetween, formatRome } from '@iter/legal-calendar';
import type { ProgrammeSeed } from './seed.ts';

/**
 * The same programme at another time: moved by whole weeks, so that weekdays stay, to begin on a day or soon after. A
 * webinar keeps its time of day in Rome.
 * @param notBefore `YYYY-MM-DD`
 */
export function shiftSeed(seed: ProgrammeSeed, notBefore: string): ProgrammeSeed {
  const { calendar } = seed;
  const weeks = Math.max(0, Math.ceil(daysBetween(calendar.startedOn, notBefore) / 7));
  const move = (day: string): string => addDays(day, weeks * 7);
  const webinarOn = move(calendar.webinarAt.slice(0, 10));
  return {
    ...seed,
    editionYear: Number(webinarOn.slice(0, 4)),
    calendar: {
      startedOn: move(calendar.startedOn),
      heldOn: move(calendar.heldOn),
      reportedOn: move(calendar.reportedOn),
      calledOn: move(calendar.calledOn),
      joinUntil: move(calendar.joinUntil),
      matchedOn: move(calendar.matchedOn),
      plannedOn: move(calendar.plannedOn),
      meetingsOn: calendar.meetingsOn.map(move),
      deliveredOn: move(calendar.deliveredOn),
      materialsOn: move(calendar.materialsOn),
      webinarAt: formatRome(Date.parse(atRome(webinarOn, calendar.webinarAt.slice(11, 16)))),
      closedOn: move(calendar.closedOn),
    },
  };
}
