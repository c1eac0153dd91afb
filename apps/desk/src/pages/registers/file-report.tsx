import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem.ts';
import type { ImportReport, Register } from '../../api/registers.ts';
import { writeCsv } from '../../form/csv/write.ts';
import { Pager, pageSize } from '../../form/list/pager.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Italian } from '../../ui/mixed.tsx';
import { Table } from '../../ui/table.tsx';

interface FileReportProps {
  readonly register: Register;
  readonly name: string;
  readonly report: ImportReport;
  readonly asksReason: boolean;
  readonly busy: boolean;
  readonly error: ApiProblem | null;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
}

/** What a file would do to a register, line by line, and the choice: its good lines, or none. */
export function FileReport(props: FileReportProps) {
  const { register, name, report, asksReason, busy, error, onConfirm, onClose } = props;
  const { t } = useTranslation();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [onlyRefused, setOnlyRefused] = useState(report.refused > 0);
  const [page, setPage] = useState(0);
  const [reason, setReason] = useState('');
  useEffect(() => heading.current?.focus(), [report]);

  const good = report.new + report.changed;
  const refused = report.lines.filter(({ state }) => state === 'refused');
  const lines = onlyRefused ? refused : report.lines;
  const save = () =>
    saveFile(
      `${register}-errori.csv`,
      writeCsv([
        [t('csv.line'), t('registers.entry'), t('csv.reason')],
        ...refused.map((it) => [String(it.line), it.name, it.why ?? '']),
      ]),
    );
  return (
    <form
      className="desk-import"
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm(reason.trim());
      }}
    >
      <h3 id={id} ref={heading} tabIndex={-1} className="h6">
        {t('csv.title', { name })}
      </h3>
      <p>
        {(['new', 'changed', 'same', 'refused'] as const)
          .map((state) => `${t(`registers.states.${state}`)}: ${report[state]}`)
          .join(' · ')}
      </p>
      {report.warning !== null && (
        <Note kind="warning">
          <Italian>{report.warning}</Italian>
        </Note>
      )}
      {refused.length > 0 && refused.length < report.lines.length && (
        <div className="desk-baskets" role="group" aria-label={t('common.filters')}>
          {[true, false].map((only) => (
            <button
              key={String(only)}
              type="button"
              aria-pressed={onlyRefused === only}
              onClick={() => {
                setOnlyRefused(only);
                setPage(0);
              }}
            >
              {t(only ? 'registers.onlyRefused' : 'registers.allLines')}
            </button>
          ))}
        </div>
      )}
      {lines.length > 0 && (
        <Table
          caption={t('registers.lines')}
          rows={lines.slice(page * pageSize, (page + 1) * pageSize)}
          rowKey={({ line }) => String(line)}
          columns={[
            { id: 'line', head: t('csv.line'), cell: ({ line }) => line },
            { id: 'entry', head: t('registers.entry'), cell: (it) => it.name || '–' },
            {
              id: 'state',
              head: t('registers.becomes'),
              cell: ({ state, why }) => (
                <>
                  <span className="fw-semibold">{t(`registers.states.${state}`)}</span>
                  {why !== null && <span className="desk-sub">{why}</span>}
                </>
              ),
            },
          ]}
        />
      )}
      <Pager label={t('registers.lines')} rows={lines.length} page={page} onPage={setPage} />
      {asksReason && good > 0 && (
        <div className="desk-field">
          <label htmlFor={`${id}-reason`}>{t('common.reason')}</label>
          <input
            id={`${id}-reason`}
            className="form-control"
            required
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
      {error !== null && <Problem error={error} focus />}
      <div className="desk-list-foot">
        {good > 0 && (
          <button type="submit" className="btn btn-primary" disabled={busy}>
            {t(refused.length > 0 ? 'registers.recordGood' : 'registers.recordAll', { count: good })}
          </button>
        )}
        <button type="button" className="btn btn-outline-primary" onClick={onClose}>
          {t(good > 0 ? 'registers.recordNone' : 'common.close')}
        </button>
        {refused.length > 0 && (
          <button type="button" className="btn btn-link" onClick={save}>
            {t('csv.saveFaults')}
          </button>
        )}
      </div>
    </form>
  );
}
