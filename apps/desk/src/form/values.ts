import { readLocalTime, toLocal, withOffset } from '../time/local.ts';
import { readOption } from './schema.ts';
import type { Field, Option } from './schema.ts';

export type Values = Readonly<Record<string, unknown>>;

/** What is wrong with a field, as key of a text with its parameters. */
export interface Fault {
  /** Of the field, or of the list that it lies in; '' for the form as a whole. */
  readonly key: string;
  /** Id of the row of a list, and key of the field in it. */
  readonly row?: string;
  readonly field?: string;
  readonly rule:
    | 'required'
    | 'minRows'
    | 'maxRows'
    | 'notUnique'
    | 'minLength'
    | 'maxLength'
    | 'min'
    | 'max'
    | 'pattern'
    | 'number'
    | 'date'
    | 'impossible'
    | 'ambiguous'
    | 'server';
  readonly limit?: number;
  /** The server's name for it. */
  readonly code?: string;
  /** The server's words, or the form's own. */
  readonly message?: string;
  /** Of the words, where it is not the reader's. */
  readonly language?: 'it';
}

/** The values a form opens with: what the case knows, else the field's default, else nothing. */
export function openingValues(fields: readonly Field[], variables: Values): Values {
  return Object.fromEntries(
    fields.map((field) => [field.key, shown(field, variables[field.key] ?? field.defaultValue, variables)]),
  );
}

/** A stored value as its control holds it: instants in the local form that `datetime-local` wants. */
function shown(field: Field, value: unknown, variables: Values): unknown {
  if (field.type === 'checkbox') return value === true;
  if (field.type === 'checklist' || field.type === 'taglist')
    return Array.isArray(value) ? value.map(String).filter((one) => isOffered(field, one, variables)) : [];
  if (field.type === 'filepicker') return Array.isArray(value) ? value : value ? [value] : [];
  if (value === null || value === undefined) return '';
  // What is on no list was not chosen: the form asks as if nothing were known.
  if (!isOffered(field, value, variables)) return '';
  if (field.type === 'datetime' && field.subtype === 'datetime') return toLocal(String(value));
  if (field.type === 'datetime' && field.subtype === 'date') return String(value).slice(0, 10);
  return String(value);
}

/** What a choice is made from: fixed, or a variable. */
export function optionsOf(field: Field, variables: Values): readonly Option[] {
  const from = field.optionsFrom === null ? null : variables[field.optionsFrom];
  return Array.isArray(from) ? from.map((option) => readOption(option)) : field.options;
}

function isOffered(field: Field, value: unknown, variables: Values): boolean {
  const options = optionsOf(field, variables);
  return options.length === 0 || options.some((option) => option.value === String(value));
}

/**
 * Values without the choices that are on no list now: nobody could see them, or take them away.
 * @param values as controls hold them, or as they are sent
 * @returns the same where nothing is to be left out
 */
export function offered(fields: readonly Field[], values: Values, variables: Values): Values {
  const left = fields.flatMap((field): (readonly [string, unknown])[] => {
    const value = values[field.key];
    if (field.readOnly || isBlank(value)) return [];
    if (!Array.isArray(value)) return isOffered(field, value, variables) ? [] : [[field.key, null]];
    const rest = (value as readonly unknown[]).filter((one) => isOffered(field, one, variables));
    return rest.length === value.length ? [] : [[field.key, rest]];
  });
  return left.length === 0 ? values : { ...values, ...Object.fromEntries(left) };
}

/**
 * The values as the API takes them: numbers as numbers, choices as their form stores them, dates and times with the
 * offset of Italy, an emptied field as null. Hidden and read-only fields are not sent.
 * @param variables that choices may be made from
 */
export function sentValues(
  fields: readonly Field[],
  values: Values,
  hidden: ReadonlySet<string>,
  variables: Values,
): Values {
  const sent = fields
    .filter((field) => !field.readOnly && !hidden.has(field.id))
    .map((field) => [field.key, sent1(field, values[field.key], optionsOf(field, variables))] as const);
  return Object.fromEntries(sent);
}

function sent1(field: Field, value: unknown, options: readonly Option[]): unknown {
  const stored = (text: unknown): unknown => {
    const chosen = options.find((option) => option.value === text);
    return chosen ? chosen.stored : text;
  };
  if (field.type === 'checkbox') return value === true;
  if (field.type === 'filepicker')
    return field.multiple ? value : ((Array.isArray(value) ? value[0] : value) ?? null);
  if (Array.isArray(value)) return value.map(stored);
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return null;
  if (field.type === 'number') return Number(text.replace(',', '.'));
  if (field.type === 'datetime' && field.subtype === 'datetime') return withOffset(text);
  return stored(text);
}

/** Whether nothing was filled in. */
export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'string' && value.trim() === '';
}

/** Checks that need no server; the server checks again, and everything. */
export function check(
  fields: readonly Field[],
  values: Values,
  hidden: ReadonlySet<string>,
): readonly Fault[] {
  return fields
    .filter((field) => !field.readOnly && !hidden.has(field.id))
    .flatMap((field) => faultOf(field, values[field.key]) ?? []);
}

function faultOf(field: Field, value: unknown): Fault | null {
  const fault = (rule: Fault['rule'], limit?: number): Fault => ({ key: field.key, rule, limit });
  if (field.type === 'checkbox') return field.required && value !== true ? fault('required') : null;
  if (Array.isArray(value)) return field.required && value.length === 0 ? fault('required') : null;
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return field.required ? fault('required') : null;
  if (field.type === 'number') {
    const amount = Number(text.replace(',', '.'));
    if (!Number.isFinite(amount)) return fault('number');
    if (field.min !== null && amount < field.min) return fault('min', field.min);
    if (field.max !== null && amount > field.max) return fault('max', field.max);
    return null;
  }
  if (field.type === 'datetime' && field.subtype === 'datetime') return faultOfTime(text, fault);
  if (field.minLength !== null && text.length < field.minLength) return fault('minLength', field.minLength);
  if (field.maxLength !== null && text.length > field.maxLength) return fault('maxLength', field.maxLength);
  if (field.pattern !== null && !matches(text, field.pattern))
    return { ...fault('pattern'), ...(field.patternMessage !== null && { message: field.patternMessage }) };
  return null;
}

/** A time that the clocks of Italy skip, or show twice without saying which. */
function faultOfTime(text: string, fault: (rule: Fault['rule']) => Fault): Fault | null {
  const { kind } = readLocalTime(text);
  if (kind === 'plain') return null;
  return fault(kind === 'incomplete' ? 'date' : kind);
}

function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true; // A pattern that the browser cannot read is the server's to judge.
  }
}
