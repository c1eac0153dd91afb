/**
 * The part of the form-js schema that the desk draws.
 * Source: bpmn-io/form-js, packages/form-json-schema.
 */
export const fieldTypes = [
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
] as const;

export type FieldType = (typeof fieldTypes)[number];

export interface Option {
  /** As a control holds it. */
  readonly value: string;
  /** As the API takes it: also yes or no, and numbers. */
  readonly stored: unknown;
  readonly label: string;
  /** All that it is called, in both languages: so may files say it. */
  readonly names: readonly string[];
}

export interface Field {
  readonly kind: 'field';
  readonly id: string;
  readonly type: FieldType;
  readonly key: string;
  readonly label: string;
  /** Its key and what it is called, in both languages: so may the columns of files be headed. */
  readonly names: readonly string[];
  readonly description: string | null;
  readonly options: readonly Option[];
  /** Name of the variable that holds the options; null: they are in `options`. */
  readonly optionsFrom: string | null;
  /** Its choices are entries of a register, which the server offers. */
  readonly ofRegister: boolean;
  /** `datetime` only. */
  readonly subtype: 'date' | 'time' | 'datetime';
  readonly multiple: boolean;
  readonly readOnly: boolean;
  /** FEEL: read-only while it holds; null: `readOnly` says it for good. */
  readonly readOnlyWhen: string | null;
  readonly required: boolean;
  /** FEEL: required while it holds; null: `required` says it for good. */
  readonly requiredWhen: string | null;
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly pattern: string | null;
  /** Says what the pattern asks for. */
  readonly patternMessage: string | null;
  /** Digits after the point; null: whatever. */
  readonly decimals: number | null;
  readonly defaultValue: unknown;
  /** A bound that the server computes, or rows that the case knows, may stand on it: it is checked there when it is left. */
  readonly checked: boolean;
  readonly hideWhen: string | null;
  /** Of 12 columns. */
  readonly columns: number;
}

export interface TextBlock {
  readonly kind: 'text';
  readonly id: string;
  readonly text: string;
  readonly hideWhen: string | null;
  readonly columns: number;
}

export interface Group {
  readonly kind: 'group';
  readonly id: string;
  readonly label: string;
  readonly outline: boolean;
  readonly parts: readonly Part[];
  readonly hideWhen: string | null;
  readonly columns: number;
}

export interface Line {
  readonly kind: 'line';
  readonly id: string;
  readonly hideWhen: string | null;
  readonly columns: number;
}

/** Rows of fields: one question that is answered by a list. */
export interface List {
  readonly kind: 'list';
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
  /** Of one row, as drawn; `fields` are those among them that ask something. */
  readonly parts: readonly Part[];
  readonly fields: readonly Field[];
  readonly minRows: number;
  readonly maxRows: number;
  /** Rows that it opens with when the case knows none. */
  readonly openingRows: number;
  /** Its rows are those that the case knows. */
  readonly fixedRows: boolean;
  readonly readOnly: boolean;
  readonly importCsv: boolean;
  readonly uniqueBy: readonly string[];
  readonly hideWhen: string | null;
  readonly columns: number;
}

/** A component that the desk cannot draw: it says so rather than leaving the question out. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly hideWhen: string | null;
  readonly columns: number;
}

export type Part = Field | TextBlock | Group | Line | List | Unknown;

/** What hands in a value. */
export type Asked = Field | List;

type Raw = Readonly<Record<string, unknown>>;
const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const raw = (value: unknown): Raw => (isRaw(value) ? value : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const number = (value: unknown): number | null => {
  const parsed =
    typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isFinite(parsed) ? parsed : null;
};

/** What a setting computes; null: it is fixed. */
const expression = (setting: unknown): string | null =>
  text(setting).startsWith('=') ? text(setting) : null;

/**
 * Reads a form-js schema (an object, or its JSON text) into what the desk draws.
 * @param language `en` takes the English words that `properties` hold (`labelEn` …), where there are any
 * @returns its parts in order; empty when there is no form
 */
export function readForm(schema: unknown, language = 'it'): readonly Part[] {
  if (typeof schema === 'string') {
    try {
      return readForm(JSON.parse(schema), language);
    } catch {
      return [];
    }
  }
  const read = (component: Raw, at: number) => readPart(component, at, language);
  return list(raw(schema).components).filter(isRaw).map(read);
}

/** What a schema (an object, or its JSON text) calls itself. */
export function idOf(schema: unknown): string {
  if (typeof schema !== 'string') return text(raw(schema).id);
  try {
    return idOf(JSON.parse(schema) as object);
  } catch {
    return '';
  }
}

/** The words of a component in the wanted language; the schema's own otherwise. */
function words(component: Raw, key: string, language: string): string {
  const english = text(raw(component.properties)[`${key}En`]);
  return language === 'en' && english !== '' ? english : text(component[key]);
}

function readPart(component: Raw, at: number, language: string): Part {
  const type = text(component.type);
  const base = {
    id: text(component.id) || text(component.key) || `${type}-${at}`,
    hideWhen: text(raw(component.conditional).hide) || null,
    columns: columnsOf(component),
  };
  if (type === 'text' || type === 'html')
    return { ...base, kind: 'text', text: words(component, 'text', language) || text(component.content) };
  if (type === 'separator' || type === 'spacer') return { ...base, kind: 'line' };
  if (type === 'group')
    return {
      ...base,
      kind: 'group',
      label: words(component, 'label', language),
      outline: component.showOutline === true,
      parts: list(component.components)
        .filter(isRaw)
        .map((inner, n) => readPart(inner, n, language)),
    };
  if (type === 'dynamiclist' && text(component.path) !== '')
    return { ...base, kind: 'list', columns: 12, ...readList(component, language) };
  if (!(fieldTypes as readonly string[]).includes(type) || text(component.key) === '')
    return { ...base, kind: 'unknown', type, label: text(component.label) };
  return { ...base, ...readField(component, type as FieldType, language) };
}

/** Rows that a list may have where the form says nothing, and ever. */
const usualRows = 500;
const mostRows = 5_000;

function readList(component: Raw, language: string): Omit<List, 'kind' | 'id' | 'hideWhen' | 'columns'> {
  const properties = raw(component.properties);
  const minRows = number(properties.minRows) ?? 0;
  const uniqueBy = text(properties.uniqueBy)
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  const isCompared = text(properties.noneOf) !== '' || text(properties.oneOf) !== '';
  const compared = isCompared ? uniqueBy : [];
  const parts = list(component.components)
    .filter(isRaw)
    .map((inner, at) => readPart(inner, at, language))
    .map((part) =>
      part.kind === 'field' && compared.includes(part.key) ? { ...part, checked: true } : part,
    );
  const fixedRows = component.allowAddRemove === false;
  return {
    key: text(component.path),
    label: words(component, 'label', language) || text(component.path),
    description: words(component, 'description', language) || null,
    parts,
    fields: fieldsOf(parts),
    minRows,
    maxRows: Math.min(
      number(properties.maxRows) ?? (text(properties.maxRows) === '' ? usualRows : mostRows),
      mostRows,
    ),
    openingRows: fixedRows ? 0 : Math.min(Math.max(minRows, number(component.defaultRepetitions) ?? 0), 20),
    fixedRows,
    readOnly: component.readonly === true || component.disabled === true,
    importCsv: properties.importCsv === true,
    uniqueBy,
  };
}

function readField(
  component: Raw,
  type: FieldType,
  language: string,
): Omit<Field, 'id' | 'hideWhen' | 'columns'> {
  const rules = raw(component.validate);
  const subtype = text(component.subtype);
  const label = words(component, 'label', language) || text(component.dateLabel) || text(component.timeLabel);
  return {
    kind: 'field',
    type,
    key: text(component.key),
    label: label || text(component.key),
    names: namesOf(component, text(component.key)),
    description: words(component, 'description', language) || null,
    options: list(component.values)
      .filter(isRaw)
      .map((option) => readOption(option, language)),
    optionsFrom: text(component.valuesKey) || text(component.valuesExpression).replace(/^=\s*/, '') || null,
    ofRegister: text(raw(component.properties).register) !== '',
    subtype: subtype === 'time' || subtype === 'datetime' ? subtype : 'date',
    multiple: component.multiple === true,
    readOnly: component.readonly === true || component.disabled === true,
    readOnlyWhen: expression(component.readonly) ?? expression(component.disabled),
    required: rules.required === true,
    requiredWhen: expression(rules.required),
    minLength: number(rules.minLength),
    maxLength: number(rules.maxLength),
    min: number(rules.min),
    max: number(rules.max),
    pattern: text(rules.pattern) || null,
    patternMessage:
      words({ ...rules, properties: component.properties }, 'patternErrorMessage', language) || null,
    decimals: number(component.decimalDigits),
    defaultValue: component.defaultValue,
    checked: isBounded(component),
  };
}

function namesOf(component: Raw, key: string): readonly string[] {
  const labels = [
    component.label,
    component.dateLabel,
    component.timeLabel,
    raw(component.properties).labelEn,
    ...text(raw(component.properties).csvNames).split(','),
  ];
  return [key, ...labels.map((label) => text(label).trim()).filter((label) => label !== '')];
}

/** Whether first or last days stand on a date. */
function isBounded(component: Raw): boolean {
  const { notBefore, notAfter, noneOf, oneOf } = raw(component.properties);
  return (
    [notBefore, notAfter, noneOf, oneOf].some((it) => text(it) !== '') ||
    component.disallowPassedDates === true
  );
}

/** Options of the schema or of a variable: `{label, value}` or plain values. */
export function readOption(entry: unknown, language = 'it'): Option {
  if (!isRaw(entry))
    return { value: String(entry), stored: entry, label: String(entry), names: [String(entry)] };
  const value = String(entry.value ?? '');
  return {
    value,
    stored: entry.value ?? '',
    label: words(entry, 'label', language) || value,
    names: namesOf(entry, value),
  };
}

/** form-js lays out in 16 columns; Bootstrap in 12. */
function columnsOf(component: Raw): number {
  const columns = number(raw(component.layout).columns);
  return columns === null ? 12 : Math.max(3, Math.min(12, Math.round((columns / 16) * 12)));
}

/** Every field of a form, also those inside groups; those of rows are their list's. */
export function fieldsOf(parts: readonly Part[]): readonly Field[] {
  return parts.flatMap((part) =>
    part.kind === 'field' ? [part] : part.kind === 'group' ? fieldsOf(part.parts) : [],
  );
}

/** Every list of a form. */
export function listsOf(parts: readonly Part[]): readonly List[] {
  return parts.flatMap((part) =>
    part.kind === 'list' ? [part] : part.kind === 'group' ? listsOf(part.parts) : [],
  );
}

/** Whatever a form asks, in the order of the drawing. */
export function askedOf(parts: readonly Part[]): readonly Asked[] {
  return parts.flatMap((part): readonly Asked[] =>
    part.kind === 'field' || part.kind === 'list' ? [part] : part.kind === 'group' ? askedOf(part.parts) : [],
  );
}
