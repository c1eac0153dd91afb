import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAccesses, useAuditEvents } from '../api/queries.ts';
import { useMay } from '../session/session.tsx';
import { formatInstant } from '../time/format.ts';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { useFilters } from '../ui/filters.ts';
import { Page } from '../ui/page.tsx';
import { RoleName } from '../ui/role.tsx';
import { More, Table } from '../ui/table.tsx';
import { Findings } from './findings.tsx';

/** For the auditor and the protection of data: what is in the log, what to ask of it, and who read what. */
export default function Audit() {
  const { t } = useTranslation();
  const may = useMay();
  const [params, set] = useFilters();
  const offered = (['events', 'findings', 'accesses'] as const).filter((one) =>
    may(one === 'accesses' ? 'ReadAccesses' : 'ReadAuditEvents'),
  );
  const chosen = offered.find((one) => one === params.get('view')) ?? offered[0];
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      {offered.length > 1 && (
        <div className="desk-baskets" role="group" aria-label={t('common.filters')}>
          {offered.map((one) => (
            <button key={one} type="button" aria-pressed={chosen === one} onClick={() => set('view', one)}>
              {t(`audit.${one}`)}
            </button>
          ))}
        </div>
      )}
      {chosen === 'events' && <Events />}
      {chosen === 'findings' && <Findings />}
      {chosen === 'accesses' && (
        <Accesses caseId={params.get('case') ?? undefined} showAll={() => set('case', '')} />
      )}
    </Page>
  );
}

/** All facts of the log, newest first, with pseudonyms in the place of names. */
function Events() {
  const { t, i18n } = useTranslation();
  const events = useAuditEvents(true);
  return (
    <>
      <Loaded query={{ ...events, data: events.items }} lines={10}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="search" title={t('audit.none')} />
          ) : (
            <Table
              caption={t('audit.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'what',
                  head: t('audit.what'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <code>{one.type}</code>
                      <span className="desk-sub">
                        {one.stream.startsWith('case-') ? (
                          <Link to={`/cases/${one.stream.slice(5)}/replay?step=${one.revision + 1}`}>
                            {t('audit.replay', { step: one.revision + 1 })}
                          </Link>
                        ) : (
                          `${one.stream} · ${one.revision}`
                        )}
                      </span>
                    </>
                  ),
                },
                {
                  id: 'recorded',
                  head: t('audit.recorded'),
                  cell: (one) => (
                    <>
                      {formatInstant(one.recordedAt, i18n.language)}
                      {one.occurredAt !== one.recordedAt && (
                        <span className="desk-sub">
                          {t('timeline.occurred', { when: formatInstant(one.occurredAt, i18n.language) })}
                        </span>
                      )}
                    </>
                  ),
                },
                {
                  id: 'who',
                  head: t('audit.who'),
                  cell: (one) => (
                    <>
                      {one.actor.account}
                      <span className="desk-sub">
                        <RoleName role={one.actor.role} /> · {one.actor.body}
                      </span>
                    </>
                  ),
                },
                {
                  id: 'data',
                  head: t('audit.data'),
                  cell: (one) => (
                    <details className="desk-hash">
                      <summary>{t('audit.show')}</summary>
                      <pre>{JSON.stringify(one.data, null, 2)}</pre>
                    </details>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={events} />
    </>
  );
}

interface AccessesProps {
  /** Only those to this case. */
  readonly caseId: string | undefined;
  readonly showAll: () => void;
}

/** Who read which case, when and why, newest first. */
function Accesses({ caseId, showAll }: AccessesProps) {
  const { t, i18n } = useTranslation();
  const accesses = useAccesses(caseId);
  return (
    <>
      {caseId !== undefined && (
        <p>
          {t('audit.ofCase')} <Link to={`/cases/${caseId}`}>{caseId}</Link>{' '}
          <button type="button" className="btn btn-link" onClick={showAll}>
            {t('audit.allCases')}
          </button>
        </p>
      )}
      <Loaded query={{ ...accesses, data: accesses.items }} lines={10}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="search" title={t('audit.noAccesses')} />
          ) : (
            <Table
              caption={t('audit.accesses')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'who',
                  head: t('audit.who'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      {one.actor.account}
                      <span className="desk-sub">
                        <RoleName role={one.actor.role} /> · {one.actor.body}
                      </span>
                    </>
                  ),
                },
                { id: 'when', head: t('audit.when'), cell: (one) => formatInstant(one.at, i18n.language) },
                {
                  id: 'what',
                  head: t('audit.read'),
                  cell: (one) => (
                    <>
                      {one.what}
                      {one.detail !== null && ` · ${one.detail}`}
                      <span className="desk-sub desk-typed">
                        {t('common.case')} {one.caseId} · {one.comune}
                      </span>
                    </>
                  ),
                },
                { id: 'why', head: t('common.reason'), cell: (one) => one.reason ?? '–' },
              ]}
            />
          )
        }
      </Loaded>
      <More list={accesses} />
    </>
  );
}
