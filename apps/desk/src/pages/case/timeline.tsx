import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary, HistoryEvent } from '../../api/model.ts';
import { useCaseDeadlines, useDrawing, useHistory } from '../../api/queries.ts';
import { readDrawing } from '../../process/drawing.ts';
import { formatDay, formatInstant } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RoleName } from '../../ui/role.tsx';
import { iconOf, isMinor, parametersOf } from './words.ts';
import type { Names } from './words.ts';

/** What happened, newest first, in plain words; what only the machine cares about is folded. */
export function Timeline({ file }: { readonly file: CaseSummary }) {
  const { t, i18n } = useTranslation();
  const history = useHistory(file.id);
  const deadlines = useCaseDeadlines(file.id);
  const xml = useDrawing(file.process, file.version);
  const [all, setAll] = useState(false);
  const language = i18n.language === 'en' ? 'en' : 'it';

  const names = useMemo((): Names => {
    const drawing = xml.data === undefined ? null : readDrawing(xml.data, file.process);
    const elements = new Map(drawing?.nodes.map((node) => [node.id, node.name || node.id]));
    const instances = new Map(
      history.data
        ?.filter((event) => event.data.element !== undefined)
        .map((event) => [String(event.data.key), String(event.data.element)]),
    );
    return {
      element: (id) => elements.get(id) ?? id,
      instance: (key) => elements.get(instances.get(key) ?? '') ?? '',
      deadline: (id) => deadlines.data?.find((one) => one.deadline === id)?.label[language] ?? '',
      language,
      date: (date) => formatDay(date, language),
    };
  }, [xml.data, file.process, history.data, deadlines.data, language]);

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
                <Fact key={event.id} event={event} names={names} />
              ))}
            </ol>
          </>
        );
      }}
    </Loaded>
  );
}

const aDayMs = 86_400_000;

function Fact({ event, names }: { readonly event: HistoryEvent; readonly names: Names }) {
  const { t, i18n } = useTranslation();
  const key = `events.${event.type}`;
  const words = i18n.exists(key)
    ? t(key as 'events.CaseStarted', parametersOf(event, names))
    : t('events.other', { type: event.type });
  const late = Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > aDayMs;
  return (
    <li className={isMinor(event) ? 'is-minor' : ''}>
      <span className="desk-timeline-mark">
        <Icon name={iconOf(event.type)} size="sm" />
      </span>
      <div>
        <p className="mb-0">{words}</p>
        <p className="desk-sub mb-0">
          <time dateTime={event.recordedAt}>{formatInstant(event.recordedAt, i18n.language)}</time>
          {' · '}
          {event.actor.account} (<RoleName role={event.actor.role} />)
          {late && ` · ${t('timeline.occurred', { when: formatInstant(event.occurredAt, i18n.language) })}`}
        </p>
      </div>
    </li>
  );
}
