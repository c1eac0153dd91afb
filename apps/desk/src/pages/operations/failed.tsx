import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import { useFailedJobs } from '../../api/operations.ts';
import type { FailedFilter } from '../../api/operations.ts';
import { useMay } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Choice } from '../../ui/choice.tsx';
import { Empty, Loaded, Note, Problem } from '../../ui/feedback.tsx';
import { More, Table } from '../../ui/table.tsx';
import { FaultWords } from './fault-words.tsx';
import { WorkName } from './names.tsx';

const kinds = [
  'bell',
  'job',
  'act',
  'message',
  'signal',
  'notice',
  'mail',
  'receipt',
  'mailbox',
  'webhook',
] as const;

/** What failed and rests: tried again one by one, all of it, or what the filter shows. */
export function Failed() {
  const { t } = useTranslation();
  const may = useMay();
  const [filter, setFilter] = useState<FailedFilter>({});
  const jobs = useFailedJobs(filter);
  const retry = useCommand((id: string, header) =>
    body(
      api.POST('/api/v1/operations/jobs/{id}/retry', {
        params: { path: { id }, header: { ...header } },
      }),
    ),
  );
  const retryAll = useCommand((all: FailedFilter, header) =>
    body(api.POST('/api/v1/operations/jobs/retry', { params: { header: { ...header } }, body: all })),
  );
  const isNarrowed = Object.keys(filter).length > 0;
  return (
    <section className="desk-section" aria-labelledby="failed">
      <h2 id="failed" className="h4">
        {t('operations.failed')}
      </h2>
      {(retry.error ?? retryAll.error) && <Problem error={retry.error ?? retryAll.error} focus />}
      {retryAll.data && (
        <Note kind="success" title={t('operations.retried', { count: retryAll.data.count })} focus />
      )}
      <div className="desk-filters">
        <Choice
          id="failed-kind"
          label={t('operations.work.kind')}
          value={filter.kind ?? ''}
          onChange={(kind) => setFilter(({ kind: _, ...rest }) => (kind === '' ? rest : { ...rest, kind }))}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`operations.kind.${kind}`)}
            </option>
          ))}
        </Choice>
        {filter.error !== undefined && (
          <div className="desk-field">
            <span>{t('operations.sameError')}</span>
            <button
              type="button"
              className="btn btn-sm btn-outline-secondary"
              onClick={() => setFilter(({ error: _, ...rest }) => rest)}
            >
              {t('operations.anyError')}
            </button>
          </div>
        )}
        {may('RetryJob') && (jobs.items?.length ?? 0) > 0 && (
          <button
            type="button"
            className="btn btn-primary"
            disabled={retryAll.isPending}
            onClick={() => retryAll.mutate(filter)}
          >
            {t(isNarrowed ? 'operations.retryShown' : 'operations.retryAll')}
          </button>
        )}
      </div>
      <FailedTable
        jobs={jobs}
        retry={may('RetryJob') && !retry.isPending ? retry.mutate : null}
        onlyError={(error) => setFilter({ ...filter, error })}
      />
      <More list={jobs} />
    </section>
  );
}

interface FailedTableProps {
  readonly jobs: ReturnType<typeof useFailedJobs>;
  readonly retry: ((id: string) => void) | null;
  readonly onlyError: (error: string) => void;
}

function FailedTable({ jobs, retry, onlyError }: FailedTableProps) {
  const { t, i18n } = useTranslation();
  return (
    <Loaded query={{ ...jobs, data: jobs.items }} lines={3}>
      {(items) =>
        items.length === 0 ? (
          <Empty title={t('operations.noFailed')} />
        ) : (
          <Table
            caption={t('operations.failed')}
            rows={items}
            rowKey={(one) => one.id}
            columns={[
              {
                id: 'name',
                head: t('operations.job'),
                className: 'desk-col-main',
                cell: (one) => (
                  <>
                    <span className="fw-semibold">{t(`operations.kind.${one.kind as 'bell'}`)}</span>{' '}
                    <WorkName kind={one.kind} name={one.name} />
                    <span className="desk-sub">
                      {one.caseId ? (
                        <Link to={`/operations/find?text=${one.caseId}`}>
                          <code>{one.id}</code>
                        </Link>
                      ) : (
                        <code>{one.id}</code>
                      )}
                    </span>
                  </>
                ),
              },
              {
                id: 'why',
                head: t('operations.why'),
                cell: (one) => (
                  <button type="button" className="desk-link" onClick={() => onlyError(one.reason)}>
                    <FaultWords text={one.reason} />
                  </button>
                ),
              },
              {
                id: 'when',
                head: t('operations.when'),
                cell: (one) => (
                  <>
                    {formatInstant(one.failedAt, i18n.language)}
                    <span className="desk-sub">{t('operations.attempts', { count: one.attempts })}</span>
                  </>
                ),
              },
              {
                id: 'act',
                head: t('common.actions'),
                quiet: true,
                className: 'desk-col-act',
                cell: (one) =>
                  retry && (
                    <button
                      type="button"
                      className="btn btn-sm btn-outline-primary"
                      onClick={() => retry(one.id)}
                    >
                      {t('common.retry')}
                      <span className="visually-hidden"> {one.id}</span>
                    </button>
                  ),
              },
            ]}
          />
        )
      }
    </Loaded>
  );
}
