import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useWebhooks } from '../../api/webhooks.ts';
import { useMay } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Choice, oneOf } from '../../ui/choice.tsx';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Page } from '../../ui/page.tsx';
import { More, Table } from '../../ui/table.tsx';
import { SystemTabs } from '../../ui/tabs.tsx';
import { Secret } from './secret.tsx';
import { WebhookStanding } from './standing.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

const states = ['open', 'ended'] as const;

/** Programs outside that are told what happens, and how telling them goes. */
export default function Webhooks() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const [shown, setShown] = useState<(typeof states)[number]>('open');
  const webhooks = useWebhooks(shown);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string } | null>(null);
  return (
    <Page
      title={t('webhooks.title')}
      lead={t('webhooks.lead')}
      actions={
        <button type="button" className="btn btn-primary" onClick={() => setAdding(true)}>
          {t('webhooks.add')}
        </button>
      }
    >
      {may('ReadOperations') && <SystemTabs />}
      {made && <Secret name={made.name} secret={made.secret} />}
      <div className="desk-filters">
        <Choice
          id="webhooks-shown"
          label={t('webhooks.show')}
          value={shown}
          always
          onChange={(value) => setShown(oneOf(states, value) ?? 'open')}
        >
          <option value="open">{t('webhooks.open')}</option>
          <option value="ended">{t('webhooks.endedOnes')}</option>
        </Choice>
      </div>
      <Loaded query={{ ...webhooks, data: webhooks.items }} lines={5}>
        {(items) =>
          items.length === 0 && shown === 'ended' ? (
            <Empty icon="exchange-circle" title={t('webhooks.noneEnded')} />
          ) : items.length === 0 ? (
            <Empty icon="exchange-circle" title={t('webhooks.none')}>
              {t('webhooks.noneText')}
            </Empty>
          ) : (
            <Table
              caption={t('webhooks.title')}
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  id: 'name',
                  head: t('webhooks.name'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <Link to={`/operations/webhooks/${one.id}`} className="fw-semibold">
                        {one.name}
                      </Link>
                      <span className="desk-sub desk-typed">{new URL(one.url).host}</span>
                    </>
                  ),
                },
                {
                  id: 'body',
                  head: t('webhooks.body'),
                  cell: (one) => one.bodyName ?? t('webhooks.ofAll'),
                },
                { id: 'state', head: t('common.state'), cell: (one) => <WebhookStanding {...one} /> },
                {
                  id: 'last',
                  head: t('webhooks.lastTaken'),
                  cell: (one) =>
                    one.lastTakenAt === null
                      ? t('webhooks.never')
                      : formatInstant(one.lastTakenAt, i18n.language),
                },
                { id: 'waiting', head: t('webhooks.waiting'), cell: (one) => one.waiting + one.held },
                { id: 'parked', head: t('webhooks.parked'), cell: (one) => one.parked },
              ]}
            />
          )
        }
      </Loaded>
      <More list={webhooks} />
      {isAdding && <WebhookDialog webhook={null} onClose={() => setAdding(false)} onMade={setMade} />}
    </Page>
  );
}
