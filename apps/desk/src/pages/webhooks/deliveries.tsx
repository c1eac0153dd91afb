import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDeliverAgain, useDeliveries } from '../../api/webhooks.ts';
import type { Delivery, DeliveryFilter, Webhook } from '../../api/webhooks.ts';
import { useMay } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded, Note, Problem } from '../../ui/feedback.tsx';
import { shortId } from '../../ui/short-id.ts';
import { More, Table } from '../../ui/table.tsx';
import { DeliveryStanding } from './standing.tsx';
import { nextTryOf, whyOf } from './why.ts';

const states = ['waiting', 'held', 'taken', 'parked', 'dropped'] as const;

/** What a receiver was sent and what came of it; one or all that failed are sent again. */
export function Deliveries({
  webhook: { id, state, restsUntil, retrying, parked },
}: {
  readonly webhook: Webhook;
}) {
  const { t, i18n } = useTranslation();
  const [filter, setFilter] = useState<DeliveryFilter>({});
  const deliveries = useDeliveries(id, filter);
  const again = useDeliverAgain(id);
  /** In a pause nothing leaves but a test. */
  const canSend = (kind: Delivery['kind'] | 'all'): boolean =>
    state === 'active' || (state === 'paused' && kind === 'test');
  return (
    <section className="desk-section" aria-labelledby="deliveries">
      <h2 id="deliveries" className="h4">
        {t('webhooks.deliveries')}
      </h2>
      <p>{t('webhooks.deliveriesText')}</p>
      {again.error && <Problem error={again.error} focus />}
      {again.data &&
        ('count' in again.data ? (
          <Note kind="success" title={t('operations.retried', { count: again.data.count })} focus />
        ) : (
          <Note kind="success" title={t('webhooks.sentAgain')} focus />
        ))}
      <div className="desk-filters">
        <Choice
          id="delivery-state"
          label={t('webhooks.outcome')}
          value={filter.state ?? ''}
          onChange={(value) => {
            const chosen = oneOf(states, value);
            setFilter(chosen ? { state: chosen } : {});
          }}
        >
          {states.map((one) => (
            <option key={one} value={one}>
              {t(`webhooks.deliveryState.${one}`)}
            </option>
          ))}
        </Choice>
      </div>
      {canSend('all') && retrying + parked > 0 && (
        <p>
          <button
            type="button"
            className="btn btn-outline-primary"
            disabled={again.isPending}
            onClick={() => again.mutate(null)}
          >
            {t('webhooks.allAgain')}
          </button>
        </p>
      )}
      <Loaded query={{ ...deliveries, data: deliveries.items }} lines={4}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="exchange-circle" title={t('webhooks.noDeliveries')} />
          ) : (
            <Table
              caption={t('webhooks.deliveries')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'what',
                  head: t('webhooks.what'),
                  className: 'desk-col-main',
                  cell: (one) => <What delivery={one} />,
                },
                {
                  id: 'happened',
                  head: t('webhooks.happened'),
                  cell: (one) => formatInstant(one.toldAt, i18n.language),
                },
                { id: 'outcome', head: t('webhooks.outcome'), cell: (one) => <Outcome delivery={one} /> },
                {
                  id: 'tried',
                  head: t('webhooks.lastTry'),
                  cell: (one) => <LastTry delivery={one} restsUntil={restsUntil} />,
                },
                {
                  id: 'act',
                  head: t('common.actions'),
                  quiet: true,
                  className: 'desk-col-act',
                  cell: (one) =>
                    canSend(one.kind) &&
                    (one.resendable ? (
                      <button
                        type="button"
                        className="btn btn-sm btn-outline-primary"
                        disabled={again.isPending}
                        onClick={() => again.mutate(one.id)}
                      >
                        {t('webhooks.again')}
                        <span className="visually-hidden"> {one.id}</span>
                      </button>
                    ) : (
                      <span className="desk-sub">{t('webhooks.tooOld')}</span>
                    )),
                },
              ]}
            />
          )
        }
      </Loaded>
      <More list={deliveries} />
    </section>
  );
}

function What({ delivery: { id, kind, caseId } }: { readonly delivery: Delivery }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <>
      <span className="fw-semibold">{t(`webhooks.kind.${kind}`)}</span>
      <span className="desk-sub">
        <code>{id}</code>
      </span>
      {caseId !== null && (
        <span className="desk-sub">
          <Link to={may('ReadOperations') ? `/operations/find?text=${caseId}` : `/cases/${caseId}`}>
            {t('common.case')} <code>{shortId(caseId)}</code>
          </Link>
        </span>
      )}
    </>
  );
}

function Outcome({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation();
  const { code } = delivery;
  return (
    <>
      <DeliveryStanding {...delivery} />
      {code !== null && (
        <span className="desk-sub desk-typed">
          {t(`webhooks.why.${whyOf(code)}`)} <code>{code}</code>
        </span>
      )}
    </>
  );
}

function LastTry({
  delivery: { triedAt, nextAt, tries, status, durationMs },
  restsUntil,
}: {
  readonly delivery: Delivery;
  readonly restsUntil: string | null;
}) {
  const { t, i18n } = useTranslation();
  if (triedAt === null) return t('webhooks.notYet');
  const next = nextTryOf(nextAt, restsUntil);
  const told = [
    t('operations.attempts', { count: tries }),
    ...(status === null ? [] : [`HTTP ${status}`]),
    ...(durationMs === null ? [] : [t('webhooks.took', { ms: durationMs })]),
  ];
  return (
    <>
      {formatInstant(triedAt, i18n.language)}
      <span className="desk-sub">{told.join(' · ')}</span>
      {next !== null && (
        <span className="desk-sub">
          {t('webhooks.nextTry', { when: formatInstant(next, i18n.language) })}
        </span>
      )}
    </>
  );
}
