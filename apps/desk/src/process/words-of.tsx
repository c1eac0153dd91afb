import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../api/client.ts';
import { noWords, wordsIn } from './vocabulary.ts';
import type { Words } from './vocabulary.ts';

const Said = createContext(noWords);

/** What the process of the case around calls its variables and their codes; codes stay where it does not say. */
export const useSaid = (): Words => useContext(Said);

/** Gives what is inside the words of a definition and of all that it calls. */
export function WordsOf({
  definition,
  children,
}: {
  readonly definition: string;
  readonly children: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ['words', definition],
    staleTime: Infinity,
    queryFn: () =>
      body(
        api.GET('/api/v1/process-definitions/by-hash/{hash}/words', {
          params: { path: { hash: definition } },
        }),
      ),
  });
  const words = useMemo((): Words => {
    // Roles are named by the house, not by each process.
    const role = (code: string) => (i18n.exists(`role.${code}`) ? t(`role.${code}` as 'role.UPD') : null);
    return data ? wordsIn(data, i18n.language === 'en' ? 'en' : 'it', role) : noWords;
  }, [data, i18n, t]);
  return <Said value={words}>{children}</Said>;
}
