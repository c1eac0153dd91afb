import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary, TimelineFact, TimelineTopic } from '../../api/model.ts';
import { useTimeline } from '../../api/queries.ts';
import type { Deployed } from '../../api/queries.ts';
import { formatInstant } from '../../time/format.ts';
import { oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { Doer } from '../../ui/role.tsx';
import { More } from '../../ui/table.tsx';
import { DocumentLink } from './documents.tsx';
import { useFacts } from './use-facts.ts';
import { documentOf, iconOf, reachOf } from './words.ts';
import { Given } from './given.tsx';
import { TakeBack } from './take-back.tsx';
import { Why } from './why.tsx';
import { Mixed } from '../../ui/mixed.tsx';

const topics = [
  ...(['activities', 'terms', 'documents', 'messages', 'comments', 'interventions'] as const),
] satisfies readonly TimelineTopic[];

/**
 * Everything that happened, newest first, in plain words: acts, terms, documents, messages and comments in one line of time.
 * What only the machine cares about is folded, where people stepped into the flow stands out.
 */
export function Timeline({ file }: { readonly file: CaseSummary }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [params, set] = useFilters();
  const about = oneOf(topics, params.get('about'));
  const timeline = useTimeline(file.id, { about, all });
  const { deployed, wordsOf } = useFacts(file, timeline.items);
  return (
    <Loaded query={timeline} lines={10}>
      {({ pages }) => {
        const { counts, minor } = pages[0] ?? { counts: null, minor: 0 };
        const facts = timeline.items ?? [];
        return (
          <>
            <div className="desk-baskets" role="group" aria-label={t('facts.filter')}>
              {[undefined, ...topics].map((what) => (
                <button
                  key={what ?? 'all'}
                  type="button"
                  aria-pressed={about === what}
                  onClick={() => set('about', what ?? '')}
                >
                  {t(`facts.about.${what ?? 'all'}`)}{' '}
                  <span className="desk-baskets-count">{counts?.[what ?? 'all']}</span>
                </button>
              ))}
            </div>
            {minor > 0 && (
              <div className="form-check mb-3">
                <input
                  type="checkbox"
                  id="all-events"
                  checked={all}
                  onChange={(event) => setAll(event.target.checked)}
                />
                <label htmlFor="all-events">{t('timeline.all', { count: minor })}</label>
              </div>
            )}
            {facts.length === 0 && (
              <Empty icon="clock" title={t(about === undefined ? 'timeline.none' : 'facts.noneAbout')} />
            )}
            <ol className="desk-timeline">
              {facts.map((fact) => (
                <Fact
                  key={fact.id}
                  file={file}
                  event={fact}
                  words={wordsOf(fact)}
                  deployed={deployed?.find(({ hash }) => hash === fact.definition)}
                />
              ))}
            </ol>
            <More list={timeline} />
          </>
        );
      }}
    </Loaded>
  );
}

const aDayMs = 86_400_000;

interface FactProps {
  readonly file: CaseSummary;
  readonly event: TimelineFact;
  readonly words: string;
  readonly deployed: Deployed | undefined;
}

const looks = {
  internal: ['lock', 'is-internal'],
  received: ['download', 'is-shared'],
  sent: ['upload', 'is-shared'],
} as const;

function Fact({ file, event, words, deployed }: FactProps) {
  const { t, i18n } = useTranslation();
  const late = Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > aDayMs;
  const document = documentOf(event);
  const reach = reachOf(event.type);
  const [icon, look] = reach === null ? [] : looks[reach];
  const classes = [event.isMinor && 'is-minor', event.isIntervention && 'is-intervention', look];
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
          <span className="desk-typed">
            <Mixed text={words} />
          </span>
        </p>
        {document !== null && <DocumentLink caseId={file.id} documentKey={document} />}
        {event.type === 'DecisionEvaluated' && <Why event={event} />}
        {event.type === 'UserTaskCompleted' && (
          <Given event={event} deployed={deployed} comune={file.comune} />
        )}
        <TakeBack file={file} event={event} deployed={deployed} what={words} />
        <p className="desk-sub mb-0">
          <time dateTime={event.recordedAt}>{formatInstant(event.recordedAt, i18n.language)}</time>
          {' · '}
          <Doer {...event.actor} />
          {late && ` · ${t('timeline.occurred', { when: formatInstant(event.occurredAt, i18n.language) })}`}
        </p>
      </div>
    </li>
  );
}
