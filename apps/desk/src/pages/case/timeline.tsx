import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary, HistoryEvent } from '../../api/model.ts';
import type { Deployed } from '../../api/queries.ts';
import { formatInstant } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { RoleName } from '../../ui/role.tsx';
import { DocumentLink } from './documents.tsx';
import { useFacts } from './use-facts.ts';
import { documentOf, iconOf, isMinor, reachOf, subjectOf, subjects } from './words.ts';
import { Given } from './given.tsx';
import { TakeBack } from './take-back.tsx';
import { Why } from './why.tsx';

/** Facts shown at first, and then with each step further back. */
const stepBack = 100;

/**
 * Everything that happened, newest first, in plain words: acts, terms, documents, messages and comments in one line of time.
 * What only the machine cares about is folded, where people stepped into the flow stands out.
 */
export function Timeline({ file }: { readonly file: CaseSummary }) {
  const { t } = useTranslation();
  const { history, deployed, wordsOf } = useFacts(file);
  const [all, setAll] = useState(false);
  const [most, setMost] = useState(stepBack);
  const [params, set] = useFilters();
  const about = params.get('about') ?? '';
  return (
    <Loaded query={history} lines={10}>
      {(events) => {
        const isAbout = (event: HistoryEvent, what: string): boolean =>
          what === '' || (what === 'interventions' ? event.isIntervention : subjectOf(event.type) === what);
        const visible = events.filter((event) => all || !isMinor(event));
        const folded = events.filter((event) => isMinor(event) && isAbout(event, about)).length;
        const found = visible.filter((event) => isAbout(event, about)).toReversed();
        const shown = found.slice(0, most);
        return (
          <>
            <div className="desk-baskets" role="group" aria-label={t('facts.filter')}>
              {['', ...subjects, 'interventions'].map((what) => (
                <button
                  key={what}
                  type="button"
                  aria-pressed={about === what}
                  onClick={() => {
                    set('about', what);
                    setMost(stepBack);
                  }}
                >
                  {t(`facts.about.${(what || 'all') as 'all'}`)}{' '}
                  <span className="desk-baskets-count">
                    {visible.filter((event) => isAbout(event, what)).length}
                  </span>
                </button>
              ))}
            </div>
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
            {shown.length === 0 && (
              <Empty icon="clock" title={t(about === '' ? 'timeline.none' : 'facts.noneAbout')} />
            )}
            <ol className="desk-timeline">
              {shown.map((event) => (
                <Fact
                  key={event.id}
                  caseId={file.id}
                  event={event}
                  words={wordsOf(event)}
                  deployed={deployed?.find(({ hash }) => hash === event.definition)}
                />
              ))}
            </ol>
            {found.length > shown.length && (
              <button
                type="button"
                className="btn btn-outline-primary"
                onClick={() => setMost(most + stepBack)}
              >
                {t('facts.earlier', { count: found.length - shown.length })}
              </button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

const aDayMs = 86_400_000;

interface FactProps {
  readonly caseId: string;
  readonly event: HistoryEvent;
  readonly words: string;
  readonly deployed: Deployed | undefined;
}

const looks = {
  internal: ['lock', 'is-internal'],
  received: ['download', 'is-shared'],
  sent: ['upload', 'is-shared'],
} as const;

function Fact({ caseId, event, words, deployed }: FactProps) {
  const { t, i18n } = useTranslation();
  const late = Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > aDayMs;
  const document = documentOf(event);
  const reach = reachOf(event.type);
  const [icon, look] = reach === null ? [] : looks[reach];
  const classes = [isMinor(event) && 'is-minor', event.isIntervention && 'is-intervention', look];
  return (
    <li className={classes.filter(Boolean).join(' ')}>
      <span className="desk-timeline-mark">
        <Icon name={event.isIntervention ? 'tool' : iconOf(event.type)} size="sm" />
      </span>
      <div>
        <p className="mb-0">
          {event.isIntervention && (
            <span className="badge desk-badge desk-badge-strong me-2">{t('facts.intervention')}</span>
          )}
          {reach !== null && (
            <span className="badge desk-badge desk-badge-plain me-2">
              <Icon name={icon ?? 'mail'} size="xs" /> {t(`facts.reach.${reach}`)}
            </span>
          )}
          <span className="desk-typed">{words}</span>
        </p>
        {document !== null && <DocumentLink caseId={caseId} documentKey={document} />}
        {event.type === 'DecisionEvaluated' && <Why event={event} />}
        {event.type === 'UserTaskCompleted' && <Given event={event} deployed={deployed} />}
        <TakeBack caseId={caseId} event={event} deployed={deployed} what={words} />
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
