import { useTranslation } from 'react-i18next';

/** What codes of training are called; one that the desk does not know stays as it is. */
export function useTrainingWords() {
  const { t, i18n } = useTranslation();
  const named = (kind: 'subjects' | 'modes', code: string | null): string => {
    if (code === null) return '—';
    const key = `training.${kind}.${code}`;
    return i18n.exists(key) ? t(key as 'training.subjects.ETHICS') : code;
  };
  const language = i18n.language === 'en' ? 'en' : 'it';
  return {
    language,
    subject: (code: string | null) => named('subjects', code),
    mode: (code: string | null) => named('modes', code),
    hours: (hours: number | null) =>
      hours === null ? '—' : new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(hours),
  };
}
