import { useTranslation } from 'react-i18next';
import { useQueues, useWork } from '../../api/operations.ts';
import type { Work as Kind } from '../../api/operations.ts';
import { formatSpan, locale } from '../../time/format.ts';
import { Loaded } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Table } from '../../ui/table.tsx';

/** From this lateness on, what should have happened by itself has not. */
const lateMs = 60_000;

/** What is to be done, by kind: how much, how late, how fast. */
export function Work() {
  const { t, i18n } = useTranslation();
  const work = useWork();
  const number = (value: number) =>
    new Intl.NumberFormat(locale(i18n.language), { maximumFractionDigits: 1 }).format(value);
  const count = (id: 'due' | 'later' | 'doneInHour') => ({
    ...{ id, head: t(`operations.work.${id}`), className: 'desk-col-number' },
    cell: (one: Kind) => number(one[id]),
  });
  return (
    <section className="desk-section" aria-labelledby="work">
      <h2 id="work" className="h4">
        {t('operations.work.title')}
      </h2>
      <p className="text-secondary">{t('operations.work.text')}</p>
      <Loaded query={work} lines={6}>
        {(items) => (
          <Table
            caption={t('operations.work.title')}
            rows={items}
            rowKey={(one) => one.kind}
            columns={[
              {
                id: 'kind',
                head: t('operations.work.kind'),
                className: 'desk-col-main',
                cell: (one) => t(`operations.kind.${one.kind as 'bell'}`),
              },
              count('due'),
              {
                id: 'late',
                head: t('operations.work.late'),
                className: 'desk-col-number',
                cell: (one) =>
                  one.oldestDueAt === null ? (
                    '–'
                  ) : one.latenessMs >= lateMs ? (
                    <strong className="desk-alarm">
                      <Icon name="warning-circle" size="xs" /> {formatSpan(one.latenessMs, i18n.language)}
                    </strong>
                  ) : (
                    formatSpan(one.latenessMs, i18n.language)
                  ),
              },
              count('later'),
              {
                id: 'failing',
                head: t('operations.work.failing'),
                className: 'desk-col-number',
                cell: (one) =>
                  one.failing === 0 ? (
                    0
                  ) : (
                    <strong className="desk-alarm">
                      <Icon name="error" size="xs" /> {number(one.failing)}
                    </strong>
                  ),
              },
              {
                id: 'rate',
                head: t('operations.work.perMinute'),
                className: 'desk-col-number',
                cell: (one) => number(one.perMinute),
              },
              count('doneInHour'),
            ]}
          />
        )}
      </Loaded>
      <Queues />
    </section>
  );
}

/** The wake-ups that lie in the queue: none of them is needed, all of them are remade. */
function Queues() {
  const { t } = useTranslation();
  const queues = useQueues();
  return (
    <details className="desk-more">
      <summary>{t('operations.queues')}</summary>
      <p className="text-secondary">{t('operations.queuesText')}</p>
      <Loaded query={queues} lines={2}>
        {(items) => (
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
                cell: (one: (typeof items)[number]) => one[id],
              })),
            ]}
          />
        )}
      </Loaded>
    </details>
  );
}
