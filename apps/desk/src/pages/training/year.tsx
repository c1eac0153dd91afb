import { useTranslation } from 'react-i18next';
import { Choice } from '../../ui/choice.tsx';
import { useYears } from '../../ui/years.ts';

/** The year that the address names, this one by default, and the field that changes it. */
export function useYear() {
  const { thisYear, years, named, setYear } = useYears();
  return { year: named ?? thisYear, years, setYear };
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
