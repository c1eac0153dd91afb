import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDoublePresences } from '../../api/training.ts';
import type { DoublePresence } from '../../api/training.ts';
import { formatFromTo } from '../../time/format.ts';
import { Table } from '../../ui/table.tsx';
import { useTrainingWords } from './words.ts';

/** Who stands in two registers at the same time; nothing where nobody does. */
export function DoublePresences({ comune, year }: { readonly comune: string | null; readonly year: number }) {
  const { t } = useTranslation();
  const { data: found = [] } = useDoublePresences(comune, year);
  if (found.length === 0) return null;
  return (
    <section className="mt-4" aria-labelledby="double">
      <h2 id="double" className="h5">
        {t('training.double')}
      </h2>
      <p>{t('training.doubleText')}</p>
      <Table
        caption={t('training.double')}
        rows={found}
        rowKey={({ employeeRef, first, second }) =>
          [employeeRef, first.caseId, first.sessionRef, second.caseId, second.sessionRef].join(' ')
        }
        columns={[
          { id: 'person', head: t('training.person'), cell: ({ employeeRef }) => employeeRef },
          { id: 'first', head: t('training.session'), cell: ({ first }) => <Session {...first} /> },
          { id: 'second', head: t('training.otherSession'), cell: ({ second }) => <Session {...second} /> },
        ]}
      />
    </section>
  );
}

function Session({ caseId, title, sessionRef, startsAt, endsAt }: DoublePresence['first']) {
  const { language } = useTrainingWords();
  return (
    <>
      <Link to={`/cases/${caseId}`}>{title}</Link>
      <span className="desk-sub">
        {sessionRef}, {formatFromTo(startsAt, endsAt, language)}
      </span>
    </>
  );
}
