import { readExpression } from '@iter/feel';
import type { Expression, Json, Problem } from '../model.ts';
import { isVariable, isVariablePath } from '../read/names.ts';
import { isRule } from '../rules.ts';
import type { Rule } from '../rules.ts';
import type { Form, FormField, FormOption, Setting } from './form.ts';
import { safePattern } from './safe-pattern.ts';

type Raw = Readonly<Record<string, unknown>>;

export interface ReadForm {
  /** Null when there is an error among the problems. */
  readonly form: Form | null;
  readonly problems: readonly Problem[];
}

const limits = { components: 500, depth: 10, bytes: 512 * 1024 } as const;
const fieldTypes = new Set<string>([
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
const shownOnly = new Set(['text', 'html', 'separator', 'spacer']);
const chooses = new Set(['checklist', 'taglist', 'radio', 'select']);
const emailPattern = '^[^\\s@]+@[^\\s@.]+[.][^\\s@]+$';
const phonePattern = '^[+]?[0-9 ().\\/-]{3,30}$';

/**
 * Reads a form: the JSON schema of form-js, as its editors write it. A component that the server could not judge
 * is refused here, so that nothing on a form is ever ignored.
 * @param source the JSON text, or what it says
 * Source: bpmn-io/form-js, packages/form-json-schema
 */
export function readForm(source: unknown, options: { readonly file?: string } = {}): ReadForm {
  const problems: Problem[] = [];
  const add: Report = (element, rule, message) => {
    const file = options.file === undefined ? {} : { file: options.file };
    problems.push({ severity: 'error', ...file, line: 1, column: 1, element, rule, message });
  };
  const root = parse(source, add);
  if (!root) return { form: null, problems };
  const id = text(root.id);
  if (root.type !== undefined && root.type !== 'default')
    add(id, 'form-invalid', 'The type of a form is "default".');
  if (!/^[A-Za-z_][\w.-]*$/.test(id))
    add(id, 'form-id', 'A form needs an id of letters, digits, "_", "-" and ".".');
  if (!Array.isArray(root.components)) add(id, 'form-invalid', 'A form has a list of components.');
  const fields: FormField[] = [];
  readComponents(list(root.components), [], 1, fields, { seen: 0 }, add);
  const keys = fields.map(({ key }) => key);
  for (const key of new Set(keys.filter((it, i) => keys.indexOf(it) !== i))) {
    add(key, 'field-duplicate', `Two fields hand in "${key}": which one counts?`);
  }
  const form = Object.freeze({ id, name: text(root.name) || id, fields: Object.freeze(fields) });
  return { form: problems.length > 0 ? null : form, problems };
}

type Report = (element: string, rule: Rule, message: string) => void;

function parse(source: unknown, add: Report): Raw | null {
  let value = source;
  if (typeof source === 'string') {
    if (source.length > limits.bytes) {
      add('', 'form-too-large', `A form has at most ${limits.bytes / 1024} KiB.`);
      return null;
    }
    try {
      value = JSON.parse(source);
    } catch (error) {
      add('', 'form-invalid', `This is no JSON: ${error instanceof Error ? error.message : 'unreadable'}.`);
      return null;
    }
  }
  if (isRaw(value)) return value;
  add('', 'form-invalid', 'A form is a JSON object.');
  return null;
}

function readComponents(
  components: readonly unknown[],
  hide: readonly Expression[],
  depth: number,
  fields: FormField[],
  count: { seen: number },
  add: Report,
): void {
  for (const component of components) {
    if (++count.seen === limits.components || depth > limits.depth) {
      add(
        '',
        'form-too-large',
        `A form has at most ${limits.components} components, ${limits.depth} groups deep.`,
      );
    }
    if (count.seen >= limits.components || depth > limits.depth) return;
    if (!isRaw(component)) {
      add('', 'form-invalid', 'A component is a JSON object.');
      continue;
    }
    const type = text(component.type);
    const name = text(component.key) || text(component.id) || type;
    const condition = raw(component.conditional).hide;
    const own = condition === undefined ? [] : [expression(condition, name, 'conditional.hide', add)];
    const hidden = [...hide, ...own.filter((it) => it !== null)];
    if (type === 'group') {
      if (text(component.path) !== '') {
        add(
          name,
          'unsupported-component',
          'A group with a path is not supported: its fields name their variables.',
        );
      }
      readComponents(list(component.components), hidden, depth + 1, fields, count, add);
    } else if (fieldTypes.has(type))
      fields.push(readField(component, type as FormField['type'], hidden, add));
    else if (!shownOnly.has(type)) {
      add(name, 'unsupported-component', `A component of type "${type}" is not supported.`);
    }
  }
}

function readField(
  component: Raw,
  type: FormField['type'],
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
  const notBefore = properties.notBefore ?? (component.disallowPassedDates === true ? '=today()' : undefined);
  return Object.freeze({
    type,
    id,
    key,
    label: text(component.label) || text(component.dateLabel) || text(component.timeLabel) || key,
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
): Pick<FormField, 'options' | 'optionsFrom'> {
  if (!chooses.has(type)) return { options: null, optionsFrom: null };
  const from = component.valuesExpression ?? component.valuesKey;
  if (from !== undefined) return { options: null, optionsFrom: expression(from, key, 'values', add) };
  const options = list(component.values).flatMap((it): FormOption[] => {
    const option = raw(it);
    const { value } = option;
    return isText(value) || isNumber(value) || isBoolean(value) ? [{ value, label: text(option.label) }] : [];
  });
  if (options.length === 0 || options.length !== list(component.values).length) {
    add(key, 'options-missing', 'A choice needs options, each with a value and a label.');
  }
  return { options: Object.freeze(options), optionsFrom: null };
}

function readSetting<T extends Json>(
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

function expression(value: unknown, key: string, what: string, add: Report): Expression | null {
  const read = readExpression(text(value), { plainString: false });
  if (read.ok) return read.expression;
  add(key, isRule(read.rule) ? read.rule : 'feel-syntax', `"${what}": ${read.message}`);
  return null;
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
const raw = (value: unknown): Raw => (isRaw(value) ? value : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
