import type { Json, Label, Said } from '../model.ts';
import type { FormField } from './form.ts';
import { mostPatternChars } from './safe-pattern.ts';

export interface Fault {
  readonly code: string;
  readonly message: Said;
}

/** The limits of a field as they are now. */
export interface Bounds {
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Date, or time with offset. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** Values that it must not have; null: none. */
  readonly taken: ReadonlySet<Json> | null;
  /** The only texts that it may have; null: any. */
  readonly known: ReadonlySet<Json> | null;
  readonly options: readonly Json[] | null;
}

/** Characters of any text, also where the form gives no limit. */
export const mostChars = 20_000;
const mostItems = 200;

/** What is wrong with a value that is there; null: nothing. Messages never repeat the value. */
export function faultOf(field: FormField, value: Json, bounds: Bounds): Fault | null {
  if (bounds.taken?.has(value)) {
    return {
      code: 'already-there',
      message: saidBy(field.noneOfMessage) ?? ofLabel(field, { it: 'c’è già', en: 'is there already' }),
    };
  }
  // What a register has is no matter of its kind.
  const wrong = field.register === null ? faultOfKind(field, value, bounds) : null;
  return wrong ?? strangerFault(field, value, bounds);
}

/** Values that are named to whoever wrote another one. */
const mostNamed = 20;

function strangerFault(field: FormField, value: Json, { known }: Bounds): Fault | null {
  if (!known || typeof value !== 'string' || known.has(value)) return null;
  const why =
    saidBy(field.oneOfMessage) ??
    ofLabel(field, { it: 'non è fra quelli del fascicolo', en: 'is not among those of the file' });
  if (known.size === 0) return { code: 'not-there', message: why };
  const named = [...known].slice(0, mostNamed).join(', ');
  const rest = known.size - mostNamed;
  return {
    code: 'not-there',
    message: {
      it: `${why.it} Ci sono: ${named}${rest > 0 ? ` e altri ${rest}` : ''}.`,
      en: why.en && `${why.en} There are: ${named}${rest > 0 ? ` and ${rest} more` : ''}.`,
    },
  };
}

function faultOfKind(field: FormField, value: Json, bounds: Bounds): Fault | null {
  switch (field.type) {
    case 'textfield':
    case 'textarea':
      return textFault(field, value, bounds);
    case 'number':
      return numberFault(field, value, bounds);
    case 'checkbox':
      return typeof value === 'boolean'
        ? null
        : fault('not-a-boolean', field, { it: 'è sì o no', en: 'is yes or no' });
    case 'select':
    case 'radio':
      return bounds.options?.includes(value)
        ? null
        : fault('not-an-option', field, {
            it: 'ha un valore non previsto',
            en: 'has a value that is not offered',
          });
    case 'checklist':
    case 'taglist':
      return choicesFault(field, value, bounds);
    case 'datetime':
      return temporalFault(field, value, bounds);
    case 'filepicker':
      return filesFault(field, value);
  }
}

const fault = (code: string, field: FormField, what: Label): Fault => ({
  code,
  message: ofLabel(field, what),
});

/** What is wrong with what has this label. @param what to follow it, without its full stop */
export const ofLabel = ({ label, labelEn }: Pick<FormField, 'label' | 'labelEn'>, what: Label): Label => ({
  it: `«${label}» ${what.it}.`,
  en: `“${labelEn}” ${what.en}.`,
});

export const isRequired: Label = { it: 'è obbligatorio', en: 'is required' };

/** A form speaks Italian. */
const saidBy = (form: string | null): Said | null => (form === null ? null : { it: form, en: null });

function textFault(field: FormField, value: Json, { minLength, maxLength }: Bounds): Fault | null {
  if (typeof value !== 'string') return fault('not-a-text', field, { it: 'è un testo', en: 'is a text' });
  if (value.includes('\u0000') || !value.isWellFormed()) {
    return fault('text-malformed', field, {
      it: 'contiene caratteri non validi',
      en: 'has characters that are not valid',
    });
  }
  const most = Math.min(maxLength ?? mostChars, mostChars);
  if (value.length > most) return fault('too-long', field, longest(most));
  if (minLength !== null && value.length < minLength) {
    return fault('too-short', field, {
      it: `ha almeno ${minLength} caratteri`,
      en: `has at least ${minLength} characters`,
    });
  }
  if (!field.pattern) return null;
  if (value.length > mostPatternChars) {
    return fault('too-long', field, longest(mostPatternChars));
  }
  if (field.pattern.test(value)) return null;
  const wrong = { it: 'non ha la forma richiesta', en: 'does not have the form that is needed' };
  return { code: 'pattern', message: saidBy(field.patternMessage) ?? ofLabel(field, wrong) };
}

const longest = (most: number): Label => ({
  it: `ha al massimo ${most} caratteri`,
  en: `has at most ${most} characters`,
});

/** With a decimal comma, as the field shows it. */
const inItalian = (number: number): string => String(number).replace('.', ',');

function numberFault(field: FormField, value: Json, { min, max }: Bounds): Fault | null {
  const written = field.asText && typeof value === 'string' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value);
  const number = written ? Number(value) : field.asText ? null : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    return fault(
      'not-a-number',
      field,
      field.asText
        ? { it: 'è un numero, come testo', en: 'is a number, as a text' }
        : { it: 'è un numero', en: 'is a number' },
    );
  }
  if (min !== null && number < min)
    return fault('too-small', field, { it: `è almeno ${inItalian(min)}`, en: `is at least ${min}` });
  if (max !== null && number > max)
    return fault('too-large', field, { it: `è al massimo ${inItalian(max)}`, en: `is at most ${max}` });
  const digits = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  if (field.decimals !== null && digits > field.decimals) {
    return fault('too-many-decimals', field, {
      it: `ha al massimo ${field.decimals} decimali`,
      en: `has at most ${field.decimals} decimals`,
    });
  }
  return null;
}

function choicesFault(field: FormField, value: Json, { options }: Bounds): Fault | null {
  if (!Array.isArray(value)) return fault('not-a-list', field, { it: 'è un elenco', en: 'is a list' });
  const items = value as readonly Json[];
  if (items.length > mostItems || new Set(items).size !== items.length) {
    return fault('list-invalid', field, {
      it: `ha al massimo ${mostItems} voci, ciascuna una volta`,
      en: `has at most ${mostItems} entries, each once`,
    });
  }
  return items.every((it) => options?.includes(it))
    ? null
    : fault('not-an-option', field, {
        it: 'ha un valore non previsto',
        en: 'has a value that is not offered',
      });
}

/** References of documents of the case. */
function filesFault(field: FormField, value: Json): Fault | null {
  const files = (Array.isArray(value) ? value : [value]) as readonly Json[];
  if (!files.every((it) => typeof it === 'string' && /^[\w.:-]{1,200}$/.test(it))) {
    return fault('not-a-document', field, {
      it: 'indica documenti del fascicolo',
      en: 'names documents of the file',
    });
  }
  if (files.length > (field.multiple ? mostItems : 1)) {
    return fault(
      'list-invalid',
      field,
      field.multiple
        ? { it: 'ha troppi documenti', en: 'has too many documents' }
        : { it: 'prende un solo documento', en: 'takes one document alone' },
    );
  }
  return null;
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern = /^([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

function temporalFault(field: FormField, value: Json, bounds: Bounds): Fault | null {
  const fits = typeof value === 'string' && isTemporal(field, value);
  if (!fits) return fault(...expected(field));
  if (bounds.notBefore !== null && compare(value, bounds.notBefore) < 0) {
    return fault('too-early', field, {
      it: `non può essere prima del ${inRome(bounds.notBefore)}`,
      en: `cannot be before ${inRome(bounds.notBefore)}`,
    });
  }
  if (bounds.notAfter !== null && compare(value, bounds.notAfter) > 0) {
    return fault('too-late', field, {
      it: `non può essere dopo il ${inRome(bounds.notAfter)}`,
      en: `cannot be after ${inRome(bounds.notAfter)}`,
    });
  }
  return null;
}

/** Without the zone that FEEL names beside a time. */
const inRome = (limit: string): string => limit.replace(/[@[].*$/, '');

function expected(field: FormField): [string, FormField, Label] {
  switch (field.subtype) {
    case 'time':
      return ['not-a-time', field, { it: 'è un’ora, come 10:30', en: 'is a time, such as 10:30' }];
    case 'datetime': {
      const offset = field.localTime ? '' : '+02:00';
      return [
        'not-a-date-time',
        field,
        {
          it: `è una data con ora, scritta AAAA-MM-GGTOO:MM${offset}`,
          en: `is a date with a time, written YYYY-MM-DDTHH:MM${offset}`,
        },
      ];
    }
    default:
      return [
        'not-a-date',
        field,
        {
          it: 'è una data che esiste, scritta AAAA-MM-GG',
          en: 'is a date that exists, written YYYY-MM-DD',
        },
      ];
  }
}

function isTemporal({ subtype, localTime }: FormField, value: string): boolean {
  if (subtype === 'date') return isRealDate(value);
  if (subtype === 'time') return timePattern.test(value);
  const [date = '', time = '', ...more] = value.split('T');
  const offset = timePattern.exec(time);
  return more.length === 0 && isRealDate(date) && offset !== null && (offset[2] === undefined) === localTime;
}

/** A day that exists, from 1900 to 2199: beyond, it is a slip of the keyboard. */
function isRealDate(text: string): boolean {
  const [, year, month, day] = (datePattern.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** By instant when both have one, else by the days and the clock as written. */
function compare(a: string, b: string): number {
  const zoned = /T.*(?:Z|[+-]\d{2}:\d{2})$/;
  if (zoned.test(a) && zoned.test(b)) return Date.parse(a) - Date.parse(b);
  const length = Math.min(a.length, b.length);
  const [left, right] = [a.slice(0, length), b.slice(0, length)];
  return left < right ? -1 : left > right ? 1 : 0;
}
