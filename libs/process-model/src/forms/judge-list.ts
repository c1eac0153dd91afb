import type { Json, Label } from '../model.ts';
import { isRequired, ofLabel } from './field-faults.ts';
import type { Fault } from './field-faults.ts';
import type { FormList, KnownRows } from './form.ts';
import { pointerPart, isEmpty, judgeFields, reader, sightOf, valueOf } from './judge-fields.ts';
import type { Judge, Values } from './judge-fields.ts';
import { mostRows } from './read-list.ts';

/** The lists of one form, as JSON: a command carries them, and FEEL reads them, whole (ADR 0049). */
export const mostListChars = 480 * 1024;

/**
 * Judges the rows of a list that is shown and asked for.
 * @param given as handed in
 * @param known the list as the case has it
 * @param seen what the form's own conditions see: so do those of a row, beside the row's own values
 * @returns the rows to hand over; without rows an empty list
 */
export function judgeList(
  list: FormList,
  given: Json,
  known: Json,
  seen: Values,
  judge: Judge,
): readonly Json[] {
  const pointer = `/${pointerPart(list.key)}`;
  const fault = (code: string, what: Label): void => {
    judge.fault(pointer, { code, message: ofLabel(list, what) });
  };
  if (given !== null && !Array.isArray(given)) {
    fault('not-a-list', { it: 'è un elenco di righe', en: 'is a list of rows' });
    return [];
  }
  const rows = (given ?? []) as readonly Json[];
  const knownRows = (Array.isArray(known) ? known : []) as readonly Json[];
  const count = countFault(list, rows.length, knownRows.length, seen, judge);
  if (count) {
    fault(...count);
    // Too many are not looked at; too few may be wrong besides.
    if (count[0] !== 'too-few-rows') return rows;
  }
  const judged = rows.map((row, at) => {
    const before = list.fixedRows ? rowOf(knownRows[at] ?? null) : {};
    return judgeRow(list, row, before ?? {}, seen, judge, `${pointer}/${at}`);
  });
  refuseAlike(list, judged, judge, pointer);
  refuseByKnown(list, judged, seen, judge, pointer);
  return judged;
}

/** Refuses rows that are among those that the case knows, or are not where they have to be. */
function refuseByKnown(
  { uniqueBy, noneOf, oneOf }: FormList,
  rows: readonly Values[],
  seen: Values,
  judge: Judge,
  pointer: string,
): void {
  const [first] = uniqueBy;
  if (first === undefined || rows.length === 0) return;
  const refuse = (known: KnownRows | null, isRefused: (isKnown: boolean) => boolean, fault: Fault): void => {
    if (!known) return;
    const isOne = among(uniqueBy, judge.ask(known.rows, seen));
    rows.forEach((row, at) => {
      if (uniqueBy.every((key) => isEmpty(row[key] ?? null)) || !isRefused(isOne(row))) return;
      judge.fault(`${pointer}/${at}/${pointerPart(first)}`, {
        code: fault.code,
        message: known.message === null ? fault.message : { it: known.message, en: null },
      });
    });
  };
  refuse(noneOf, (isKnown) => isKnown, {
    code: 'already-there',
    message: { it: 'Questa riga c’è già.', en: 'This row is there already.' },
  });
  refuse(oneOf, (isKnown) => !isKnown, {
    code: 'not-there',
    message: {
      it: 'Questa riga non è tra quelle del fascicolo.',
      en: 'This row is not among those of the file.',
    },
  });
}

/** Whether a row is one of those known; in time that grows with both lists, not with their product. */
function among(keys: readonly string[], known: Json): (row: Values) => boolean {
  /** By the keys that a known row has: almost always one way. */
  const ways = new Map<string, { readonly had: readonly string[]; readonly marks: Set<string> }>();
  const markOf = (row: Values, had: readonly string[]): string =>
    JSON.stringify(had.map((key) => row[key] ?? null));
  for (const it of Array.isArray(known) ? (known as readonly Json[]) : []) {
    const row = rowOf(it);
    const had = row ? keys.filter((key) => !isEmpty(valueOf(row, key))) : [];
    if (!row || had.length === 0) continue;
    const way = ways.get(had.join()) ?? { had, marks: new Set() };
    way.marks.add(markOf(row, had));
    ways.set(had.join(), way);
  }
  return (row) => [...ways.values()].some(({ had, marks }) => marks.has(markOf(row, had)));
}

function countFault(
  list: FormList,
  rows: number,
  knownRows: number,
  seen: Values,
  judge: Judge,
): [code: string, what: Label] | null {
  if (list.fixedRows) {
    return rows === knownRows
      ? null
      : [
          'rows-fixed',
          {
            it: 'ha le righe del fascicolo: nessuna si aggiunge o si toglie',
            en: 'has the rows of the file: none is added or taken away',
          },
        ];
  }
  const read = reader(judge, seen);
  const bound = (value: Json, otherwise: number): number => (typeof value === 'number' ? value : otherwise);
  const least = bound(read(list.minRows), 0);
  const most = Math.min(bound(read(list.maxRows), mostRows), mostRows);
  if (rows > most)
    return [
      'too-many-rows',
      { it: `ha al massimo ${counted(most).it}`, en: `has at most ${counted(most).en}` },
    ];
  if (rows === 0 && least > 0) return ['required', isRequired];
  if (rows < least)
    return [
      'too-few-rows',
      { it: `ha almeno ${counted(least).it}`, en: `has at least ${counted(least).en}` },
    ];
  return null;
}

const counted = (rows: number): Label =>
  rows === 1 ? { it: 'una riga', en: 'one row' } : { it: `${rows} righe`, en: `${rows} rows` };

function rowOf(value: Json): Values | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null;
}

/** @param known the row as the case has it: what the form does not ask of it stays */
function judgeRow(
  { fields, fixedRows }: FormList,
  value: Json,
  known: Values,
  around: Values,
  judge: Judge,
  pointer: string,
): Values {
  const row = rowOf(value);
  if (!row) {
    judge.fault(pointer, {
      code: 'not-a-row',
      message: { it: 'Questa non è una riga dell’elenco.', en: 'This is not a row of the list.' },
    });
    return {};
  }
  for (const key of Object.keys(row)) {
    if (fields.some((field) => field.key === key)) continue;
    judge.fault(`${pointer}/${pointerPart(key)}`, {
      code: 'field-unknown',
      message: {
        it: 'Questo campo non è nelle righe dell’elenco.',
        en: 'This field is not in the rows of the list.',
      },
    });
  }
  const own = Object.fromEntries(fields.map(({ key }) => [key, valueOf(known, key)]));
  const sight = sightOf(fields, row, { ...around, ...own }, judge);
  const values = judgeFields(fields, row, sight, known, judge, pointer);
  if (!fixedRows && fields.every(({ key }) => isEmpty(values[key] ?? null) || values[key] === false)) {
    judge.fault(pointer, { code: 'row-empty', message: { it: 'La riga è vuota.', en: 'The row is empty.' } });
  }
  return { ...known, ...values };
}

/** Refuses the later of two rows that are told apart by nothing. */
function refuseAlike(
  { uniqueBy, fields }: FormList,
  rows: readonly Values[],
  judge: Judge,
  pointer: string,
): void {
  const [first] = uniqueBy;
  if (first === undefined) return;
  const asked = uniqueBy.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const seen = new Map<string, number>();
  rows.forEach((row, at) => {
    const told = uniqueBy.map((key) => row[key] ?? null);
    if (told.every(isEmpty)) return;
    const mark = JSON.stringify(told);
    const earlier = seen.get(mark);
    if (earlier === undefined) seen.set(mark, at);
    else {
      judge.fault(`${pointer}/${at}/${pointerPart(first)}`, {
        code: 'not-unique',
        message: {
          it: `Anche la riga ${earlier + 1} ha lo stesso valore in ${asked.map(({ label }) => `«${label}»`).join(' e ')}.`,
          en: `Row ${earlier + 1} has the same value in ${asked.map(({ labelEn }) => `“${labelEn}”`).join(' and ')} too.`,
        },
      });
    }
  });
}
