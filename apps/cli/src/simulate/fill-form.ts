import {
  addDays,
  atRome,
  formatRome,
  religiousFeast,
  romeDate,
  workingDayOnOrAfter,
} from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import type { Expression, Form, FormField, FormList, Json, Setting } from '@iter/process-model';
import type { OpenForm } from '../world/world.ts';
import type { Random } from './random.ts';

export type Values = Readonly<Record<string, Json>>;

/** What somebody who fills in a form knows and would rather write. */
export interface Filling {
  readonly random: Random;
  readonly now: string;
  readonly calendar: LegalCalendar;
  /** What they write into a field; undefined: anything that the field takes. */
  prefer(key: string, seen: Values, row: Values | null): Json | undefined;
}

interface Desk extends Filling {
  ask(expression: Expression, seen: Values): Json;
}

/** Filling in one field may hide or show another: so often it is looked at anew. */
const mostRounds = 6;

/**
 * Values that a form takes, as far as its fields say: what is hidden or read-only is left out, choices are among the options,
 * dates within their bounds and on working days, numbers within theirs. What a form cannot say (`iter:refuse`) may still refuse them.
 */
export function fillForm({ form, variables, evaluate }: OpenForm, filling: Filling): Record<string, Json> {
  const desk: Desk = {
    ...filling,
    prefer: (key, seen, row) => filling.prefer(key, seen, row),
    ask(expression, seen) {
      const result = evaluate(expression, seen);
      return result.ok ? result.value : null;
    },
  };
  return fillFields(form, variables, desk, null);
}

function fillFields(
  { fields, lists }: Pick<Form, 'fields' | 'lists'>,
  around: Values,
  desk: Desk,
  row: Values | null,
): Record<string, Json> {
  const values: Record<string, Json> = {};
  const all = [...fields, ...lists];
  const blank = Object.fromEntries(
    all.filter(({ readOnly }) => readOnly === false).map(({ key }) => [key, null]),
  );
  for (let round = 0; round < mostRounds; round++) {
    let changed = false;
    for (const it of all) {
      const seen = { ...around, ...blank, ...values };
      const isAsked =
        !it.hide.some((hide) => desk.ask(hide, seen) === true) && settingOf(it.readOnly, seen, desk) !== true;
      if (isAsked === Object.hasOwn(values, it.key)) continue;
      changed = true;
      if (!isAsked) delete values[it.key];
      else {
        values[it.key] =
          'fields' in it ? rowsOf(it, around[it.key] ?? null, seen, desk) : valueOf(it, seen, desk, row);
      }
    }
    if (!changed) break;
  }
  return values;
}

/** @param known the list as the case has it */
function rowsOf(list: FormList, known: Json, seen: Values, desk: Desk): Json {
  const preferred = desk.prefer(list.key, seen, null);
  if (preferred !== undefined) return preferred;
  const rows = list.fixedRows && Array.isArray(known) ? (known as readonly Json[]) : null;
  const least = settingOf(list.minRows, seen, desk);
  const count = rows?.length ?? Math.max(1, typeof least === 'number' ? least : 0);
  return Array.from({ length: count }, (_, at) => {
    const row = rowOf(rows?.[at] ?? null);
    const own = Object.fromEntries(list.fields.map(({ key }) => [key, row[key] ?? null]));
    return fillFields({ fields: list.fields, lists: [] }, { ...seen, ...own }, desk, row);
  });
}

const rowOf = (value: Json): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};

function valueOf(field: FormField, seen: Values, desk: Desk, row: Values | null): Json {
  const preferred = desk.prefer(field.key, seen, row);
  if (preferred !== undefined) return preferred;
  const { random } = desk;
  const isRequired = settingOf(field.required, seen, desk) === true;
  switch (field.type) {
    case 'checkbox':
      return isRequired;
    case 'select':
    case 'radio': {
      const options = optionsOf(field, seen, desk);
      return options.length > 0 && (isRequired || random.chance(0.5)) ? random.pick(options) : null;
    }
    case 'checklist':
    case 'taglist': {
      const options = optionsOf(field, seen, desk);
      return isRequired ? options : [];
    }
    case 'number': {
      const value = isRequired ? numberOf(field, seen, desk) : null;
      return value !== null && field.asText ? String(value) : value;
    }
    case 'datetime':
      return isRequired ? temporalOf(field, seen, desk) : null;
    case 'filepicker': {
      const name = isRequired ? `doc-${random.between(1, 99_999)}` : null;
      return field.multiple ? (name === null ? [] : [name]) : name;
    }
    default:
      return isRequired ? textOf(field, desk) : null;
  }
}

/** Texts of the forms that fields ask for: the first that the pattern lets through. */
const texts = [
  'Registrato dallo sportello',
  'ufficio@pec.ente.test.it',
  '0184 555123',
  '18038',
  'c_mondo',
  '12/2026',
];

function textOf({ pattern, label }: FormField, { random }: Desk): string {
  const number = `${random.between(1, 9_999)}/${random.between(2020, 2030)}`;
  const free = `${label.slice(0, 40)}: ${number}`;
  if (!pattern) return free.slice(0, 60);
  return [number, number.replace('/', '-'), ...texts].find((text) => pattern.test(text)) ?? free;
}

function numberOf({ min, max }: FormField, seen: Values, desk: Desk): number {
  const low = settingOf(min, seen, desk);
  const high = settingOf(max, seen, desk);
  const first = typeof low === 'number' ? Math.ceil(low) : 0;
  const last = typeof high === 'number' ? Math.floor(high) : first + 20;
  return desk.random.between(first, Math.min(last, first + 100));
}

/** Today where that is allowed: what is recorded is mostly recorded at once. What lies ahead comes within the week after. */
function temporalOf(field: FormField, seen: Values, desk: Desk): string {
  const { now, calendar, random } = desk;
  const bound = (setting: Setting<string> | null): string | null => {
    const limit = settingOf(setting, seen, desk);
    return typeof limit === 'string' ? limit : null;
  };
  const notBefore = bound(field.notBefore);
  const notAfter = bound(field.notAfter);
  const today = romeDate(now);
  const isPast = notAfter !== null && dayOf(notAfter) <= today;
  let day = today;
  if (!isPast) {
    const first = notBefore !== null && dayOf(notBefore) > today ? dayOf(notBefore) : today;
    day = meetingDay(addDays(first, random.between(1, 5)), calendar);
  } else if (notBefore !== null && dayOf(notBefore) > today) day = dayOf(notBefore);
  if (notAfter !== null && day > dayOf(notAfter)) day = dayOf(notAfter);
  if (field.subtype === 'date') return day;
  if (field.subtype === 'time') return '10:00';
  const instant =
    isPast && day === today ? formatRome(Date.parse(now)) : formatRome(Date.parse(atRome(day, '10:00')));
  return field.localTime ? instant.slice(0, 19) : instant;
}

/** The first day from this one on which people can be called together: a working day, and no feast of any of them. */
export function meetingDay(from: string, calendar: LegalCalendar): string {
  const day = workingDayOnOrAfter(from, calendar);
  return religiousFeast(day) === null ? day : meetingDay(addDays(day, 1), calendar);
}

const dayOf = (moment: string): string =>
  /[zZ]$|[+-]\d\d:\d\d$/.test(moment) ? romeDate(new Date(moment).toISOString()) : moment.slice(0, 10);

function optionsOf(field: FormField, seen: Values, desk: Desk): readonly Json[] {
  if (field.options) return field.options.map(({ value }) => value);
  const computed = field.optionsFrom && desk.ask(field.optionsFrom, seen);
  if (!Array.isArray(computed)) return [];
  return (computed as readonly Json[]).map((it) =>
    typeof it === 'object' && it !== null && 'value' in it ? (it.value ?? null) : it,
  );
}

function settingOf<T extends Json>(setting: Setting<T> | null, seen: Values, desk: Desk): Json {
  if (typeof setting !== 'object' || setting === null || !('expression' in setting)) return setting as Json;
  return desk.ask(setting.expression as Expression, seen);
}

/**
 * The same values with one slip of the pen, as the form itself notices: a required field left empty, or a past date that
 * is still to come. Null: there is nothing to get wrong.
 */
export function withSlip(form: Form, values: Values, { random, now }: Filling): Record<string, Json> | null {
  const filled = form.fields.filter(
    ({ key, required }) => required === true && Object.hasOwn(values, key) && values[key] !== null,
  );
  if (filled.length === 0) return null;
  const field = random.pick(filled);
  const isDate = field.type === 'datetime' && field.subtype === 'date' && field.notAfter !== null;
  return { ...values, [field.key]: isDate ? addDays(romeDate(now), random.between(400, 900)) : null };
}
