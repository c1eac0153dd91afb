import { atRome, formatRome } from '@iter/legal-calendar';
import type { ProgrammeSeed } from './seed.ts';

const dayMs = 86_400_000;
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
const later = (day: string, days: number): string =>
  new Date((numberOf(day) + days) * dayMs).toISOString().slice(0, 10);

/**
 * The same programme at another time: moved by whole weeks, so that weekdays stay, to begin on a day or soon after. A
 * webinar keeps its time of day in Rome.
 * @param notBefore `YYYY-MM-DD`
 */
export function shiftSeed(seed: ProgrammeSeed, notBefore: string): ProgrammeSeed {
  const { calendar } = seed;
  const weeks = Math.max(0, Math.ceil((numberOf(notBefore) - numberOf(calendar.startedOn)) / 7));
  const move = (day: string): string => later(day, weeks * 7);
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
