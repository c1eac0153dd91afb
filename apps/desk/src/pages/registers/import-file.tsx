import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { templateAt, useAllBodies, useImport } from '../../api/registers.ts';
import type { ImportReport, Register } from '../../api/registers.ts';
import { ChooseFile } from '../../form/csv/choose.tsx';
import { asText, mostFileBytes, openFile } from '../../form/csv/open-file.ts';
import { parseCsv } from '../../form/csv/parse.ts';
import type { FileFault } from '../../form/csv/read-rows.ts';
import { WhichSheet } from '../../form/csv/which-sheet.tsx';
import { useFileFault } from '../../form/list/words.ts';
import type { Sheet } from '../../form/xlsx/read-workbook.ts';
import { Note, Problem } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { FileReport } from './file-report.tsx';
import { ipaLimits, narrowed } from './ipa.ts';
import { useWrites } from './use-writes.ts';

interface ImportFileProps {
  readonly register: Register;
  readonly ipa: string | null;
  /** What is recorded with the act has a reason. */
  readonly asksReason?: boolean;
}

/** As much as the server reads. */
const limits = { bytes: mostFileBytes, lines: 20_000 } as const;

interface Chosen {
  readonly name: string;
  readonly csv: string;
  readonly sheet: Sheet | null;
  /** Lines of bodies that are not sent. */
  readonly left: number;
}

/** Fills a register from a file, CSV or a workbook: the server's report first, and nothing recorded until the person says so. */
export function ImportFile({ register, ipa, asksReason = false }: ImportFileProps) {
  const { t } = useTranslation();
  const id = useId();
  const [file, setFile] = useState<Chosen | null>(null);
  const [fault, setFault] = useState<FileFault | null>(null);
  const [opening, setOpening] = useState(false);
  const words = useFileFault();
  const [report, setReport] = useState<ImportReport | null>(null);
  const [recorded, setRecorded] = useState<number | null>(null);
  const bodies = useAllBodies();
  const writes = useWrites();
  const mine = new Set(bodies.map(({ ipa }) => ipa).filter(writes));
  const judge = useImport(register);
  const record = useImport(register);
  const asked = (csv: string) => ({ csv, ...(ipa !== null && { body: ipa }) });

  const choose = async (chosen: File) => {
    setReport(null);
    setRecorded(null);
    record.reset();
    judge.reset();
    setOpening(true);
    const mayBeOfIpa = register === 'mailboxes' && bodies.length > 0;
    const opened = await openFile(chosen, mayBeOfIpa ? ipaLimits : limits);
    setOpening(false);
    setFault('fault' in opened ? opened.fault : null);
    if ('fault' in opened) return setFile(null);
    const sheet = 'sheet' in opened ? opened.sheet : null;
    const lines = 'text' in opened ? (mayBeOfIpa ? parseCsv(opened.text, () => 0) : []) : opened.sheet.lines;
    const ofIpa = mayBeOfIpa ? narrowed(lines, (ipa) => mine.has(ipa)) : null;
    const csv = 'text' in opened && !ofIpa ? opened.text : asText(ofIpa ?? { lines });
    setFile({ name: chosen.name, csv, sheet, left: ofIpa?.left ?? 0 });
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
      <ChooseFile id={id} busy={opening || judge.isPending} onChoose={(chosen) => void choose(chosen)}>
        <a className="btn btn-link" href={templateAt(register)} download={`${register}.csv`}>
          <Icon name="download" size="sm" /> {t('csv.template')}
        </a>
      </ChooseFile>
      {fault !== null && (
        <Note kind="danger" focus>
          {words(fault)}
        </Note>
      )}
      {judge.error !== null && <Problem error={judge.error} focus />}
      {recorded !== null && (
        <Note kind="success" focus>
          {t('registers.recorded', { count: recorded })}
        </Note>
      )}
      {file && report && file.sheet && <WhichSheet {...file.sheet} />}
      {file && report && file.left > 0 && (
        <p className="mb-1">{t('registers.leftOfIpa', { count: file.left })}</p>
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
