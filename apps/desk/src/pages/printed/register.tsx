import { useTranslation } from 'react-i18next';
import { saveFile } from '../../ui/save-file.ts';
import { writeCsv } from '../../form/csv/write.ts';
import { Empty, Note } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import type { Figure } from '../../ui/figures.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Table } from '../../ui/table.tsx';
import type { Column } from '../../ui/table.tsx';

/** A column on paper, and what the file has of it: often more than one column there. */
export interface RegisterColumn<T> extends Column<T> {
  readonly inFile: readonly (readonly [head: string, cell: (row: T) => string])[];
}

interface RegisterProps<T> {
  readonly title: string;
  /** Whose register it is. */
  readonly owner: string;
  /** Of which period, service and body it is, who extracted it and when. */
  readonly about: readonly string[];
  readonly fileName: string;
  readonly rows: readonly T[];
  readonly complete: boolean;
  readonly rowKey: (row: T) => string;
  readonly totals: readonly Figure[];
  readonly columns: readonly RegisterColumn<T>[];
  /** What the register leaves out, and why. */
  readonly note?: string;
  /** Its lines are asked for without a period. */
  readonly atOnce?: boolean;
}

/** A register as a sheet: what it is about, its totals, then its numbered lines; on paper, and as a file. */
export function Register<T>(props: RegisterProps<T>) {
  const {
    title,
    owner,
    about,
    fileName,
    rows,
    complete,
    rowKey,
    totals,
    columns,
    note,
    atOnce = false,
  } = props;
  const { t } = useTranslation();
  const numbers = new Map(rows.map((row, i) => [row, i + 1]));
  const save = () => {
    const cells = columns.flatMap(({ inFile }) => inFile);
    saveFile(
      fileName,
      writeCsv([
        [t('printed.number'), ...cells.map(([head]) => head)],
        ...rows.map((row) => [String(numbers.get(row)), ...cells.map(([, cell]) => cell(row))]),
      ]),
    );
  };
  return (
    <section className="desk-register" aria-labelledby="register">
      <p className="desk-register-owner">{owner}</p>
      <div className="desk-panel-head">
        <h2 id="register" className="h4 mb-0">
          {title}
        </h2>
        {rows.length > 0 && (
          <div className="desk-actions">
            <button type="button" className="btn btn-outline-primary" onClick={() => window.print()}>
              <Icon name="print" size="sm" /> {t('printed.print')}
            </button>
            <button type="button" className="btn btn-outline-primary" onClick={save}>
              <Icon name="download" size="sm" /> {t('printed.csv')}
            </button>
          </div>
        )}
      </div>
      <p className="text-secondary">{about.join(' · ')}</p>
      {!complete && (
        <Note
          kind="warning"
          title={t(atOnce ? 'printed.tooManyNow' : 'printed.tooMany', { count: rows.length })}
        />
      )}
      {rows.length === 0 ? (
        <Empty icon="files" title={t(atOnce ? 'printed.noneNow' : 'printed.none')}>
          {t(atOnce ? 'printed.noneNowText' : 'printed.noneText')}
        </Empty>
      ) : (
        <>
          <h3 className="visually-hidden">{t('printed.totals')}</h3>
          <FigureList figures={totals} />
          <Table
            caption={title}
            rows={rows}
            rowKey={rowKey}
            columns={[
              { id: 'number', head: t('printed.number'), cell: (row) => numbers.get(row) },
              ...columns,
            ]}
          />
        </>
      )}
      {/* What a register leaves out explains an empty one best. */}
      {note !== undefined && <p className="desk-sub">{note}</p>}
    </section>
  );
}
