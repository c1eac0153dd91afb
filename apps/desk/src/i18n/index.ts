import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { withElisions } from './elision.ts';
import type { it } from './it.ts';

export const languages = ['it', 'en'] as const;
export type Language = (typeof languages)[number];

const place = 'iter.language';
const elision = 'elision';

type Texts = typeof it;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: Texts };
  }
}

/** Each language comes when it is first wanted. Each is whole (`Texts`), so that none needs another to fall back on. */
const texts: Record<Language, () => Promise<Texts>> = {
  it: async () => (await import('./it.ts')).it,
  en: async () => (await import('./en.ts')).en,
};

/** Italian unless the person chose English before on this device. */
function chosen(): Language {
  try {
    return localStorage.getItem(place) === 'en' ? 'en' : 'it';
  } catch {
    return 'it';
  }
}

/**
 * Prepares the texts; the language of the document follows the language of the desk. Where those of the chosen language
 * cannot be fetched, those of the other are shown.
 * @throws when there are none at all
 */
export async function startTexts(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  const wanted = chosen();
  const fetched = async (lng: Language) => ({ lng, translation: await texts[lng]() });
  const { lng, translation } = await fetched(wanted).catch(() => fetched(wanted === 'it' ? 'en' : 'it'));
  i18next.use({
    type: 'postProcessor',
    name: elision,
    process: (text: string) => (i18next.language === 'it' ? withElisions(text) : text),
  });
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: false,
    resources: { [lng]: { translation } },
    interpolation: { escapeValue: false },
    postProcess: elision,
  });
}

/** Goes over to a language. @throws when its texts cannot be fetched; the desk then stays in the one it is in */
export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await texts[language]());
  try {
    localStorage.setItem(place, language);
  } catch {
    // The choice then lasts until the tab is closed.
  }
  await i18next.changeLanguage(language);
}
