import { useTranslation } from 'react-i18next';
import type { PackageFigures } from '../../api/library.ts';
import { locale } from '../../time/format.ts';

export const services = ['discipline', 'selection', 'training', 'onboarding'] as const;

/** Sections of a package, in the order in which people read a difference. */
export const parts = [
  'drawing',
  'forms',
  'decisions',
  'acts',
  'terms',
  'ladders',
  'scenarios',
  'texts',
] as const;

/** How figures are written; what is hidden says so. */
export function useFigureWords() {
  const { t, i18n } = useTranslation();
  const number = (value: number) => new Intl.NumberFormat(locale(i18n.language)).format(value);
  return {
    count: (value: number | null) => (value === null ? t('library.hidden') : number(value)),
    days: (value: number | null) =>
      value === null
        ? t('library.hidden')
        : t('library.days', { count: Math.round(value), value: number(value) }),
    share: (value: number | null) =>
      value === null
        ? t('library.hidden')
        : new Intl.NumberFormat(locale(i18n.language), {
            style: 'percent',
            maximumFractionDigits: 1,
          }).format(value),
    /** In a table's cell. */
    brief: (figures: PackageFigures | null) => {
      if (figures === null) return t('library.figuresNone');
      return figures.started === null
        ? t('library.startedHidden')
        : t('library.startedShort', { count: figures.started });
    },
  };
}
