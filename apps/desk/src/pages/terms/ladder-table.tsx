import { useTranslation } from 'react-i18next';
import type { Term } from '../../api/model.ts';
import { RoleName } from '../../ui/role.tsx';
import { Table } from '../../ui/table.tsx';
import { useTermWords } from './words.ts';

interface LadderTableProps {
  readonly ladder: Term['ladder'];
  /** Label of the term, to tell tables apart. */
  readonly term: string;
}

/** Who is told what, when and how, as a table. */
export function LadderTable({ ladder, term }: LadderTableProps) {
  const { t } = useTranslation();
  const { language, rung } = useTermWords();
  if (ladder === null || ladder.steps.length === 0) return <p>{t('terms.ladderNone')}</p>;
  const title = ladder.isDefault
    ? t('terms.ladderDefault')
    : t('terms.ladder', { name: ladder.label[language] });
  return (
    <>
      <h4 className="h6">{title}</h4>
      <Table
        caption={`${title} (${term})`}
        rows={ladder.steps}
        rowKey={({ id }) => id}
        columns={[
          { id: 'when', head: t('terms.when'), cell: rung },
          {
            id: 'who',
            head: t('terms.who'),
            cell: ({ to }) =>
              to.map((role, at) => (
                <span key={role}>
                  {at > 0 && ', '}
                  <RoleName role={role} />
                </span>
              )),
          },
          {
            id: 'does',
            head: t('terms.does'),
            cell: ({ does, repeatHours }) => (
              <>
                {t(`rungDoes.${does as 'notice'}`)}
                {repeatHours !== null && (
                  <span className="desk-sub">{t('terms.repeated', { count: repeatHours })}</span>
                )}
              </>
            ),
          },
          {
            id: 'how',
            head: t('terms.how'),
            cell: ({ by }) => by.map((how) => t(`terms.by.${how as 'desk'}`)).join(', '),
          },
          { id: 'message', head: t('terms.message'), cell: ({ label }) => label[language] },
        ]}
      />
    </>
  );
}
