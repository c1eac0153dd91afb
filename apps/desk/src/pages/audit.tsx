import { useTranslation } from 'react-i18next';
import { useAuditEvents } from '../api/queries.ts';
import { formatInstant } from '../time/format.ts';
import { Empty, Loaded } from '../ui/feedback.tsx';
import { Page } from '../ui/page.tsx';
import { RoleName } from '../ui/role.tsx';
import { More, Table } from '../ui/table.tsx';

/** All facts of the log, newest first, with pseudonyms in the place of names. Reading them is itself recorded. */
export default function Audit() {
  const { t, i18n } = useTranslation();
  const events = useAuditEvents();
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
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
                        {one.stream} · {one.revision}
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
    </Page>
  );
}
