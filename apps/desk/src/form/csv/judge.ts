import { byRow } from '../faults.ts';
import type { Row } from '../rows.ts';
import type { List } from '../schema.ts';
import type { Fault } from '../values.ts';
import { lineFault } from './read-rows.ts';
import type { ReadLine } from './read-rows.ts';

/** Asks the server about rows, as if they were the list. @returns what is wrong with them; null: it could not be asked */
export type JudgeRows = (rows: readonly Row[]) => Promise<readonly Fault[] | null>;

export interface Judged {
  readonly lines: readonly ReadLine[];
  /** What the server has against the list as a whole: how many rows it has, how large it is. */
  readonly whole: Fault | null;
  /** Whether the server was asked, to the end. */
  readonly isSure: boolean;
}

/** So many answers of the server, each with up to 200 faults, are enough for the longest list. */
const mostRounds = 30;

/** What keeps the rows from being taken, whatever they say. */
const ofWhole = new Set(['too-many-rows', 'list-too-large']);
/** The server did not tell everything. */
const unfinished = new Set(['more-errors', 'form-too-costly']);

/**
 * Has the lines that are good so far judged by the server, which alone knows the legal calendar and what is computed
 * there; it tells some faults at a time, so that it is asked again about those that remain.
 * @param present rows that the list keeps beside them
 */
export async function judgeLines(
  lines: readonly ReadLine[],
  present: readonly Row[],
  list: List,
  judge: JudgeRows,
): Promise<Judged> {
  let judged = lines;
  for (let round = 0; round < mostRounds; round++) {
    const good = judged.filter(({ faults }) => faults.length === 0);
    if (good.length === 0) return { lines: judged, whole: null, isSure: true };
    const found = await judge([...present, ...good.map(({ row }) => row)]);
    if (found === null) return { lines: judged, whole: null, isSure: false };
    const ofRows = byRow(found, list.key);
    const whole = ofRows.get('')?.find(({ code = '' }) => ofWhole.has(code)) ?? null;
    if (whole) return { lines: judged, whole, isSure: true };
    if (!good.some(({ row }) => ofRows.has(row.id))) {
      return { lines: judged, whole: null, isSure: !found.some(({ code = '' }) => unfinished.has(code)) };
    }
    judged = judged.map((line) => ({
      ...line,
      faults: [
        ...line.faults,
        ...(ofRows.get(line.row.id) ?? []).map((fault) => lineFault(line.line, fault, list, line.cells)),
      ],
    }));
  }
  return { lines: judged, whole: null, isSure: false };
}
