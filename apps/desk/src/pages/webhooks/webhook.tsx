import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { problemOf } from '../../api/problem.ts';
import { useWebhook, useWebhookAct } from '../../api/webhooks.ts';
import type { Webhook } from '../../api/webhooks.ts';
import { formatInstant } from '../../time/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Empty, Loaded, Note, Problem } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
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

/** Asked once more before it is done, with what follows from it. */
const weighty = { pause: 'pauseText', 'rotate-secret': 'rotateText', end: 'endText' } as const;
const labels = { pause: 'pause', 'rotate-secret': 'rotate', end: 'end' } as const;

function Shown({ webhook, before }: { readonly webhook: Webhook; readonly before: ReactNode }) {
  const { t } = useTranslation();
  const { id, name, state, failing, agreed, endedWhy } = webhook;
  const act = useWebhookAct(id);
  const [asked, setAsked] = useState<keyof typeof weighty | 'change' | null>(null);
  const done = act.data;
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
              disabled={act.isPending}
              onClick={() => act.mutate('test')}
            >
              {t('webhooks.test')}
            </button>
            <button type="button" className="btn btn-outline-primary" onClick={() => setAsked('change')}>
              {t('webhooks.change')}
            </button>
            <button
              type="button"
              className="btn btn-outline-primary"
              disabled={act.isPending}
              onClick={() => (state === 'paused' ? act.mutate('resume') : setAsked('pause'))}
            >
              {t(state === 'paused' ? 'webhooks.resume' : 'webhooks.pause')}
            </button>
            <button
              type="button"
              className="btn btn-outline-primary"
              onClick={() => setAsked('rotate-secret')}
            >
              {t('webhooks.rotate')}
            </button>
            <button type="button" className="btn btn-outline-danger" onClick={() => setAsked('end')}>
              {t('webhooks.end')}
            </button>
          </>
        )
      }
    >
      {done !== undefined && done.secret !== null && <Secret name={name} secret={done.secret} />}
      {done?.act === 'test' && (
        <Note key={act.submittedAt} kind="success" title={t('webhooks.tested')} focus />
      )}
      {act.error && asked === null && <Problem error={act.error} focus />}
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
      {state === 'active' && !agreed && (
        <Note kind="info" title={t('webhooks.state.asking')}>
          {t('webhooks.asksText')}
        </Note>
      )}
      <Facts webhook={webhook} />
      <Deliveries webhook={webhook} />
      {asked === 'change' && <WebhookDialog webhook={webhook} onClose={() => setAsked(null)} />}
      {asked !== null && asked !== 'change' && (
        <Dialog title={`${t(`webhooks.${labels[asked]}`)}: ${name}`} onClose={() => setAsked(null)}>
          <p>{t(`webhooks.${weighty[asked]}`)}</p>
          {act.error && act.variables === asked && <Problem error={act.error} focus />}
          <div className="desk-form-foot">
            <button
              type="button"
              className={`btn ${asked === 'end' ? 'btn-danger' : 'btn-primary'}`}
              disabled={act.isPending}
              onClick={() => act.mutate(asked, { onSuccess: () => setAsked(null) })}
            >
              {act.isPending ? t('form.sending') : t(`webhooks.${labels[asked]}`)}
            </button>
            <button type="button" className="btn btn-outline-secondary" onClick={() => setAsked(null)}>
              {t('common.close')}
            </button>
          </div>
        </Dialog>
      )}
    </Page>
  );
}

function Facts({ webhook }: { readonly webhook: Webhook }) {
  const { t, i18n } = useTranslation();
  const { url, bodyName, kinds, since, endedAt, formerSecretUntil, lastTakenAt } = webhook;
  const facts: readonly (readonly [string, string])[] = [
    [t('webhooks.body'), bodyName ?? t('webhooks.ofAll')],
    [t('webhooks.since'), formatInstant(since, i18n.language)],
    ...(endedAt === null ? [] : [[t('webhooks.ended'), formatInstant(endedAt, i18n.language)] as const]),
    [
      t('webhooks.lastTaken'),
      lastTakenAt === null ? t('webhooks.never') : formatInstant(lastTakenAt, i18n.language),
    ],
    [t('webhooks.waiting'), String(webhook.waiting)],
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
