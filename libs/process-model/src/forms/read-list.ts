import type { Expression } from '../model.ts';
import { isVariable } from '../read/names.ts';
import type { FormField, FormList, KnownRows, Setting } from './form.ts';
import { isBoolean, isNumber, isText, raw, text } from './raw.ts';
import type { Raw, Report } from './raw.ts';
import { expression, readSetting } from './read-field.ts';

/** Rows that a list may ever have (ADR 0049), and those that it may have where nothing is said. */
export const mostRows = 5_000;
const usualRows = 500;

/**
 * Reads a list: form-js `dynamiclist`, whose `path` names the variable. Beyond form-js its `properties` bound it
 * (`minRows`, `maxRows`), name the fields that tell its rows apart (`uniqueBy`), by which rows that the case knows are refused
 * (`noneOf`) or alone are taken (`oneOf`), and open it to files (`importCsv`).
 * @param fields of a row, as read already
 */
export function readList(
  component: Raw,
  hide: readonly Expression[],
  fields: readonly FormField[],
  add: Report,
): FormList {
  const key = text(component.path);
  const properties = raw(component.properties);
  const fixedRows = component.allowAddRemove === false;
  if (!isVariable(key) || key.length > 100) {
    add(key, 'field-key', `The path of a list is the name of a variable: "${key}" is none.`);
  }
  if (fields.length === 0) add(key, 'form-invalid', 'A list has fields in its rows.');
  if (fields.some((field) => !isVariable(field.key))) {
    add(key, 'field-key', 'The key of a field in a row is the name of an entry.');
  }
  if (!fixedRows && fields.some(({ readOnly }) => readOnly !== false)) {
    add(
      key,
      'form-invalid',
      'Read-only fields stand in rows that the case knows: "allowAddRemove" is false then.',
    );
  }
  const importCsv = properties.importCsv ?? false;
  if (!isBoolean(importCsv)) add(key, 'form-invalid', '"importCsv" is true or false.');
  if (importCsv === true) refuseImport(key, fixedRows, fields, add);
  const readOnly = component.disabled === true || (readSetting(component.readonly, key, 'readonly', isBoolean, add) ?? false); // prettier-ignore
  return Object.freeze({
    id: text(component.id) || key,
    key,
    label: text(component.label) || key,
    labelEn: text(properties.labelEn) || text(component.label) || key,
    hide,
    readOnly,
    fields,
    ...readRows(properties, key, add),
    fixedRows,
    uniqueBy: readUniqueBy(properties.uniqueBy, key, fields, add),
    noneOf: readKnown('noneOf', properties, key, add),
    oneOf: readKnown('oneOf', properties, key, add),
  });
}

function readKnown(what: 'noneOf' | 'oneOf', properties: Raw, key: string, add: Report): KnownRows | null {
  if (properties[what] === undefined) return null;
  if (text(properties.uniqueBy) === '') {
    add(key, 'form-invalid', `"${what}" compares the fields of "uniqueBy".`);
  }
  const rows = expression(properties[what], key, what, add);
  return rows && { rows, message: text(properties[`${what}Message`]) || null };
}

function refuseImport(key: string, fixedRows: boolean, fields: readonly FormField[], add: Report): void {
  if (fixedRows) add(key, 'form-invalid', 'Rows that the case knows are not imported.');
  if (fields.some(({ type }) => type === 'filepicker')) {
    add(key, 'form-invalid', 'A file of rows brings no documents: no "filepicker" with "importCsv".');
  }
}

function readRows(properties: Raw, key: string, add: Report): Pick<FormList, 'minRows' | 'maxRows'> {
  const minRows = readSetting(properties.minRows, key, 'minRows', isNumber, add) ?? 0;
  const maxRows = readSetting(properties.maxRows, key, 'maxRows', isNumber, add) ?? usualRows;
  const fixed = (setting: Setting<number>): setting is number => typeof setting === 'number';
  for (const bound of [minRows, maxRows].filter(fixed)) {
    if (!Number.isInteger(bound) || bound < 0 || bound > mostRows) {
      add(key, 'form-invalid', `A list has 0 to ${mostRows} rows.`);
    }
  }
  if (fixed(minRows) && fixed(maxRows) && minRows > maxRows) {
    add(key, 'form-invalid', '"minRows" is at most "maxRows".');
  }
  return { minRows, maxRows };
}

/** `"employeeRef"`, or several keys that are different together: `"employeeRef, day"`. */
function readUniqueBy(
  value: unknown,
  key: string,
  fields: readonly FormField[],
  add: Report,
): readonly string[] {
  if (value === undefined || value === '') return [];
  const keys = isText(value) ? value.split(',').map((it) => it.trim()) : [];
  if (keys.length === 0 || !keys.every((it) => fields.some((field) => field.key === it))) {
    add(key, 'form-invalid', '"uniqueBy" names fields of the row, separated by commas.');
  }
  return Object.freeze(keys);
}
