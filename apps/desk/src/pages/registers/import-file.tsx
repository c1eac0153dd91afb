import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateAt, useImport } from '../../api/registers.ts';
import type { ImportReport, Register } from '../../api/registers.ts';
import { ChooseCsv } from '../../form/csv/choose.tsx';
import { decodeText } from '../../form/csv/decode.ts';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FileReport } from './file-report.tsx';

interface ImportFileProps {
  readonly register: Register;
  readonly ipa: string | null;
  /** What is recorded with the act has a reason. */
  readonly asksReason?: boolean;
}

/** Fills a register from a CSV file: the server's report first, and nothing recorded until the person says so. */
export function ImportFile({ register, ipa, asksReason = false }: ImportFileProps) {
  const { t } = useTranslation();
  const id = useId();
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [recorded, setRecorded] = useState<number | null>(null);
  const judge = useImport(register);
  const record = useImport(register);
  const asked = (csv: string) => ({ csv, ...(ipa !== null && { body: ipa }) });

  const choose = async (chosen: File) => {
    const { text: csv } = decodeText(new Uint8Array(await chosen.arrayBuffer()));
    setFile({ name: chosen.name, csv });
    setReport(null);
    setRecorded(null);
    record.reset();
    judge.mutate({ ...asked(csv), commit: false, whole: true }, { onSuccess: setReport });
  };
  const close = () => {
    setFile(null);
    setReport(null);
    document.getElementById(id)?.focus();
  };
  const confirm = (reason: string) => {
    if (!file) return;
    record.mutate(
      { ...asked(file.csv), commit: true, whole: false, ...(reason !== '' && { reason }) },
      {
        onSuccess: (done) => {
          setRecorded(done.new + done.changed);
          close();
        },
      },
    );
  };
  return (
    <div className="desk-section">
      <ChooseCsv id={id} busy={judge.isPending} onChoose={(chosen) => void choose(chosen)}>
        <a className="btn btn-link" href={templateAt(register)} download={`${register}.csv`}>
          <Icon name="download" size="sm" /> {t('csv.template')}
        </a>
      </ChooseCsv>
      {judge.error !== null && <Problem error={judge.error} focus />}
      {recorded !== null && (
        <Note kind="success" focus>
          {t('registers.recorded', { count: recorded })}
        </Note>
      )}
      {file && report && (
        <FileReport
          register={register}
          name={file.name}
          report={report}
          asksReason={asksReason}
          busy={record.isPending}
          error={record.error}
          onConfirm={confirm}
          onClose={close}
        />
      )}
    </div>
  );
}
