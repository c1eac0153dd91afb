import Papa from 'papaparse';
import { isArchive, isOldWorkbook } from '../xlsx/kind.ts';
import type { Sheet, WorkbookFault } from '../xlsx/read-workbook.ts';
import { decodeText } from './decode.ts';

/** Why a file cannot be opened. */
export type OpenFault =
  | WorkbookFault
  | { readonly rule: 'tooLarge'; readonly limit: number }
  | { readonly rule: 'oldWorkbook' | 'tooSlow' };

/** A file of rows as it was chosen: its text, or the sheet of a workbook. */
export type Opened = { readonly text: string } | { readonly sheet: Sheet } | { readonly fault: OpenFault };

export const mostFileBytes = 5 * 1024 * 1024;
/** Far more than a list may hold: so many are still reported one by one. */
export const mostLines = 10_000;

/** Opens a file whose kind its content says, not its name. @param most lines below its header, of a workbook, and bytes */
export async function openFile(
  file: Blob,
  most: { readonly bytes: number; readonly lines: number } = { bytes: mostFileBytes, lines: mostLines },
): Promise<Opened> {
  if (file.size > most.bytes) return { fault: { rule: 'tooLarge', limit: most.bytes / 1024 / 1024 } };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (isOldWorkbook(bytes)) return { fault: { rule: 'oldWorkbook' } };
  if (!isArchive(bytes)) return { text: decodeText(bytes).text };
  const read = await apart(bytes, most.lines + 1);
  return 'fault' in read ? read : { sheet: read };
}

/** What no honest workbook of this size needs. */
const patienceMs = 30_000;

type Read = Sheet | { readonly fault: OpenFault };

/** A workbook may be made to cost more than a page has: it is read beside it, and ended when it takes too long. */
async function apart(bytes: Uint8Array, mostLines: number): Promise<Read> {
  const worker = new Worker(new URL('../xlsx/worker.ts', import.meta.url), { type: 'module' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const read = await new Promise<Read>((resolve) => {
    const giveUp = () => resolve({ fault: { rule: 'tooSlow' } });
    timer = setTimeout(giveUp, patienceMs);
    worker.onmessage = ({ data }: MessageEvent<Read>) => resolve(data);
    worker.onerror = giveUp;
    worker.postMessage({ bytes, mostLines });
  });
  clearTimeout(timer);
  worker.terminate();
  return read;
}

/** Rows as a file of text in which each is the line of its number. */
export function asText({ lines }: Pick<Sheet, 'lines'>): string {
  const text: string[] = [];
  for (const { number, cells } of lines) {
    while (text.length < number - 1) text.push('');
    text.push(
      Papa.unparse([cells.map((cell) => cell.replaceAll(/\s*[\r\n]+\s*/g, ' '))], { delimiter: ';' }),
    );
  }
  return text.map((line) => `${line}\r\n`).join('');
}
