import { formatRome } from '@iter/legal-calendar';

/** A date of any precision as people read it in Italy: `06/03/2026`. */
export const dayText = (date: string): string => date.slice(0, 10).split('-').reverse().join('/');

/** An instant on the clock of Rome, to the minute: its day as `dayText` has it, and its time as `14:30`. */
export function momentText(instant: string): { readonly day: string; readonly time: string } {
  const at = formatRome(Date.parse(instant));
  return { day: dayText(at), time: at.slice(11, 16) };
}
