import { useTranslation } from 'react-i18next';
import { passingOf } from '../time/due.ts';
import { formatDate } from '../time/format.ts';
import { useTermDay } from './due.tsx';

interface TermDatesProps {
  readonly term: {
    readonly nature: string;
    readonly legalDueDate: string;
    readonly safeActionDate: string;
    readonly earliestActionDate: string | null;
  };
}

/** The last day of a term, and below it the safe date; of what is over by itself its day, called what it is. */
export function TermDates({
  term: { nature, legalDueDate: legal, safeActionDate: safe, earliestActionDate: earliest },
}: TermDatesProps) {
  const { t, i18n } = useTranslation();
  const day = useTermDay()({ legal, nature, earliest });
  if (passingOf(nature, earliest, legal) !== null) return day;
  return (
    <>
      {formatDate(legal, i18n.language)}
      <span className="desk-sub">{t('replay.safe', { date: formatDate(safe, i18n.language) })}</span>
    </>
  );
}
