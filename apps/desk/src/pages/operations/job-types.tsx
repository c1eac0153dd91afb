import { useTranslation } from 'react-i18next';
import { useJobTypes } from '../../api/operations.ts';
import { formatInstant } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Table } from '../../ui/table.tsx';

/** Service tasks by type, and whether anybody does them: jobs for which no worker asks stay where they are. */
export function JobTypes() {
  const { t, i18n } = useTranslation();
  const types = useJobTypes();
  return (
    <section className="desk-section" aria-labelledby="job-types">
      <h2 id="job-types" className="h4">
        {t('operations.jobTypes.title')}
      </h2>
      <p className="text-secondary">{t('operations.jobTypes.text')}</p>
      <Loaded query={types} lines={3}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('operations.jobTypes.none')} />
          ) : (
            <Table
              caption={t('operations.jobTypes.title')}
              rows={items}
              rowKey={(one) => one.type}
              columns={[
                {
                  id: 'type',
                  head: t('operations.jobTypes.type'),
                  className: 'desk-col-main',
                  cell: (one) => <code>{one.type}</code>,
                },
                {
                  id: 'open',
                  head: t('operations.jobTypes.open'),
                  className: 'desk-col-number',
                  cell: (one) => one.open,
                },
                {
                  id: 'stuck',
                  head: t('operations.jobTypes.stuck'),
                  className: 'desk-col-number',
                  cell: (one) => one.stuck,
                },
                {
                  id: 'oldest',
                  head: t('operations.jobTypes.oldest'),
                  cell: (one) => (one.oldestAt === null ? '–' : formatInstant(one.oldestAt, i18n.language)),
                },
                {
                  id: 'workers',
                  head: t('operations.jobTypes.workers'),
                  cell: (one) =>
                    one.own ? (
                      t('operations.jobTypes.own')
                    ) : one.workers.length > 0 ? (
                      one.workers.map(({ name }) => name).join(', ')
                    ) : (
                      <strong className="desk-alarm">
                        <Icon name="error" size="xs" /> {t('operations.jobTypes.nobody')}
                      </strong>
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
