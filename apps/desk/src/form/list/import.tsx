import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from '../../ui/feedback.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ChooseFile } from '../csv/choose.tsx';
import { judgeLines } from '../csv/judge.ts';
import type { JudgeRows, Judged } from '../csv/judge.ts';
import { openFile } from '../csv/open-file.ts';
import type { Opened } from '../csv/open-file.ts';
import { readRows, saysAgain } from '../csv/read-rows.ts';
import type { ReadFile } from '../csv/read-rows.ts';
import { templateOf } from '../csv/write.ts';
import { controlId } from '../fields.tsx';
import { keptRows } from '../rows.ts';
import type { AskedOfRow, Row } from '../rows.ts';
import type { List } from '../schema.ts';
import { optionsOf } from '../values.ts';
import type { Values } from '../values.ts';
import { ImportReport } from './report.tsx';
import { saveFile } from '../../ui/save-file.ts';

interface ImportProps {
  readonly list: List;
  readonly rows: readonly Row[];
  readonly variables: Values;
  readonly disabled: boolean;
  readonly askedOf: (row: Row) => AskedOfRow;
  readonly judge: JudgeRows;
  /** The rows that the list has then; the first of those taken is at `from`. */
  readonly onTake: (rows: readonly Row[], from: number) => void;
}

/** What was read of a file, and what is to become of it. */
export interface Reading {
  readonly name: string;
  readonly file: ReadFile;
  readonly judged: Judged;
}

/** Fills a list from a file, CSV or a workbook: a report first, and nothing taken over until the person says so. */
export function ImportFile({ list, rows, variables, disabled, askedOf, judge, onTake }: ImportProps) {
  const { t } = useTranslation();
  const buttonId = `${controlId(list)}-import`;
  const chosen = useRef<{ name: string; opened: Opened } | null>(null);
  const [busy, setBusy] = useState(false);
  const [replace, setReplace] = useState(false);
  const [reading, setReading] = useState<Reading | null>(null);
  const [taken, setTaken] = useState<number | null>(null);
  const present = keptRows(list, rows);

  const readBeside = (opened: Opened, beside: readonly Row[]): ReadFile =>
    readRows(opened, { list, present: beside, optionsOf: (field) => optionsOf(field, variables), askedOf });
  const read = async (replaces: boolean, known?: ReadFile) => {
    if (chosen.current === null) return;
    const { name, opened } = chosen.current;
    setBusy(true);
    setTaken(null);
    setReplace(replaces);
    const beside = replaces ? [] : present;
    const file = known ?? readBeside(opened, beside);
    const judged = await judgeLines(file.lines, beside, list, judge);
    setReading({ name, file, judged });
    setBusy(false);
  };
  const choose = async (file: File) => {
    setBusy(true);
    const opened = await openFile(file);
    chosen.current = { name: file.name, opened };
    const added = readBeside(opened, present);
    await (saysAgain(added, present) ? read(true) : read(false, added));
  };
  const close = () => {
    chosen.current = null;
    setReading(null);
    document.getElementById(buttonId)?.focus();
  };
  const take = (good: readonly Row[]) => {
    const before = replace ? [] : present;
    onTake([...before, ...good], before.length);
    setTaken(good.length);
    close();
  };

  return (
    <>
      <ChooseFile id={buttonId} busy={busy} disabled={disabled} onChoose={(file) => void choose(file)}>
        <button
          type="button"
          className="btn btn-link"
          onClick={() => saveFile(`${list.key}.csv`, templateOf(list))}
        >
          <Icon name="download" size="sm" /> {t('csv.template')}
        </button>
      </ChooseFile>
      {taken !== null && <Note kind="success">{t('csv.taken', { count: taken })}</Note>}
      {reading && (
        <ImportReport
          list={list}
          reading={reading}
          present={present.length}
          replace={replace}
          busy={busy}
          onReplace={(next) => void read(next)}
          onTake={take}
          onClose={close}
        />
      )}
    </>
  );
}
