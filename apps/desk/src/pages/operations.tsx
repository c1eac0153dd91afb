import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../api/client.ts';
import { useCommand } from '../api/commands.ts';
import { useFailedJobs, useFollowers, useQueues, useStatus } from '../api/queries.ts';
import { withOffset } from '../time/local.ts';
import { useMay } from '../session/session.tsx';
import { useNow } from '../time/clock.tsx';
import { dayInRome } from '../time/due.ts';
import { formatInstant, formatSpan } from '../time/format.ts';
import { Empty, Loaded, Note, Problem } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { Page } from '../ui/page.tsx';
import { MailState } from './operations-mail.tsx';
import { Table } from '../ui/table.tsx';

/** The machine room: queues, followers and how far behind they are, failed work, and in demo mode the clock. */
export default function Operations() {
  const { t } = useTranslation();
  const may = useMay();
  const status = useStatus();
  return (
    <Page title={t('operations.title')} lead={t('operations.lead')}>
      {status.data?.demo && may('MoveClock') && <DemoClock />}
      <Queues />
      <Followers />
      <MailState />
      <Failed />
    </Page>
  );
}

function Queues() {
  const { t } = useTranslation();
  const queues = useQueues();
  return (
    <section className="desk-section" aria-labelledby="queues">
      <h2 id="queues" className="h4">
        {t('operations.queues')}
      </h2>
      <Loaded query={queues} lines={3}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('operations.noQueues')} />
          ) : (
            <Table
              caption={t('operations.queues')}
              rows={items}
              rowKey={(one) => one.name}
              columns={[
                {
                  id: 'name',
                  head: t('operations.name'),
                  className: 'desk-col-main',
                  cell: (one) => <code>{one.name}</code>,
                },
                ...(['waiting', 'active', 'delayed', 'failed'] as const).map((id) => ({
                  id,
                  head: t(`operations.queue.${id}`),
                  className: 'desk-col-number',
                  cell: (one: (typeof items)[number]) =>
                    id === 'failed' && one.failed > 0 ? (
                      <strong className="desk-alarm">
                        <Icon name="error" size="xs" /> {one.failed}
                      </strong>
                    ) : (
                      one[id]
                    ),
                })),
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

/** From this lag on, what people see is older than they think. */
const slowMs = 5_000;

function Followers() {
  const { t, i18n } = useTranslation();
  const followers = useFollowers();
  return (
    <section className="desk-section" aria-labelledby="followers">
      <h2 id="followers" className="h4">
        {t('operations.followers')}
      </h2>
      <p className="text-secondary">{t('operations.followersText')}</p>
      <Loaded query={followers} lines={4}>
        {(items) => (
          <Table
            caption={t('operations.followers')}
            rows={items}
            rowKey={(one) => one.name}
            columns={[
              {
                id: 'name',
                head: t('operations.name'),
                className: 'desk-col-main',
                cell: (one) => <code>{one.name}</code>,
              },
              {
                id: 'state',
                head: t('common.state'),
                cell: (one) =>
                  one.error !== null ? (
                    <strong className="desk-alarm">
                      <Icon name="error" size="xs" /> {one.error}
                    </strong>
                  ) : one.state === 'stopped' || one.state === 'rebuilding' ? (
                    <span className={one.state === 'stopped' ? 'desk-alarm' : ''}>
                      <Icon name={one.state === 'stopped' ? 'error' : 'refresh'} size="xs" />{' '}
                      {t(`operations.follower.${one.state}`)}
                    </span>
                  ) : one.lagMs > slowMs ? (
                    <span className="desk-alarm">
                      <Icon name="warning-circle" size="xs" /> {t('operations.late')}
                    </span>
                  ) : (
                    <>
                      <Icon name="check-circle" size="xs" /> {t('operations.upToDate')}
                    </>
                  ),
              },
              {
                id: 'behind',
                head: t('operations.behind'),
                className: 'desk-col-number',
                cell: (one) => one.behind,
              },
              {
                id: 'lag',
                head: t('operations.lag'),
                className: 'desk-col-number',
                cell: (one) => formatSpan(one.lagMs, i18n.language),
              },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

function Failed() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const jobs = useFailedJobs();
  const retry = useCommand((id: string, header) =>
    api.POST('/api/v1/operations/jobs/{id}/retry', {
      params: { path: { id }, header: { ...header } },
    }),
  );
  return (
    <section className="desk-section" aria-labelledby="failed">
      <h2 id="failed" className="h4">
        {t('operations.failed')}
      </h2>
      {retry.error && <Problem error={retry.error} focus />}
      <Loaded query={jobs} lines={3}>
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
                      <span className="fw-semibold">{one.name}</span>
                      <span className="desk-sub">
                        {one.queue} · <code>{one.id}</code>
                      </span>
                    </>
                  ),
                },
                {
                  id: 'why',
                  head: t('operations.why'),
                  cell: (one) => <span className="desk-typed">{one.reason}</span>,
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
                    may('RetryJob') && (
                      <button
                        type="button"
                        className="btn btn-sm btn-outline-primary"
                        disabled={retry.isPending}
                        onClick={() => retry.mutate(one.id)}
                      >
                        {t('common.retry')}
                        <span className="visually-hidden"> {one.name}</span>
                      </button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}

const leaps = [
  ['PT1H', 'hour'],
  ['P1D', 'day'],
  ['P7D', 'week'],
  ['P30D', 'month'],
] as const;

/** Moving the clock of a demo system: forward only, for everybody, and for good. */
function DemoClock() {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const [to, setTo] = useState('');
  const move = useCommand((target: { advance?: string; to?: string }, header) =>
    body(api.POST('/api/v1/operations/clock', { params: { header: { ...header } }, body: target })),
  );
  return (
    <section className="desk-panel desk-clock" aria-labelledby="clock">
      <h2 id="clock" className="h4">
        {t('clock.title')}
      </h2>
      <p className="desk-clock-now">
        <Icon name="clock" />{' '}
        <time dateTime={now.toISOString()}>{formatInstant(now.toISOString(), i18n.language)}</time>
      </p>
      <Note kind="warning" title={t('clock.warning')}>
        {t('clock.warningText')}
      </Note>
      {move.error && <Problem error={move.error} focus />}
      <div className="desk-actions" role="group" aria-label={t('clock.forward')}>
        {leaps.map(([advance, name]) => (
          <button
            key={advance}
            type="button"
            className="btn btn-outline-primary"
            disabled={move.isPending}
            onClick={() => move.mutate({ advance })}
          >
            {t(`clock.leap.${name}`)}
          </button>
        ))}
      </div>
      <form
        className="desk-attach desk-clock-to"
        onSubmit={(event) => {
          event.preventDefault();
          if (to !== '') move.mutate({ to: withOffset(`${to}T08:00`) });
        }}
      >
        <div className="desk-field">
          <label htmlFor="clock-to">{t('clock.to')}</label>
          <input
            id="clock-to"
            type="date"
            className="form-control desk-narrow"
            min={dayInRome(now)}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
        <button type="submit" className="btn btn-outline-primary" disabled={move.isPending || to === ''}>
          {t('clock.go')}
        </button>
      </form>
      <p aria-live="polite" className="mb-0">
        {move.data && t('clock.moved', { when: formatInstant(move.data.now, i18n.language) })}
      </p>
    </section>
  );
}
