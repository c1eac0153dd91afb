import { useToday } from '../time/clock.tsx';
import { useFilters } from './filters.ts';

/** The years that one may look at, the next one first, and the one among them that the page's address names. */
export function useYears() {
  const [params, set] = useFilters();
  const thisYear = Number(useToday().slice(0, 4));
  const years = Array.from({ length: 5 }, (_, i) => thisYear + 1 - i);
  return {
    thisYear,
    years,
    named: years.find((one) => String(one) === params.get('year')),
    setYear: (value: string) => set('year', value),
  };
}
