import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../api/model.ts';
import type { Step } from '../../api/replay.ts';
import type { ElementName } from '../../process/element-name.ts';
import { useReader } from '../case/reader.ts';
import { parametersOf } from '../case/words.ts';
import { useBodyName } from '../../ui/role.tsx';
import { besideOf } from '../../ui/task-name.tsx';
import type { Frame, ThingOf } from './film.ts';

/** The event of a step, where its element can be looked up. */
export const factOf = ({ event, definition, isIntervention }: Step): HistoryEvent => ({
  ...event,
  definition,
  isIntervention,
});

/** What each event of a chapter says, in plain words. */
export function useWords(
  steps: readonly Step[],
  frames: readonly Frame[],
  element: ElementName,
): (revision: number) => string | null {
  const { t, i18n } = useTranslation();
  const reader = useReader();
  const bodyName = useBodyName();
  return useMemo(() => {
    const first = steps[0]?.revision ?? 0;
    return (revision) => {
      const step = steps[revision - first];
      const before = frames[revision - first]?.things;
      const after = frames[revision - first + 1]?.things;
      if (!step || !before || !after) return null;
      const fact = factOf(step);
      // Later facts name an instance by its key only.
      const task = (of: unknown) => before.tasks.get(String(of)) ?? after.tasks.get(String(of));
      const beside = ({ iteration, about, body }: ThingOf<'tasks'>): string =>
        besideOf({ iteration, about: about ?? (body && bodyName(body)) });
      const instance = (of: string): string => {
        const it = task(of);
        return it ? element(it.element, it.definition) + beside(it) : '';
      };
      const deadline = (id: string): string =>
        [...after.deadlines.values()].find((it) => it.id === id)?.label[reader.language] ?? '';
      const key = `events.${fact.type}`;
      if (!i18n.exists(key)) return t('events.other', { type: fact.type });
      const own = task(fact.data.key);
      const iteration = typeof fact.data.iteration === 'number' ? fact.data.iteration : null;
      const named = own ? beside(own) : besideOf({ iteration, about: null });
      const names = { ...reader, element, beside: named, instance, deadline };
      return t(key as 'events.CaseStarted', parametersOf(fact, names));
    };
  }, [steps, frames, element, reader, bodyName, t, i18n]);
}
