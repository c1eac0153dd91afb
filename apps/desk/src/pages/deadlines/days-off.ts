import type { LocalCalendar } from '../../api/model.ts';
import { useCalendar } from '../../api/queries.ts';
import { useSession } from '../../session/session.tsx';

export type DayOff = LocalCalendar['daysOff'][number];

/**
 * Holidays, patron saints and closures of a period.
 * @param comune whose calendar; empty: that of the body for which the person works
 * @returns of which body they are, null until that is known; and what a day is, undefined for a day like others
 */
export function useDaysOff(comune: string, from: string, to: string) {
  const { bodies, grants } = useSession();
  const ipa = comune || (grants[0]?.body ?? bodies[0]?.code ?? null);
  const first = useCalendar(ipa, Number(from.slice(0, 4)));
  const last = useCalendar(ipa, Number(to.slice(0, 4)));
  const all = [...(first.data?.daysOff ?? []), ...(last.data?.daysOff ?? [])];
  return {
    of: first.data?.name ?? null,
    on: (day: string): DayOff | undefined => all.find(({ date }) => date === day),
  };
}
