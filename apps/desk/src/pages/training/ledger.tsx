import { useTranslation } from 'react-i18next';
import { useLedger } from '../../api/training.ts';
import type { HoursLedger } from '../../api/training.ts';
import { useSession } from '../../session/session.tsx';
import { formatDate } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import { Table } from '../../ui/table.tsx';
import { useTrainingWords } from './words.ts';
import { useYear, YearChoice } from './year.tsx';

/** One's own hours of a year, and where each comes from. */
export function Ledger() {
  const { t } = useTranslation();
  const { account } = useSession();
  const year = useYear();
  const ledger = useLedger(account, year.year);
  return (
    <>
      <div className="desk-filters" role="group" aria-label={t('common.filters')}>
        <YearChoice {...year} />
      </div>
      <Loaded query={ledger} lines={6}>
        {(data) =>
          data.paths.length === 0 ? (
            <Empty icon="calendar" title={t('training.ledgerNone')}>
              {t('training.ledgerNoneText')}
            </Empty>
          ) : (
            <Shown ledger={data} />
          )
        }
      </Loaded>
    </>
  );
}

function Shown({ ledger: { paths, entries } }: { readonly ledger: HoursLedger }) {
  const { t } = useTranslation();
  const { subject, hours, language } = useTrainingWords();
  return (
    <>
      <section className="desk-figures" aria-labelledby="ledger">
        <h2 id="ledger" className="h5">
          {t('training.ledger')}
        </h2>
        {paths.map((path) => (
          <div key={path.caseId}>
            <h3 className="h6 mb-0">
              {path.comuneName}, {t(`training.states.${path.state}`)}
            </h3>
            <FigureList
              figures={[
                { id: 'credited', label: t('training.credited'), value: hours(path.creditedHours) },
                { id: 'expected', label: t('training.expected'), value: hours(path.expectedHours) },
                { id: 'pending', label: t('training.pending'), value: hours(path.pendingHours) },
                { id: 'planned', label: t('training.planned'), value: hours(path.plannedHours) },
              ]}
            />
          </div>
        ))}
      </section>
      <h2 className="h5">{t('training.entries')}</h2>
      {entries.length === 0 ? (
        <p>{t('training.entriesNone')}</p>
      ) : (
        <Table
          caption={t('training.entries')}
          rows={entries}
          rowKey={({ source, ref }) => `${source} ${ref}`}
          columns={[
            { id: 'on', head: t('training.day'), cell: ({ on }) => formatDate(on, language) },
            { id: 'source', head: t('training.source'), cell: (one) => t(`training.sources.${one.source}`) },
            { id: 'ref', head: t('training.ref'), cell: ({ ref }) => ref },
            { id: 'subject', head: t('training.subject'), cell: (one) => subject(one.subject) },
            {
              id: 'hours',
              head: t('training.hours'),
              className: 'desk-col-number',
              cell: (one) => hours(one.hours),
            },
          ]}
        />
      )}
    </>
  );
}
