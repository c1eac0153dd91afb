import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary, TimelineFact } from '../../api/model.ts';
import { useCaseDeadlines, useDeployed } from '../../api/queries.ts';
import { useElementName } from '../../process/element-name.ts';
import { useBodyName } from '../../ui/role.tsx';
import { besideOf } from '../../ui/task-name.tsx';
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
  const bodyName = useBodyName();

  const beside = ({ iteration, about, body }: NonNullable<TimelineFact['instance']>): string =>
    besideOf({ iteration, about: about ?? (body && bodyName(body)) });
  const wordsOf = (fact: TimelineFact): string => {
    const key = `events.${fact.type}`;
    if (!i18n.exists(key)) return t('events.other', { type: fact.type });
    const { instance } = fact;
    const names: Names = {
      ...reader,
      element,
      beside: instance === null ? '' : beside(instance),
      deadline: (id: string) =>
        deadlines.data?.find((one) => one.deadline === id)?.label[reader.language] ?? '',
      // Later facts name an instance by its key only.
      instance: () =>
        instance === null ? '' : element(instance.element, instance.definition) + beside(instance),
    };
    return t(key as 'events.CaseStarted', parametersOf(fact, names));
  };
  return { deployed, wordsOf };
}
