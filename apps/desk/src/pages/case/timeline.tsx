import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary, HistoryEvent } from '../../api/model.ts';
import { useCaseDeadlines, useDeployed, useHistory } from '../../api/queries.ts';
import type { Deployed } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { formatDay, formatInstant } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RoleName } from '../../ui/role.tsx';
import { iconOf, isMinor, parametersOf } from './words.ts';
import type { Names } from './words.ts';
import { Given } from './given.tsx';
import { Why } from './why.tsx';

/** What happened, newest first, in plain words; what only the machine cares about is folded. */
export function Timeline({ file }: { readonly file: CaseSummary }) {
  const { t, i18n } = useTranslation();
  const history = useHistory(file.id);
  const deadlines = useCaseDeadlines(file.id);
  const hashes = useMemo(
    () => [...new Set([file.definition, ...(history.data ?? []).map(({ definition }) => definition)])],
    [file.definition, history.data],
  );
  const deployed = useDeployed(hashes).data;
  const [all, setAll] = useState(false);
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

  return (
    <Loaded query={history} lines={10}>
      {(events) => {
        const folded = events.filter(isMinor).length;
        const shown = events.filter((event) => all || !isMinor(event)).toReversed();
        return (
          <>
            {folded > 0 && (
              <div className="form-check mb-3">
                <input
                  type="checkbox"
                  id="all-events"
                  checked={all}
                  onChange={(event) => setAll(event.target.checked)}
                />
                <label htmlFor="all-events">{t('timeline.all', { count: folded })}</label>
              </div>
            )}
            {shown.length === 0 && <Empty icon="clock" title={t('timeline.none')} />}
            <ol className="desk-timeline" reversed>
              {shown.map((event) => (
                <Fact
                  key={event.id}
                  event={event}
                  names={names}
                  deployed={deployed?.find(({ hash }) => hash === event.definition)}
                />
              ))}
            </ol>
          </>
        );
      }}
    </Loaded>
  );
}

/** Of one of several instances of an activity, which one it is. */
const numberOf = ({ data }: HistoryEvent): string =>
  typeof data.iteration === 'number' ? ` (${data.iteration})` : '';

const aDayMs = 86_400_000;

interface FactProps {
  readonly event: HistoryEvent;
  readonly names: Names;
  readonly deployed: Deployed | undefined;
}

function Fact({ event, names, deployed }: FactProps) {
  const { t, i18n } = useTranslation();
  const key = `events.${event.type}`;
  const words = i18n.exists(key)
    ? t(key as 'events.CaseStarted', parametersOf(event, names)) + numberOf(event)
    : t('events.other', { type: event.type });
  const late = Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > aDayMs;
  return (
    <li className={isMinor(event) ? 'is-minor' : ''}>
      <span className="desk-timeline-mark">
        <Icon name={iconOf(event.type)} size="sm" />
      </span>
      <div>
        <p className="mb-0">{words}</p>
        {event.type === 'DecisionEvaluated' && <Why event={event} />}
        {event.type === 'UserTaskCompleted' && <Given event={event} deployed={deployed} />}
        <p className="desk-sub mb-0">
          <time dateTime={event.recordedAt}>{formatInstant(event.recordedAt, i18n.language)}</time>
          {' · '}
          {event.actor.account} (<RoleName role={event.actor.role} />)
          {event.actor.onBehalfOf && `, ${t('substitutions.inPlaceOf', { who: event.actor.onBehalfOf })}`}
          {late && ` · ${t('timeline.occurred', { when: formatInstant(event.occurredAt, i18n.language) })}`}
        </p>
      </div>
    </li>
  );
}
