import { useTranslation } from 'react-i18next';
import { useChecks } from '../../api/operations.ts';
import { useStatus } from '../../api/queries.ts';
import { formatInstant } from '../../time/format.ts';
import { Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { SystemTabs } from '../../ui/tabs.tsx';

const looks = { ok: 'check-circle', warning: 'warning-circle', error: 'error' } as const;

/** Health, versions and settings, each looked at, with what a bad one means. */
export default function Checks() {
  const { t, i18n } = useTranslation();
  const checks = useChecks();
  const status = useStatus();
  return (
    <Page title={t('operations.checks.title')} lead={t('operations.checks.lead')}>
      <SystemTabs />
      {status.data && (
        <p>{t('operations.checks.now', { when: formatInstant(status.data.now, i18n.language) })}</p>
      )}
      <Loaded query={checks} lines={8}>
        {(items) => (
          <Table
            caption={t('operations.checks.title')}
            rows={items}
            rowKey={(one) => `${one.name} ${one.value ?? ''}`}
            columns={[
              {
                id: 'name',
                head: t('operations.checks.what'),
                className: 'desk-col-main',
                cell: (one) => t(`operations.check.${one.name as 'database'}`),
              },
              {
                id: 'state',
                head: t('common.state'),
                cell: (one) => {
                  const state = one.state as keyof typeof looks;
                  return (
                    <span className={state === 'ok' ? '' : 'desk-alarm'}>
                      <Icon name={looks[state]} size="xs" /> {t(`operations.checks.${state}`)}
                    </span>
                  );
                },
              },
              {
                id: 'value',
                head: t('operations.checks.value'),
                cell: (one) => (
                  <>
                    {one.value !== null && <code>{one.value}</code>}
                    {one.value === null && (one.name === 'troubles' ? '–' : t('operations.checks.unset'))}
                    {one.state !== 'ok' && i18n.exists(`operations.checkHelp.${one.name}`) && (
                      <span className="desk-sub">{t(`operations.checkHelp.${one.name as 'demo'}`)}</span>
                    )}
                  </>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      <p className="mt-3">
        <a href="/status">/status</a> · <a href="/health/ready">/health/ready</a> ·{' '}
        <a href="/metrics">/metrics</a> · <a href="/api/docs">/api/docs</a>
      </p>
    </Page>
  );
}
