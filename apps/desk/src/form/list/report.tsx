import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../../ui/feedback.tsx';
import { Table } from '../../ui/table.tsx';
import { writeCsv } from '../csv/write.ts';
import type { LineFault } from '../csv/read-rows.ts';
import { useFaultWords } from '../fields.tsx';
import type { Row } from '../rows.ts';
import type { List } from '../schema.ts';
import type { Reading } from './import.tsx';
import { WhichSheet } from '../csv/which-sheet.tsx';
import { Pager, pageSize } from './pager.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { useFileFault, useWhy } from './words.ts';
import { unmarked } from '../../ui/italian.ts';
import { Mixed } from '../../ui/mixed.tsx';

interface ReportProps {
  readonly list: List;
  readonly reading: Reading;
  /** Rows that the list has already. */
  readonly present: number;
  readonly replace: boolean;
  readonly busy: boolean;
  readonly onReplace: (replace: boolean) => void;
  readonly onTake: (good: readonly Row[]) => void;
  readonly onClose: () => void;
}

/** What a file brings, line by line, and the choice: its good lines, or none. */
export function ImportReport(props: ReportProps) {
  const { list, reading, present, replace, busy, onReplace, onTake, onClose } = props;
  const { name, file, judged } = reading;
  const { t } = useTranslation();
  const words = useFaultWords();
  const fileFault = useFileFault();
  const why = useWhy();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [page, setPage] = useState(0);
  useEffect(() => heading.current?.focus(), [name]);

  const good = judged.lines.filter(({ faults }) => faults.length === 0).map(({ row }) => row);
  const faults = judged.lines.flatMap((line) => line.faults);
  const bad = judged.lines.length - good.length;
  const total = good.length + (replace ? 0 : present);
  const refusal =
    judged.whole !== null
      ? words(judged.whole)
      : total > list.maxRows
        ? t('csv.tooMany', { count: list.maxRows, total })
        : null;
  const save = () =>
    saveFile(
      `${list.key}-errori.csv`,
      writeCsv([
        [t('csv.line'), t('csv.column'), t('csv.value'), t('csv.reason')],
        ...faults.map((fault) => [String(fault.line), fault.column ?? '', fault.value, unmarked(why(fault))]),
      ]),
    );
  const shown = faults.slice(page * pageSize, (page + 1) * pageSize).map((fault, at) => ({ fault, at }));

  return (
    <section className="desk-import" aria-labelledby={id}>
      <h4 id={id} ref={heading} tabIndex={-1} className="h6">
        {t('csv.title', { name })}
      </h4>
      {file.fault !== null ? (
        <Note kind="danger">{fileFault(file.fault)}</Note>
      ) : (
        <p className="mb-1">
          <strong>{t('csv.good', { count: good.length })}</strong>
          {bad > 0 && `, ${t('csv.bad', { count: bad })}`}
          {file.blank > 0 && `, ${t('csv.blank', { count: file.blank })}`}.
        </p>
      )}
      {file.sheet && <WhichSheet {...file.sheet} />}
      {file.unknown.length > 0 && (
        <p className="mb-1">{t('csv.unknown', { columns: file.unknown.join(', ') })}</p>
      )}
      {file.fault === null && file.missing.length > 0 && (
        <p className="mb-1">{t('csv.missing', { columns: file.missing.join(', ') })}</p>
      )}
      {!judged.isSure && <Note kind="warning">{t('csv.unsure')}</Note>}
      {faults.length > 0 && (
        <>
          <Table<{ fault: LineFault; at: number }>
            caption={t('csv.faults')}
            rows={shown}
            rowKey={({ at }) => String(at)}
            columns={[
              { id: 'line', head: t('csv.line'), cell: ({ fault }) => fault.line },
              { id: 'column', head: t('csv.column'), cell: ({ fault }) => fault.column ?? '–' },
              {
                id: 'value',
                head: t('csv.value'),
                cell: ({ fault }) => (fault.value === '' ? t('csv.nothing') : fault.value.slice(0, 200)),
                className: 'desk-import-value',
              },
              { id: 'why', head: t('csv.reason'), cell: ({ fault }) => <Mixed text={why(fault)} /> },
            ]}
          />
          <Pager label={t('csv.faults')} rows={faults.length} page={page} onPage={setPage} />
        </>
      )}
      {file.lines.length > 0 && present > 0 && (
        <fieldset className="desk-which" disabled={busy}>
          <legend>{t('csv.present', { count: present })}</legend>
          {[false, true].map((choice) => (
            <div key={String(choice)} className="form-check">
              <input
                type="radio"
                name={`${id}-replace`}
                id={`${id}-${String(choice)}`}
                checked={replace === choice}
                onChange={() => onReplace(choice)}
              />
              <label htmlFor={`${id}-${String(choice)}`}>{t(choice ? 'csv.replace' : 'csv.append')}</label>
            </div>
          ))}
        </fieldset>
      )}
      {refusal !== null && good.length > 0 && (
        <Note kind="danger">
          <Mixed text={refusal} />
        </Note>
      )}
      <div className="desk-list-foot">
        {good.length > 0 && refusal === null && (
          <button type="button" className="btn btn-primary" disabled={busy} onClick={() => onTake(good)}>
            {t(bad > 0 ? 'csv.takeGood' : 'csv.takeAll', { count: good.length })}
          </button>
        )}
        <button type="button" className="btn btn-outline-primary" onClick={onClose}>
          {t('csv.takeNone')}
        </button>
        {faults.length > 0 && (
          <button type="button" className="btn btn-link" onClick={save}>
            {t('csv.saveFaults')}
          </button>
        )}
      </div>
    </section>
  );
}
