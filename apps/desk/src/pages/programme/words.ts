import { useTranslation } from 'react-i18next';

/** The name of a theme; of one that the desk does not know, its code. */
export function useThemeName(): (theme: string | null) => string {
  const { t, i18n } = useTranslation();
  return (theme) => {
    if (theme === null) return '—';
    const key = `programme.themeNames.${theme}`;
    return i18n.exists(key) ? t(key as 'programme.themeNames.TRAINING') : theme;
  };
}
