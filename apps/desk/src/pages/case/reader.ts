import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNameOf } from '../../api/people.ts';
import { useSaid } from '../../process/words-of.tsx';
import { formatDay } from '../../time/format.ts';
import type { Names } from './words.ts';

/** What of the names depends on who reads, whatever is told. */
export function useReader(): Pick<Names, 'said' | 'language' | 'date' | 'person' | 'flag'> {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const person = useNameOf();
  const language = i18n.language === 'en' ? 'en' : 'it';
  return useMemo(
    () => ({
      ...{ said, language, person },
      date: (day) => formatDay(day, language),
      flag: (is) => t(is ? 'list.yes' : 'list.no'),
    }),
    [said, language, person, t],
  );
}
