import { addDays } from '../../time/due.ts';

/** The week of a day, Monday first. */
export function weekOf(day: string): readonly string[] {
  const fromMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, i) => addDays(day, i - fromMonday));
}

/** The whole weeks that the month of a day touches. */
export function monthOf(day: string): readonly (readonly string[])[] {
  const month = day.slice(0, 7);
  const weeks: (readonly string[])[] = [];
  for (let week = weekOf(`${month}-01`); week.some((one) => one.startsWith(month));) {
    weeks.push(week);
    week = weekOf(addDays(week[0]!, 7));
  }
  return weeks;
}

/** The first day of a month that is so many later. */
export function monthsLater(day: string, count: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10);
}
