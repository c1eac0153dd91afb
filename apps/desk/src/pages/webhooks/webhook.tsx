import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useTestWebhook, useWebhook, useWebhookAct, useWebhookHistory } from '../../api/webhooks.ts';
import type { Webhook, WebhookAct } from '../../api/webhooks.ts';
import { formatInstant } from '../../time/format.ts';
import { Empty, Loaded, Note, Problem } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { ReasonDialog } from '../../ui/reason.tsx';
import { Author } from '../../ui/role.tsx';
import { Deliveries } from './deliveries.tsx';
import { Secret } from './secret.tsx';
import { WebhookStanding } from './standing.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

/** One webhook: what it is told and where, how it is doing, and every message of the last days. */
export default function WebhookPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const found = useWebhook(id);
  const before = (
    <p className="desk-trail">
      <Link to="/operations/webhooks">{t('webhooks.back')}</Link>
    </p>
  );
  if (found.data === undefined) {
    const isMissing = found.error && [403, 404].includes(problemOf(found.error).status);
    return (
      <Page title={t('webhooks.title')} before={before}>
        {isMissing ? (
          <Empty icon="search" title={t('webhooks.missing')} />
        ) : (
          <Loaded query={found} lines={8}>
            {() => null}
          </Loaded>
        )}
      </Page>
    );
  }
  return <Shown webhook={found.data} before={before} />;
}

/** Asked why before it is done, with what follows from it. */
const weighty = {
  pause: 'pauseText',
  resume: 'resumeText',
  'rotate-secret': 'rotateText',
  end: 'endText',
} as const;
const labels = { pause: 'pause', resume: 'resume', 'rotate-secret': 'rotate', end: 'end' } as const;

function Shown({ webhook, before }: { readonly webhook: Webhook; readonly before: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { id, name, state, failing, agreed, endedWhy, restsUntil } = webhook;
  const act = useWebhookAct(id);
  const test = useTestWebhook(id);
  const [asked, setAsked] = useState<WebhookAct | 'change' | null>(null);
  return (
    <Page
      title={name}
      before={before}
      actions={
        state !== 'ended' && (
          <>
            <button
              type="button"
              className="btn btn-primary"
              disabled={test.isPending}
              onClick={() => test.mutate(null)}
            >
              {t('webhooks.test')}
            </button>
            <button type="button" className="btn btn-outline-primary" onClick={() => setAsked('change')}>
              {t('webhooks.change')}
            </button>
            {([state === 'paused' ? 'resume' : 'pause', 'rotate-secret', 'end'] as const).map((one) => (
              <button
                key={one}
                type="button"
                className={`btn btn-outline-${one === 'end' ? 'danger' : 'primary'}`}
                onClick={() => setAsked(one)}
              >
                {t(`webhooks.${labels[one]}`)}
              </button>
            ))}
          </>
        )
      }
    >
      {typeof act.data === 'string' && <Secret name={name} secret={act.data} />}
      {test.isSuccess && <Note key={test.submittedAt} kind="success" title={t('webhooks.tested')} focus />}
      {test.error && <Problem error={test.error} focus />}
      {failing && state === 'active' && (
        <Note kind="warning" title={t('webhooks.failing')}>
          {t('webhooks.failingText')}
        </Note>
      )}
      {state === 'ended' && (
        <Note kind="info" title={t('webhooks.state.ended')}>
          {t(endedWhy === 'gone' ? 'webhooks.goneText' : 'webhooks.askedText')}
        </Note>
      )}
      {state !== 'ended' && restsUntil !== null && (
        <Note kind="info" title={t('webhooks.resting')}>
          {t('webhooks.restingText', { when: formatInstant(restsUntil, i18n.language) })}
        </Note>
      )}
      {state === 'active' && !agreed && (
        <Note kind="info" title={t('webhooks.state.asking')}>
          {t('webhooks.asksText')}
        </Note>
      )}
      <Facts webhook={webhook} />
      <Deliveries webhook={webhook} />
      <History id={id} />
      {asked === 'change' && <WebhookDialog webhook={webhook} onClose={() => setAsked(null)} />}
      {asked !== null && asked !== 'change' && (
        <ReasonDialog
          key={asked}
          title={`${t(`webhooks.${labels[asked]}`)}: ${name}`}
          text={t(`webhooks.${weighty[asked]}`)}
          label={t('common.reason')}
          submit={t(`webhooks.${labels[asked]}`)}
          danger={asked === 'end'}
          about={id}
          busy={act.isPending}
          error={act.variables?.act === asked ? act.error : null}
          onClose={() => setAsked(null)}
          onSubmit={(reason) => act.mutate({ act: asked, reason }, { onSuccess: () => setAsked(null) })}
        />
      )}
    </Page>
  );
}

function Facts({ webhook }: { readonly webhook: Webhook }) {
  const { t, i18n } = useTranslation();
  const { url, bodyName, kinds, since, endedAt, formerSecretUntil, lastTakenAt } = webhook;
  const facts: readonly (readonly [string, string])[] = [
    [t('webhooks.body'), bodyName ?? t('webhooks.ofAll')],
    [t('webhooks.confidential'), t(webhook.confidential ? 'webhooks.told' : 'webhooks.leftOut')],
    [t('webhooks.since'), formatInstant(since, i18n.language)],
    ...(endedAt === null ? [] : [[t('webhooks.ended'), formatInstant(endedAt, i18n.language)] as const]),
    [
      t('webhooks.lastTaken'),
      lastTakenAt === null ? t('webhooks.never') : formatInstant(lastTakenAt, i18n.language),
    ],
    [
      t('webhooks.waiting'),
      webhook.retrying === 0
        ? String(webhook.waiting)
        : t('webhooks.waitingRetried', { waiting: webhook.waiting, count: webhook.retrying }),
    ],
    ...(webhook.held === 0 ? [] : [[t('webhooks.held'), String(webhook.held)] as const]),
    [t('webhooks.parked'), String(webhook.parked)],
    [
      t('webhooks.secret'),
      formerSecretUntil === null
        ? t('webhooks.oneSecret')
        : t('webhooks.twoSecrets', { when: formatInstant(formerSecretUntil, i18n.language) }),
    ],
  ];
  return (
    <dl className="desk-summary">
      <div>
        <dt>{t('common.state')}</dt>
        <dd>
          <WebhookStanding {...webhook} />
        </dd>
      </div>
      <div>
        <dt>{t('webhooks.url')}</dt>
        <dd className="desk-typed">{url}</dd>
      </div>
      <div>
        <dt>{t('webhooks.kinds')}</dt>
        <dd>
          <ul className="desk-plain-list">
            {kinds.map((kind) => (
              <li key={kind}>{t(`webhooks.kind.${kind}`)}</li>
            ))}
          </ul>
        </dd>
      </div>
      {facts.map(([term, told]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{told}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What was done to it, by whom and why. */
function History({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation();
  const history = useWebhookHistory(id);
  return (
    <section className="desk-section" aria-labelledby="history">
      <h2 id="history" className="h4">
        {t('webhooks.history')}
      </h2>
      <Loaded query={history} lines={2}>
        {(changes) => (
          <ol className="desk-history">
            {changes.map(({ type, at, by, role, reason, kinds, confidential }) => (
              <li key={at + type}>
                <p className="mb-0">
                  <strong>{t(`events.${type}`)}</strong> · {formatInstant(at, i18n.language)} ·{' '}
                  <Author by={by} role={role} />
                </p>
                {kinds !== null && (
                  <p className="mb-0">
                    {t('webhooks.kinds')}: {kinds.map((kind) => t(`webhooks.kind.${kind}`)).join(' · ')}
                  </p>
                )}
                {confidential !== null && (
                  <p className="mb-0">
                    {t('webhooks.confidential')}: {t(confidential ? 'webhooks.told' : 'webhooks.leftOut')}
                  </p>
                )}
                {reason !== null && (
                  <p className="mb-0 desk-typed">
                    {t('common.reason')}: {reason}
                  </p>
                )}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}
