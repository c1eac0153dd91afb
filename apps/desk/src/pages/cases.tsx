import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCases, useDefinitions } from '../api/queries.ts';
import { useMay, useReach } from '../session/session.tsx';
import { formatDay } from '../time/format.ts';
import { Choice, oneOf } from '../ui/choice.tsx';
import { DueBadge } from '../ui/due.tsx';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { useFilters } from '../ui/filters.ts';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { SavedFilters } from '../ui/saved-filters.tsx';
import { Search } from '../ui/search.tsx';
import { CaseState } from '../ui/state.tsx';
import { More, Table } from '../ui/table.tsx';

const states = ['open', 'active', 'suspended', 'completed', 'terminated', 'failed', 'all'] as const;

/** Finding a case by its code, process, Comune or state. */
export default function Cases() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const bodies = useReach();
  const definitions = useDefinitions();
  const [params, set] = useFilters();
  const filter = {
    text: params.get('text') ?? '',
    state: oneOf(states, params.get('state')) ?? 'open',
    process: params.get('process') ?? '',
    comune: params.get('comune') ?? '',
  };
  const isNarrowed = ['text', 'state', 'process', 'comune'].some((name) => params.get(name));
  const cases = useCases(filter);

  return (
    <Page
      title={t('cases.title')}
      lead={t('cases.lead')}
      actions={
        may('StartCase') && (
          <Link className="btn btn-primary" to="/cases/new">
            <Icon name="plus" /> {t('inbox.start')}
          </Link>
        )
      }
    >
      <form className="desk-filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Search label={t('cases.text')} value={filter.text} onChange={(text) => set('text', text)} />
        <Choice
          id="state"
          label={t('common.state')}
          always
          value={filter.state}
          onChange={(value) => set('state', value)}
        >
          {states.map((state) => (
            <option key={state} value={state}>
              {state === 'open' || state === 'all' ? t(`cases.${state}`) : t(`caseState.${state}`)}
            </option>
          ))}
        </Choice>
        <Choice
          id="process"
          label={t('common.process')}
          value={filter.process}
          onChange={(value) => set('process', value)}
        >
          {definitions.data?.map((definition) => (
            <option key={definition.key} value={definition.key} lang="it">
              {definition.name}
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
      </form>
      <SavedFilters page="cases" />
      <Loaded query={{ ...cases, data: cases.items }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="search" title={t(isNarrowed ? 'cases.empty.title' : 'cases.none.title')}>
              {t(isNarrowed ? 'cases.empty.text' : 'cases.none.text')}
            </Empty>
          ) : (
            <Table
              caption={t('cases.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'code',
                  head: t('common.case'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <Link className="fw-semibold" to={`/cases/${one.id}`}>
                        {one.code}
                      </Link>
                      <span className="desk-sub" lang="it">
                        {one.processName}
                      </span>
                    </>
                  ),
                },
                { id: 'comune', head: t('common.comune'), cell: (one) => one.comuneName },
                {
                  id: 'state',
                  head: t('common.state'),
                  cell: (one) => (
                    <>
                      <CaseState state={one.state} />
                      {one.openIncidents > 0 && (
                        <span className="desk-sub">{t('cases.incidents', { count: one.openIncidents })}</span>
                      )}
                      {one.openEscalations > 0 && (
                        <span className="desk-sub">
                          {t('cases.escalations', { count: one.openEscalations })}
                        </span>
                      )}
                    </>
                  ),
                },
                {
                  id: 'next',
                  head: t('cases.next'),
                  cell: (one) =>
                    one.nextDeadline === null ? (
                      <span className="text-secondary">{t('due.none')}</span>
                    ) : (
                      <>
                        <span className="d-block">
                          {one.nextDeadline.label[i18n.language === 'en' ? 'en' : 'it']}
                        </span>
                        <DueBadge
                          safe={one.nextDeadline.safeActionDate}
                          legal={one.nextDeadline.legalDueDate}
                          nature={one.nextDeadline.nature}
                          since={one.nextDeadline.openedAt}
                        />
                      </>
                    ),
                },
                {
                  id: 'started',
                  head: t('cases.started'),
                  cell: (one) => formatDay(one.startedAt, i18n.language),
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={cases} />
    </Page>
  );
}
