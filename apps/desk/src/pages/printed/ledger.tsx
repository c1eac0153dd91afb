import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Ledger, LedgerLine } from '../../api/model.ts';
import { formatDay, formatInstant, locale } from '../../time/format.ts';
import { Italian } from '../../ui/mixed.tsx';
import { Register } from './register.tsx';
import type { RegisterColumn } from './register.tsx';
import type { SheetProps } from './printed.tsx';

type Column = Ledger['columns'][number];

/** A register over cases, as its head says that it is: each of its columns by its kind. */
export function LedgerRegister({
  ledger,
  rows,
  ...sheet
}: SheetProps<LedgerLine> & { readonly ledger: Ledger }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const { columns } = ledger;
  const cellOf = (row: LedgerLine, at: number) => row.cells[at] ?? { value: null, words: null };

  const written = (kind: Column['kind'], { value, words }: LedgerLine['cells'][number]): string => {
    if (words !== null) return words[language];
    if (value === null) return '';
    if (kind === 'day') return formatDay(value, language);
    return kind === 'moment' ? formatInstant(value, language) : value;
  };
  const drawn = (kind: Column['kind'], cell: LedgerLine['cells'][number]): ReactNode => {
    const text = written(kind, cell);
    if (text === '') return <Nothing />;
    return kind === 'name' && cell.words === null ? <Italian>{text}</Italian> : text;
  };

  const numbersOf = (at: number): readonly number[] =>
    rows.flatMap((row) => {
      const { value } = cellOf(row, at);
      return value === null ? [] : [Number(value)];
    });
  const whole = new Intl.NumberFormat(locale(language), { maximumFractionDigits: 1 });
  const reckoned = columns.flatMap(({ id, label, reckoned: how }, at) => {
    const numbers = how === null ? [] : numbersOf(at);
    if (numbers.length === 0) return [];
    const sum = numbers.reduce((all, one) => all + one, 0);
    const name = label[language].toLocaleLowerCase(locale(language));
    return how === 'sum'
      ? [{ id, label: name, value: whole.format(sum) }]
      : [{ id, label: t('printed.mean', { of: name }), value: whole.format(sum / numbers.length) }];
  });

  return (
    <Register
      {...sheet}
      rows={rows}
      rowKey={({ id }) => id}
      note={ledger.about[language]}
      totals={[
        { id: 'lines', label: t('printed.lines', { count: rows.length }), value: rows.length },
        ...reckoned,
      ]}
      columns={[
        {
          id: 'case',
          head: t('common.case'),
          cell: ({ caseId, caseCode, comuneName }) => (
            <>
              <Link to={`/cases/${caseId}`}>{caseCode}</Link>
              <span className="desk-sub">{comuneName}</span>
            </>
          ),
          inFile: [
            [t('common.case'), ({ caseCode }) => caseCode],
            [t('common.comune'), ({ comuneName }) => comuneName],
          ],
        },
        ...columns.map(({ id, label, kind }, at): RegisterColumn<LedgerLine> => ({
          id,
          head: label[language],
          cell: (row) => drawn(kind, cellOf(row, at)),
          // Days and numbers as a spreadsheet reads them.
          inFile: [
            [label[language], (row) => cellOf(row, at).words?.[language] ?? cellOf(row, at).value ?? ''],
          ],
        })),
      ]}
    />
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{t('printed.nothing')}</span>
    </>
  );
}
