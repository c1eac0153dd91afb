import { useTranslation } from 'react-i18next';
import { formatDate } from '../time/format.ts';

/** The last day by law of a term, and below it the safe date. */
export function LegalDates({ legal, safe }: { readonly legal: string; readonly safe: string }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      {formatDate(legal, i18n.language)}
      <span className="desk-sub">{t('replay.safe', { date: formatDate(safe, i18n.language) })}</span>
    </>
  );
}
