import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegisteredTerm } from '../../api/model.ts';
import { formatDate } from '../../time/format.ts';
import { Nature } from '../../ui/due.tsx';
import { TermDates } from '../../ui/term-dates.tsx';
import { DeadlineState, useDeadlineState } from '../../ui/state.tsx';
import { Register } from './register.tsx';
import type { SheetProps } from './printed.tsx';
import { Norm } from '../../ui/norm.tsx';

/** Terms due in a period: from what and by what proof they ran, when they were due, and what became of them. */
export function TermRegister({ rows, ...sheet }: SheetProps<RegisteredTerm>) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const date = (day: string | null): string => (day === null ? '' : formatDate(day, i18n.language));
  const stateOf = useDeadlineState();
  const count = (is: (row: RegisteredTerm) => boolean): number => rows.filter(is).length;
  const missed = count(({ state }) => state === 'missed');
  const proofs = ({ proofs: known }: RegisteredTerm): string => known.join(', ');
  return (
    <Register
      {...sheet}
      rows={rows}
      rowKey={({ id }) => id}
      totals={[
        { id: 'total', label: t('printed.total'), value: rows.length },
        { id: 'met', label: t('printed.met'), value: count(({ state }) => state === 'met') },
        { id: 'missed', label: t('printed.missed'), value: missed, isBad: missed > 0 },
        {
          id: 'running',
          label: t('printed.running'),
          value: count(({ state }) => state === 'open' || state === 'suspended'),
        },
        {
          id: 'over',
          label: t('printed.over'),
          value: count(({ state }) => state === 'replaced' || state === 'closed'),
        },
        { id: 'unproven', label: t('printed.unproven'), value: count((row) => row.proofs.length === 0) },
      ]}
      columns={[
        {
          id: 'term',
          head: t('printed.term'),
          className: 'desk-col-main',
          cell: (row) => (
            <>
              {row.label[language]}
              <Norm norm={row.norm} />
              <Nature nature={row.nature} />
            </>
          ),
          inFile: [
            [t('printed.term'), (row) => row.label[language]],
            [t('printed.norm'), (row) => row.norm],
            [t('printed.nature'), (row) => t(`nature.${row.nature as 'EFFECT'}`)],
          ],
        },
        {
          id: 'case',
          head: t('common.case'),
          cell: (row) => (
            <>
              <Link to={`/cases/${row.caseId}?section=deadlines`}>{row.caseCode}</Link>
              <span className="desk-sub">{row.comuneName}</span>
            </>
          ),
          inFile: [
            [t('common.case'), (row) => row.caseCode],
            [t('common.comune'), (row) => row.comuneName],
          ],
        },
        {
          id: 'base',
          head: t('printed.base'),
          cell: (row) => (
            <>
              {date(row.base)}
              <span className="desk-sub">
                {t('printed.proof')}: {proofs(row) || t('printed.noProof')}
              </span>
            </>
          ),
          inFile: [
            [t('printed.base'), (row) => row.base],
            [t('printed.proof'), proofs],
          ],
        },
        {
          id: 'due',
          head: t('printed.due'),
          cell: (row) => <TermDates term={row} />,
          inFile: [
            [t('printed.due'), (row) => row.legalDueDate],
            [t('deadlines.safe'), (row) => row.safeActionDate],
          ],
        },
        {
          id: 'outcome',
          head: t('printed.outcome'),
          cell: (row) => (
            <>
              <DeadlineState state={row.state} of={row} />
              {row.decidedOn !== null && (
                <span className="desk-sub">{t('printed.decidedOn', { date: date(row.decidedOn) })}</span>
              )}
              {row.keptLate && <span className="desk-sub">{t('printed.keptLate')}</span>}
            </>
          ),
          inFile: [
            [t('printed.outcome'), (row) => stateOf(row.state, row)],
            [t('printed.fulfilled'), (row) => row.decidedOn ?? ''],
          ],
        },
      ]}
    />
  );
}
