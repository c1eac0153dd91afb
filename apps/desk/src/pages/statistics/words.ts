import { useTranslation } from 'react-i18next';
import type { StatisticsReport } from '../../api/model.ts';
import { useDefinitions } from '../../api/queries.ts';
import { useMay } from '../../session/session.tsx';
import { locale } from '../../time/format.ts';

/** How figures and the names in them are said. */
export function useFigureWords() {
  const { t, i18n } = useTranslation();
  const definitions = useDefinitions(useMay()('ReadDefinition')).data;
  const number = (value: number, options: Intl.NumberFormatOptions = {}): string =>
    new Intl.NumberFormat(locale(i18n.language), options).format(value);
  const orFew = (value: number | null, said: (value: number) => string): string =>
    value === null ? t('statistics.hidden') : said(value);
  const language = i18n.language === 'en' ? ('en' as const) : ('it' as const);
  return {
    language,
    count: (value: number | null) => orFew(value, (it) => number(it)),
    days: (value: number | null) =>
      orFew(value, (it) =>
        number(it, { style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 1 }),
      ),
    share: (value: number | null) =>
      orFew(value, (it) => number(it, { style: 'percent', maximumFractionDigits: 1 })),
    process: (key: string) => definitions?.find((one) => one.key === key)?.name ?? key,
    /** Processes say how they ended in a word of their code; those that the desk does not know stay as they are. */
    outcome: (code: string) =>
      i18n.exists(`statistics.outcomes.${code}`)
        ? t(`statistics.outcomes.${code}` as 'statistics.outcomes.closed')
        : code,
    /** The word of a fact's value, yes or no; empty: not said. */
    value: ({ name, label }: Pick<StatisticsReport['byFact'][number], 'name' | 'label'>) => {
      if (label) return label[language];
      if (name === '') return t('statistics.unsaid');
      return name === 'true' ? t('inbox.yes') : name === 'false' ? t('inbox.no') : name;
    },
    state: (code: string) =>
      i18n.exists(`caseState.${code}`) ? t(`caseState.${code}` as 'caseState.active') : code,
    nature: (code: string) =>
      i18n.exists(`nature.${code}`) ? t(`nature.${code}` as 'nature.PEREMPTORY') : code,
  };
}
