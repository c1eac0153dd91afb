import { useTranslation } from 'react-i18next';
import type { LocalCalendar } from '../../api/model.ts';
import { formatDate, formatDay } from '../../time/format.ts';

type Saint = LocalCalendar['patronSaints'][number];
type Closure = LocalCalendar['closures'][number];
type Difference = LocalCalendar['changes'][number]['changes'][number];

/** Days and times of a local calendar in the words of the present language. */
export function useCalendarWords() {
  const { t, i18n } = useTranslation();
  const language = i18n.language;

  /** "24 giugno", or "Pasqua +1". */
  const yearly = (day: string): string => {
    const easter = /^easter([+-]\d+)$/.exec(day)?.[1];
    if (easter !== undefined) return t('calendars.easter', { days: easter });
    const date = new Date(`2024-${day}T00:00:00Z`);
    return date.toLocaleDateString(language, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  };
  const saint = ({ day, name }: Pick<Saint, 'day' | 'name'>): string => `${name}, ${yearly(day)}`;
  const period = ({ from, to }: Pick<Closure, 'from' | 'to'>): string =>
    from === to ? formatDay(from, language) : `${formatDay(from, language)} – ${formatDay(to, language)}`;

  return {
    yearly,
    saint,
    period,
    /** "dal 1 gen 2027", "da sempre". */
    kept: ({ validFrom, validTo }: Pick<Saint, 'validFrom' | 'validTo'>): string =>
      [
        validFrom === null
          ? t('calendars.always')
          : `${t('calendars.from')} ${formatDate(validFrom, language)}`,
        ...(validTo === null ? [] : [`${t('calendars.to')} ${formatDate(validTo, language)}`]),
      ].join(' · '),
    difference: ({ what, saint: added, closure }: Difference): string =>
      t(`calendars.change.${what as 'saint-added'}`, {
        what: added ? saint(added) : closure ? `${period(closure)} (${closure.reason})` : '',
      }),
  };
}
