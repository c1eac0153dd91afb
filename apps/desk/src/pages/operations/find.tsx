import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFound } from '../../api/operations.ts';
import { useDefinitions } from '../../api/queries.ts';
import type { Found } from '../../api/operations.ts';
import { formatInstant } from '../../time/format.ts';
import { Empty, Loaded, Note } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { Search } from '../../ui/search.tsx';
import { CaseState } from '../../ui/state.tsx';
import { Table } from '../../ui/table.tsx';
import { SystemTabs } from '../../ui/tabs.tsx';
import { FaultWords } from './fault-words.tsx';
import { WorkName } from './names.tsx';

/** Finds a case, what is pending for it and a fact of the log, by a code or an id; never what a case says. */
export default function Find() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const text = (params.get('text') ?? '').trim();
  const found = useFound(text);
  return (
    <Page title={t('operations.find.title')} lead={t('operations.find.lead')}>
      <SystemTabs />
      <div className="desk-filters">
        <Search
          label={t('operations.find.label')}
          help={t('operations.find.help')}
          value={text}
          onChange={(next) => setParams(next === '' ? {} : { text: next }, { replace: true })}
        />
      </div>
      {text.length >= 2 && (
        <Loaded query={found} lines={4}>
          {(answer) => <Answer found={answer} />}
        </Loaded>
      )}
    </Page>
  );
}

function Answer({ found }: { readonly found: Found }) {
  const { t, i18n } = useTranslation();
  const { cases, event, failed, searchedBackTo } = found;
  const instant = (at: string) => formatInstant(at, i18n.language);
  return (
    <>
      {searchedBackTo !== null && (
        <Note kind="info">{t('operations.find.searchedBackTo', { when: instant(searchedBackTo) })}</Note>
      )}
      {event && (
        <section className="desk-panel" aria-labelledby="event">
          <h2 id="event" className="h4">
            {t('operations.find.event')}
          </h2>
          <p className="mb-0">
            <code>{event.type}</code> · {t('operations.find.revision', { revision: event.revision })} ·{' '}
            {instant(event.recordedAt)}
            <span className="desk-sub">
              <code>{event.stream}</code> · {t('operations.find.position')} <code>{event.position}</code>
            </span>
          </p>
        </section>
      )}
      {cases.map((one) => (
        <OneCase key={one.id} file={one} work={found.work.filter(({ caseId }) => caseId === one.id)} />
      ))}
      {failed.length > 0 && cases.length === 0 && (
        <section className="desk-panel">
          <h2 className="h4">{t('operations.failed')}</h2>
          <ul className="desk-plain-list">
            {failed.map(({ id, kind, name, reason }) => (
              <li key={id}>
                <WorkName kind={kind} name={name} /> · <code>{id}</code>
                <span className="desk-sub">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {cases.length === 0 && event === null && failed.length === 0 && (
        <Empty icon="search" title={t('operations.find.none')}>
          {t('operations.find.noneText')}
        </Empty>
      )}
    </>
  );
}

function OneCase({ file, work }: { readonly file: Found['cases'][number]; readonly work: Found['work'] }) {
  const { t, i18n } = useTranslation();
  const name = useDefinitions().data?.find(({ key }) => key === file.process)?.name;
  return (
    <section className="desk-panel" aria-labelledby={`case-${file.id}`}>
      <h2 id={`case-${file.id}`} className="h4 mb-1">
        {t('common.case')} {file.code} <CaseState state={file.state as 'active'} />
      </h2>
      <p>
        {name !== undefined && (
          <>
            <span lang="it">{name}</span> ·{' '}
          </>
        )}
        <code>{file.process}</code> · {t('operations.find.version', { version: file.version })} ·{' '}
        {file.comuneName}
        <span className="desk-sub">
          <code>{file.id}</code> · {t('operations.find.revision', { revision: file.revision })} ·{' '}
          {t('operations.find.open', { tasks: file.openTasks, incidents: file.openIncidents })} ·{' '}
          {formatInstant(file.startedAt, i18n.language)}
        </span>
      </p>
      {work.length === 0 ? (
        <p className="mb-0">{t('operations.find.nothingPending')}</p>
      ) : (
        <Table
          caption={t('operations.find.pending')}
          rows={work}
          rowKey={(one) => one.id}
          rowClass={(one) => (one.state === 'failing' || one.state === 'stuck' ? 'is-strong' : '')}
          columns={[
            {
              id: 'what',
              head: t('operations.job'),
              className: 'desk-col-main',
              cell: (one) => (
                <>
                  <span className="fw-semibold">{t(`operations.kind.${one.kind as 'bell'}`)}</span>{' '}
                  <WorkName kind={one.kind} name={one.name} />
                  <span className="desk-sub">
                    <code>{one.id}</code>
                  </span>
                </>
              ),
            },
            {
              id: 'state',
              head: t('common.state'),
              cell: (one) => t(`operations.find.state.${one.state as 'due'}`),
            },
            {
              id: 'due',
              head: t('operations.find.due'),
              cell: (one) => formatInstant(one.dueAt, i18n.language),
            },
            {
              id: 'why',
              head: t('operations.why'),
              cell: (one) =>
                one.error === null ? (
                  '–'
                ) : (
                  <>
                    <FaultWords text={one.error} />
                    <span className="desk-sub">{t('operations.attempts', { count: one.tries })}</span>
                  </>
                ),
            },
          ]}
        />
      )}
    </section>
  );
}
