import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { it } from './it.ts';

export const languages = ['it', 'en'] as const;
export type Language = (typeof languages)[number];

const place = 'iter.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof it };
  }
}

/** Italian unless the person chose English before on this device. */
function chosen(): Language {
  try {
    return localStorage.getItem(place) === 'en' ? 'en' : 'it';
  } catch {
    return 'it';
  }
}

/** Prepares the texts; the language of the document follows the language of the desk. */
export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next.use(initReactI18next).init({
    lng: chosen(),
    fallbackLng: 'it',
    resources: { it: { translation: it }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
}

export async function changeLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(place, language);
  } catch {
    // The choice then lasts until the tab is closed.
  }
  await i18next.changeLanguage(language);
}
