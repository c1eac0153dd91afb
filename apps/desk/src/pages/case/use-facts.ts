import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary, HistoryEvent } from '../../api/model.ts';
import { useCaseDeadlines, useDeployed, useHistory } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { formatDay } from '../../time/format.ts';
import { parametersOf } from './words.ts';
import type { Names } from './words.ts';

/** The history of a case with the definitions that its elements are of, and what each fact says in plain words. */
export function useFacts(file: CaseSummary) {
  const { t, i18n } = useTranslation();
  const history = useHistory(file.id);
  const deadlines = useCaseDeadlines(file.id);
  const hashes = useMemo(
    () => [...new Set([file.definition, ...(history.data ?? []).map(({ definition }) => definition)])],
    [file.definition, history.data],
  );
  const deployed = useDeployed(hashes).data;
  const language = i18n.language === 'en' ? 'en' : 'it';

  const names = useMemo((): Names => {
    const elements = new Map(
      deployed?.map(({ hash, key, xml }) => [
        hash,
        new Map(readDrawing(xml, key)?.nodes.map((node) => [node.id, node.name || node.id])),
      ]),
    );
    const element = (id: string, definition: string) => elements.get(definition)?.get(id) ?? id;
    // Later facts name an instance by its key only.
    const instances = new Map(
      history.data
        ?.filter((event) => event.data.element !== undefined)
        .map((event) => [
          String(event.data.key),
          element(String(event.data.element), event.definition) + numberOf(event),
        ]),
    );
    return {
      element,
      instance: (key) => instances.get(key) ?? '',
      deadline: (id) => deadlines.data?.find((one) => one.deadline === id)?.label[language] ?? '',
      language,
      date: (date) => formatDay(date, language),
    };
  }, [deployed, history.data, deadlines.data, language]);

  const wordsOf = (event: HistoryEvent): string => {
    const key = `events.${event.type}`;
    return i18n.exists(key)
      ? t(key as 'events.CaseStarted', parametersOf(event, names)) + numberOf(event)
      : t('events.other', { type: event.type });
  };
  return { history, deployed, wordsOf };
}

/** Of one of several instances of an activity, which one it is. */
const numberOf = ({ data }: HistoryEvent): string =>
  typeof data.iteration === 'number' ? ` (${data.iteration})` : '';
