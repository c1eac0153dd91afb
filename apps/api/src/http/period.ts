import { daysBetween } from '@iter/legal-calendar';
import { Problem } from '../problems/problem.ts';

const mostDays = 366;

/** @throws Problem 422 unless it goes from a day to the same or a later one, at most a year */
export function checkPeriod({ from, to }: { readonly from: string; readonly to: string }): void {
  const days = daysBetween(from, to);
  if (days >= 0 && days < mostDays) return;
  const message = {
    it: `Da un giorno a un giorno non precedente, al massimo ${mostDays} giorni.`,
    en: `From a day to the same or a later one, at most ${mostDays} days.`,
  };
  throw new Problem('request-invalid', { errors: [{ pointer: '/to', code: 'period-invalid', message }] });
}
