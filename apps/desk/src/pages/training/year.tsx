import { useTranslation } from 'react-i18next';
import { useToday } from '../../time/clock.tsx';
import { Choice } from '../../ui/choice.tsx';
import { useFilters } from '../../ui/filters.ts';

/** The year that the address names, this one by default, and the field that changes it. */
export function useYear() {
  const [params, set] = useFilters();
  const thisYear = Number(useToday().slice(0, 4));
  const years = Array.from({ length: 5 }, (_, i) => thisYear + 1 - i);
  const year = years.find((one) => String(one) === params.get('year')) ?? thisYear;
  return { year, years, setYear: (value: string) => set('year', value) };
}

export function YearChoice({ year, years, setYear }: ReturnType<typeof useYear>) {
  const { t } = useTranslation();
  return (
    <Choice id="year" label={t('training.year')} always value={String(year)} onChange={setYear}>
      {years.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Choice>
  );
}
