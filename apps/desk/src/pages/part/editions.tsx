import { useTranslation } from 'react-i18next';
import { useOwnEditions } from '../../api/training.ts';
import type { OwnEdition } from '../../api/training.ts';
import { formatInstant } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { Table } from '../../ui/table.tsx';
import { useTrainingWords } from '../training/words.ts';

/** The editions that somebody teaches, or was convened to with what came of it. */
export function Editions({ as }: { readonly as: 'trainer' | 'participant' }) {
  const { t, i18n } = useTranslation();
  const { subject, mode, hours } = useTrainingWords();
  const editions = useOwnEditions();
  const title = t(`part.${as}.editions`);
  return (
    <section className="desk-section" aria-labelledby="editions">
      <h2 id="editions" className="h4">
        {title}
      </h2>
      <Loaded query={editions} lines={4}>
        {(all) => {
          const items = all.filter(({ isTrainer }) => isTrainer === (as === 'trainer'));
          return items.length === 0 ? (
            <Empty icon="calendar" title={t(`part.${as}.none`)} />
          ) : (
            <Table
              caption={title}
              rows={items}
              rowKey={({ caseId }) => caseId}
              columns={[
                {
                  id: 'course',
                  head: t('training.course'),
                  className: 'desk-col-main',
                  cell: (one) => (
                    <>
                      <strong>{one.title}</strong>
                      <span className="desk-sub">
                        {one.courseRef} · {subject(one.subject)}
                      </span>
                    </>
                  ),
                },
                { id: 'mode', head: t('training.mode'), cell: (one) => mode(one.mode) },
                {
                  id: 'hours',
                  head: t('training.hours'),
                  className: 'desk-col-number',
                  cell: (one) => hours(one.hours),
                },
                {
                  id: 'sessions',
                  head: t('part.sessions'),
                  cell: (one) => (
                    <ul className="desk-plain-list">
                      {one.sessions.map(({ sessionRef, startsAt }) => (
                        <li key={sessionRef}>{formatInstant(startsAt, i18n.language)}</li>
                      ))}
                    </ul>
                  ),
                },
                { id: 'state', head: t('common.state'), cell: (one) => <State edition={one} /> },
              ]}
            />
          );
        }}
      </Loaded>
    </section>
  );
}

function State({
  edition: { state, isTrainer, participants, outcome, certificateNo },
}: {
  readonly edition: OwnEdition;
}) {
  const { t } = useTranslation();
  return (
    <>
      {outcome === null
        ? t(`part.editionState.${state as 'closed'}`)
        : t(`part.outcome.${outcome as 'ABSENT'}`)}
      {certificateNo !== null && (
        <span className="desk-sub">{t('part.certificate', { number: certificateNo })}</span>
      )}
      {isTrainer && participants !== null && (
        <span className="desk-sub">{t('part.convened', { count: participants })}</span>
      )}
    </>
  );
}
