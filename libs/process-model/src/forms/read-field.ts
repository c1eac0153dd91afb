import { readExpression } from '@iter/feel';
import { choiceRegisters } from '../model.ts';
import type { Expression, Json } from '../model.ts';
import { isVariable, isVariablePath } from '../read/names.ts';
import { isRule } from '../rules.ts';
import type { FormField, FormOption, Setting } from './form.ts';
import { isBoolean, isNumber, isText, list, raw, text } from './raw.ts';
import type { Raw, Report } from './raw.ts';
import { safePattern } from './safe-pattern.ts';

export type FieldType = FormField['type'];

export const fieldTypes: ReadonlySet<string> = new Set<FieldType>([
  'textfield',
  'textarea',
  'number',
  'checkbox',
  'checklist',
  'taglist',
  'radio',
  'select',
  'datetime',
  'filepicker',
]);
const chooses = new Set(['checklist', 'taglist', 'radio', 'select']);
const emailPattern = '^[^\\s@]+@[^\\s@.]+[.][^\\s@]+$';
const phonePattern = '^[+]?[0-9 ().\\/-]{3,30}$';

/** Reads one field; what is wrong with it is added. */
export function readField(
  component: Raw,
  type: FieldType,
  hide: readonly Expression[],
  add: Report,
): FormField {
  const key = text(component.key);
  const id = text(component.id) || key;
  // What is never handed in may be a part of a variable.
  if (!(component.disabled === true ? isVariablePath(key) : isVariable(key)) || key.length > 100) {
    add(id, 'field-key', `The key of a field is the name of a variable: "${key}" is none.`);
  }
  const rules = raw(component.validate);
  const properties = raw(component.properties);
  const setting = <T extends Json>(
    value: unknown,
    what: string,
    is: (it: unknown) => it is T,
  ): Setting<T> | null => readSetting(value, key, what, is, add);
  const pattern = patternOf(type, rules);
  const compiled = pattern === null ? null : safePattern(pattern);
  if (typeof compiled === 'string') add(key, 'pattern-unsafe', compiled);
  const label = text(component.label) || text(component.dateLabel) || text(component.timeLabel) || key;
  const notBefore = properties.notBefore ?? (component.disallowPassedDates === true ? '=today()' : undefined);
  return Object.freeze({
    type,
    id,
    key,
    label,
    labelEn: text(properties.labelEn) || label,
    hide,
    readOnly:
      component.disabled === true ? true : (setting(component.readonly, 'readonly', isBoolean) ?? false),
    required: setting(rules.required, 'required', isBoolean) ?? false,
    minLength: setting(rules.minLength, 'minLength', isNumber),
    maxLength: setting(rules.maxLength, 'maxLength', isNumber),
    min: setting(rules.min, 'min', isNumber),
    max: setting(rules.max, 'max', isNumber),
    pattern: compiled instanceof RegExp ? compiled : null,
    patternMessage: text(rules.patternErrorMessage) || null,
    decimals: isNumber(component.decimalDigits) ? component.decimalDigits : null,
    asText: component.serializeToString === true,
    subtype: type === 'datetime' ? subtypeOf(component, key, add) : null,
    localTime: component.timeSerializingFormat === 'no_timezone',
    notBefore: setting(notBefore, 'notBefore', isText),
    notAfter: setting(properties.notAfter, 'notAfter', isText),
    noneOf: properties.noneOf === undefined ? null : expression(properties.noneOf, key, 'noneOf', add),
    noneOfMessage: text(properties.noneOfMessage) || null,
    oneOf: properties.oneOf === undefined ? null : expression(properties.oneOf, key, 'oneOf', add),
    oneOfMessage: text(properties.oneOfMessage) || null,
    ...readOptions(component, type, key, add),
    multiple: component.multiple === true,
  });
}

function patternOf(type: FormField['type'], rules: Raw): string | null {
  if (type !== 'textfield' && type !== 'textarea') return null;
  if (rules.validationType === 'email') return emailPattern;
  if (rules.validationType === 'phone') return phonePattern;
  return text(rules.pattern) || null;
}

function subtypeOf(component: Raw, key: string, add: Report): 'date' | 'time' | 'datetime' {
  const subtype = component.subtype ?? 'date';
  if (subtype === 'date' || subtype === 'time' || subtype === 'datetime') return subtype;
  add(key, 'form-invalid', 'The subtype of a date field is "date", "time" or "datetime".');
  return 'date';
}

function readOptions(
  component: Raw,
  type: FormField['type'],
  key: string,
  add: Report,
): Pick<FormField, 'options' | 'optionsFrom' | 'register' | 'offer'> {
  const none = { options: null, optionsFrom: null, register: null, offer: null };
  if (!chooses.has(type)) return none;
  const properties = raw(component.properties);
  if (properties.register !== undefined)
    return { ...none, ...readRegister(properties, component, type, key, add) };
  const from = component.valuesExpression ?? component.valuesKey;
  if (from !== undefined) return { ...none, optionsFrom: expression(from, key, 'values', add) };
  const options = list(component.values).flatMap((it): FormOption[] => {
    const option = raw(it);
    const { value } = option;
    return isText(value) || isNumber(value) || isBoolean(value) ? [{ value, label: text(option.label) }] : [];
  });
  if (options.length === 0 || options.length !== list(component.values).length) {
    add(key, 'options-missing', 'A choice needs options, each with a value and a label.');
  }
  return { ...none, options: Object.freeze(options) };
}

/** An entry of a register is chosen. */
function readRegister(
  properties: Raw,
  component: Raw,
  type: FormField['type'],
  key: string,
  add: Report,
): Pick<FormField, 'register' | 'offer'> {
  const register = choiceRegisters.find((it) => it === properties.register) ?? null;
  if (register === null || type !== 'select') {
    add(key, 'form-invalid', `"register" is one of ${choiceRegisters.join(', ')}, on a select.`);
  }
  if (
    list(component.values).length > 0 ||
    (component.valuesExpression ?? component.valuesKey) !== undefined
  ) {
    add(key, 'form-invalid', 'Who chooses from a register is given no other values.');
  }
  const offer = properties.offer === undefined ? null : expression(properties.offer, key, 'offer', add);
  return { register, offer };
}

/** A setting that is fixed or computed; null: there is none, or none that can be read. */
export function readSetting<T extends Json>(
  value: unknown,
  key: string,
  what: string,
  is: (it: unknown) => it is T,
  add: Report,
): Setting<T> | null {
  if (value === undefined || value === null || value === '') return null;
  if (isText(value) && value.trim().startsWith('=')) {
    const read = expression(value, key, what, add);
    return read && { expression: read };
  }
  if (is(value)) return value;
  const number = isText(value) ? Number(value) : NaN;
  if (is(number) && Number.isFinite(number)) return number;
  add(key, 'form-invalid', `"${what}" has a value of another kind, or is an expression without "=".`);
  return null;
}

export function expression(value: unknown, key: string, what: string, add: Report): Expression | null {
  const read = readExpression(text(value), { plainString: false });
  if (read.ok) return read.expression;
  add(key, isRule(read.rule) ? read.rule : 'feel-syntax', `"${what}": ${read.message}`);
  return null;
}
