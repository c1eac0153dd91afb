import { useTranslation } from 'react-i18next';
import { formatDate } from '../../time/format.ts';

/** "dal 1 gen 2025", "dal 1 gen 2025 al 31 dic 2027". */
export function usePeriod(): (from: string, to: string | null) => string {
  const { t, i18n } = useTranslation();
  const day = (date: string): string => formatDate(date, i18n.language);
  return (from, to) =>
    to === null
      ? t('registers.since', { from: day(from) })
      : t('registers.fromTo', { from: day(from), to: day(to) });
}
