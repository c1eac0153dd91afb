import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A stretch of days, as printed. */
interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** Dates of one term, each as the page prints it; what the page leaves out is not there. */
export interface DatesRow {
  /** Deadline of the page; absent: a bare rule. */
  readonly of?: string;
  /** Key of the catalogue. */
  readonly term?: string;
  /** Instead of a term: `30d`, `20d backward free`, `10d dayAfter noShift`, `2m duration`. */
  readonly rule?: string;
  readonly from: string;
  /** The day whose version of the term counts; absent: the base. */
  readonly inForce?: string;
  /** What an act sets: a length in the term's unit, or an end. */
  readonly set?: number | string;
  readonly extraDays?: number;
  readonly suspended?: readonly Stretch[];
  /** Hearings that were deferred at the employee's request. */
  readonly deferred?: readonly Stretch[];
  readonly comune?: string;
  readonly nominal?: string;
  readonly legal?: string;
  readonly safe?: string;
  readonly earliest?: string;
  readonly proposed?: string;
  /** The first day on which the term is over. */
  readonly over?: string;
  /** Facts in time. */
  readonly met?: string | readonly string[];
  /** Facts too late. */
  readonly missed?: string | readonly string[];
  /** Warnings so many days from the safe date: the day reckoned, and the working day on which they are given. */
  readonly warned?: readonly { readonly days: number; readonly day?: string; readonly on: string }[];
  /** Code of the refusal. */
  readonly refused?: string;
}

/** A hearing after a notice received. */
export interface HearingRow {
  readonly received: string;
  readonly notice: number;
  readonly free?: boolean;
  readonly earliest: string;
  readonly proposed?: string;
}

export interface Example {
  /** Its number on the page. */
  readonly id: string;
  readonly tells?: string;
  readonly dates?: readonly DatesRow[];
  readonly hearings?: readonly HearingRow[];
  /** The file in which the rest of it is played. */
  readonly played?: string;
  /** Why a part of it, or all, is not here. */
  readonly elsewhere?: string;
}

const fields: Readonly<Record<'example' | 'dates' | 'hearing', readonly string[]>> = {
  example: ['id', 'tells', 'dates', 'hearings', 'played', 'elsewhere'],
  dates: [
    ...['of', 'term', 'rule', 'from', 'inForce', 'set', 'extraDays', 'suspended', 'deferred', 'comune'],
    ...['nominal', 'legal', 'safe', 'earliest', 'proposed', 'over', 'met', 'missed', 'warned', 'refused'],
  ],
  hearing: ['received', 'notice', 'free', 'earliest', 'proposed'],
};

/** A misspelt field would be an expectation that nobody looks at. */
function refuseUnknown(id: string, kind: keyof typeof fields, row: object): void {
  const unknown = Object.keys(row).filter((field) => !fields[kind].includes(field));
  if (unknown.length > 0) throw new Error(`${id}: ${unknown.join(', ')} is no field of ${kind}`);
}

/** The worked examples of a page. @throws Error for what the table does not know */
export function readTable(page: string): readonly Example[] {
  const text = readFileSync(join(import.meta.dirname, `${page}.yaml`), 'utf8');
  const { examples } = parse(text, { schema: 'core' }) as { examples: readonly Example[] };
  for (const example of examples) {
    refuseUnknown(example.id, 'example', example);
    for (const row of example.dates ?? []) refuseUnknown(example.id, 'dates', row);
    for (const row of example.hearings ?? []) refuseUnknown(example.id, 'hearing', row);
  }
  return examples;
}
