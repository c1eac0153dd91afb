import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDeadlines } from '../api/queries.ts';
import { useSession } from '../session/session.tsx';
import { Choice, oneOf } from '../ui/choice.tsx';
import { DueBadge, Nature } from '../ui/due.tsx';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { useFilters } from '../ui/filters.ts';
import { LawTabs } from '../ui/tabs.tsx';
import { Page } from '../ui/page.tsx';
import { DeadlineState } from '../ui/state.tsx';
import { More, Table } from '../ui/table.tsx';
import { formatDay } from '../time/format.ts';

const states = ['running', 'open', 'suspended', 'missed', 'met', 'replaced', 'closed', 'all'] as const;
const natures = [
  'PEREMPTORY',
  'DIRECTORY',
  'DILATORY',
  'VALIDITY',
  'EFFECT',
  'CONTRACTUAL',
  'SERVICE_LEVEL',
] as const;

/** The terms of all cases, soonest first. */
export default function Deadlines() {
  const { t, i18n } = useTranslation();
  const { bodies } = useSession();
  const [params, set] = useFilters();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const filter = {
    state: oneOf(states, params.get('state')) ?? 'running',
    nature: oneOf(natures, params.get('nature')),
    comune: params.get('comune') ?? '',
  };
  const deadlines = useDeadlines(filter);
  return (
    <Page title={t('deadlines.title')} lead={t('deadlines.lead')}>
      <LawTabs />
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <Choice
          id="state"
          label={t('common.state')}
          always
          value={filter.state}
          onChange={(value) => set('state', value)}
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {t(`deadlineFilter.${state}`)}
            </option>
          ))}
        </Choice>
        <Choice
          id="nature"
          label={t('deadlines.nature')}
          value={filter.nature ?? ''}
          onChange={(value) => set('nature', value)}
        >
          {natures.map((nature) => (
            <option key={nature} value={nature}>
              {t(`nature.${nature}`)}
            </option>
          ))}
        </Choice>
        <Choice
          id="comune"
          label={t('common.comune')}
          value={filter.comune}
          onChange={(value) => set('comune', value)}
        >
          {bodies.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </Choice>
      </div>
      <Loaded query={{ ...deadlines, data: deadlines.items }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="calendar" title={t('deadlines.empty')}>
              {t('deadlines.emptyText')}
            </Empty>
          ) : (
            <Table
              caption={t('deadlines.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'what',
                  head: t('deadlines.what'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <Link className="fw-semibold" to={`/cases/${one.caseId}?section=deadlines`}>
                        {one.label[language]}
                      </Link>
                      <span className="desk-sub">{one.norm}</span>
                    </>
                  ),
                },
                {
                  id: 'due',
                  head: t('inbox.due'),
                  cell: (one) =>
                    one.state === 'open' ? (
                      <DueBadge safe={one.safeActionDate} legal={one.legalDueDate} />
                    ) : (
                      <>
                        <DeadlineState state={one.state} />
                        <span className="desk-sub">
                          {t('due.legalDate', { date: formatDay(one.legalDueDate, i18n.language) })}
                        </span>
                      </>
                    ),
                },
                { id: 'nature', head: t('deadlines.nature'), cell: (one) => <Nature nature={one.nature} /> },
                {
                  id: 'case',
                  head: t('common.case'),
                  cell: (one) => (
                    <>
                      <Link to={`/cases/${one.caseId}`}>{one.caseCode}</Link>
                      <span className="desk-sub">{one.comuneName}</span>
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={deadlines} />
    </Page>
  );
}
