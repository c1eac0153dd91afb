import type { Field, Option } from '../schema.ts';
import { plainName } from './columns.ts';

/** Why a cell is not a value of its column. */
export type CellFault =
  'notADate' | 'notAMoment' | 'notATime' | 'notANumber' | 'ambiguousNumber' | 'notYesOrNo' | 'notAnOption';

/** The value as the field's control holds it. */
export type CellValue = { readonly value: unknown } | { readonly fault: CellFault };

/** What divides the values of a cell that holds several. */
export const between = '|';
const yes = new Set(['si', 'vero', 'yes', 'true', '1', 'x', 's', 'y']);
const no = new Set(['', 'no', 'falso', 'false', '0', 'n']);

/**
 * Reads a cell as the value of a field: dates also as day/month/year, numbers also with a comma, choices by value or
 * label. An apostrophe before a sign that spreadsheets would calculate with is taken off: `defused` put it there.
 * @param options what a choice is made from now
 */
export function readCell(field: Field, cell: string, options: readonly Option[]): CellValue {
  const text = cell.trim().replace(/^'(?=[=+\-@])/, '');
  switch (field.type) {
    case 'checkbox':
      return yes.has(plainName(text))
        ? { value: true }
        : no.has(plainName(text))
          ? { value: false }
          : { fault: 'notYesOrNo' };
    case 'checklist':
    case 'taglist':
      return readChoices(text, options);
    case 'select':
    case 'radio': {
      // The server knows the register, and says at its row what is not there.
      if (field.ofRegister) return { value: text };
      const chosen = optionOf(text, options);
      return text === '' ? { value: '' } : chosen === null ? { fault: 'notAnOption' } : { value: chosen };
    }
    case 'number':
      return readNumber(text);
    case 'datetime':
      return text === '' ? { value: '' } : readTemporal(field, text);
    default:
      return { value: text };
  }
}

function optionOf(text: string, options: readonly Option[]): string | null {
  const exact = options.find(({ value }) => value === text);
  const named = options.filter(({ names }) => names.some((name) => plainName(name) === plainName(text)));
  return exact?.value ?? (named.length === 1 ? (named[0]?.value ?? null) : null);
}

function readChoices(text: string, options: readonly Option[]): CellValue {
  const names = text.split(between).map((name) => name.trim());
  const chosen = names.filter((name) => name !== '').map((name) => optionOf(name, options));
  return chosen.includes(null) ? { fault: 'notAnOption' } : { value: [...new Set(chosen)] };
}

/** `1.234,5` and `1234.5` are numbers; `1.234` could be either. */
function readNumber(text: string): CellValue {
  if (text === '') return { value: '' };
  const bare = text.replace(/[\s\u00a0€]/g, '');
  if (/^-?[1-9]\d{0,2}(?:\.\d{3})+$/.test(bare)) return { fault: 'ambiguousNumber' };
  const plain = bare.includes(',') ? bare.replace(/\.(?=\d{3}(?:\D|$))/g, '').replace(',', '.') : bare;
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(plain) ? { value: plain } : { fault: 'notANumber' };
}

function readTemporal({ subtype }: Field, text: string): CellValue {
  if (subtype === 'time') {
    const time = clockOf(text);
    return time === null ? { fault: 'notATime' } : { value: time };
  }
  if (subtype === 'date') {
    // Spreadsheets add midnight to a day.
    const day = dayOf(text.replace(/[ T]0{1,2}[:.]00(?:[:.]00)?$/, ''));
    return day === null ? { fault: 'notADate' } : { value: day };
  }
  const [, date = '', time = '', offset = ''] =
    /^(\S+?)(?:T|,?\s+(?:ore\s+)?)(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  const [day, clock] = [dayOf(date), clockOf(time, true)];
  if (day === null || clock === null || offset === 'Z') return { fault: 'notAMoment' };
  return { value: `${day}T${clock}${offset}` };
}

/** `2026-04-15`, `15/4/2026`, `15.04.2026`, `15-04-2026`: a day that exists, as `YYYY-MM-DD`. */
export function dayOf(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const italian = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : italian
      ? [italian[4], italian[3]?.padStart(2, '0'), italian[1]?.padStart(2, '0')]
      : [];
  const date = `${year}-${month}-${day}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

/** @param exact seconds are kept, as the order of arrival may hang on them */
function clockOf(text: string, exact = false): string | null {
  const [, hours, minutes, seconds = '00'] = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}${exact && seconds !== '00' ? `:${seconds}` : ''}`;
}
