import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary, TimelineFact } from '../../api/model.ts';
import { useCaseDeadlines, useDeployed } from '../../api/queries.ts';
import { useElementName } from '../../process/element-name.ts';
import { useReader } from './reader.ts';
import { parametersOf } from './words.ts';
import type { Names } from './words.ts';

/** What each fact of a case says in plain words, and the definitions that their elements are of. */
export function useFacts(file: CaseSummary, facts: readonly TimelineFact[] = []) {
  const { t, i18n } = useTranslation();
  const deadlines = useCaseDeadlines(file.id);
  const hashes = useMemo(
    () => [
      ...new Set([
        file.definition,
        ...facts.flatMap(({ definition, instance }) => [definition, instance?.definition ?? definition]),
      ]),
    ],
    [file.definition, facts],
  );
  const deployed = useDeployed(hashes).data;
  const element = useElementName(deployed);
  const reader = useReader();

  const wordsOf = (fact: TimelineFact): string => {
    const key = `events.${fact.type}`;
    if (!i18n.exists(key)) return t('events.other', { type: fact.type });
    const { instance } = fact;
    const names: Names = {
      ...reader,
      element,
      deadline: (id: string) =>
        deadlines.data?.find((one) => one.deadline === id)?.label[reader.language] ?? '',
      // Later facts name an instance by its key only.
      instance: () =>
        instance === null
          ? ''
          : element(instance.element, instance.definition) + numbered(instance.iteration),
    };
    const own = fact.data.element === undefined ? '' : numbered(instance?.iteration ?? null);
    return t(key as 'events.CaseStarted', parametersOf(fact, names)) + own;
  };
  return { deployed, wordsOf };
}

/** Of one of several instances of an activity, which one it is. */
const numbered = (iteration: number | null): string => (iteration === null ? '' : ` (${iteration})`);
