import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useParked } from '../../api/operations.ts';
import { useMay } from '../../session/session.tsx';
import { formatInstant } from '../../time/format.ts';
import { Loaded } from '../../ui/feedback.tsx';
import { Table } from '../../ui/table.tsx';
import { FaultWords } from './fault-words.tsx';
import { useFollowerNames } from './names.tsx';

interface ParkedProps {
  readonly name: string;
  /** Null: not now. */
  readonly resume: ((caseId: string) => void) | null;
}

/** Sequences that a follower has set aside so that the others go on, each with where it stopped and why. */
export function Parked({ name, resume }: ParkedProps) {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const nameOf = useFollowerNames();
  const parked = useParked(name);
  return (
    <>
      <h3 className="h5">{t('operations.parked.title', { name: nameOf(name) })}</h3>
      <p className="text-secondary">{t('operations.parked.text')}</p>
      <Loaded query={parked} lines={2}>
        {(items) => (
          <Table
            caption={t('operations.parked.title', { name: nameOf(name) })}
            rows={items}
            rowKey={(one) => one.caseId}
            columns={[
              {
                id: 'case',
                head: t('common.case'),
                className: 'desk-col-main',
                cell: (one) => (
                  <Link to={`/operations/find?text=${one.caseId}`}>
                    <code>{one.caseId}</code>
                  </Link>
                ),
              },
              {
                id: 'where',
                head: t('operations.parked.where'),
                cell: (one) => (
                  <>
                    <code>{one.eventType}</code> · {one.revision}
                    <span className="desk-sub">{formatInstant(one.parkedAt, i18n.language)}</span>
                  </>
                ),
              },
              {
                id: 'why',
                head: t('operations.why'),
                cell: (one) => <FaultWords text={one.error} />,
              },
              {
                id: 'act',
                head: t('common.actions'),
                quiet: true,
                className: 'desk-col-act',
                cell: (one) =>
                  may('RetryJob') && (
                    <button
                      type="button"
                      className="btn btn-sm btn-outline-primary"
                      disabled={resume === null}
                      onClick={() => resume?.(one.caseId)}
                    >
                      {t('operations.parked.resume')}
                      <span className="visually-hidden"> {one.caseId}</span>
                    </button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
