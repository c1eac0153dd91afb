import type { ChoiceRegister, Expression, Json, Label } from '../model.ts';
import { faultOf, isRequired, ofLabel } from './field-faults.ts';
import type { Bounds, Fault } from './field-faults.ts';
import type { FormField, Setting } from './form.ts';

export type Values = Readonly<Record<string, Json>>;

/** What judging knows and where it says what is wrong. */
export interface Judge {
  /** FEEL; what cannot be evaluated is null. */
  ask(expression: Expression, seen: Values): Json;
  /**
   * What the case has, by an expression that sees its variables alone: asked once, however many rows there are.
   * @returns null: no list, nobody knows
   */
  held(expression: Expression): ReadonlySet<Json> | null;
  clock: ((time: string) => Fault | null) | null;
  /** Whether a register has this entry for whoever hands it in. */
  isOnRegister(register: ChoiceRegister, entry: string, offer: Expression | null): boolean;
  fault(pointer: string, fault: Fault): void;
}

/** Whatever can be hidden: a field, a list. */
interface Hideable {
  readonly key: string;
  readonly hide: readonly Expression[];
  readonly readOnly: Setting<boolean>;
}

/**
 * Judges the fields of a form, or of one row of a list.
 * @param given as handed in, texts without the blanks around them
 * @param known what stands already: the task's variables, or the row as the case has it
 * @param pointer of what holds the fields; '' for the form
 * @returns the values to hand over
 */
export function judgeFields(
  fields: readonly FormField[],
  given: Values,
  sight: Sight,
  known: Values,
  judge: Judge,
  pointer = '',
): Record<string, Json> {
  const values: Record<string, Json> = {};
  const read = reader(judge, sight.seen);
  for (const field of fields) {
    const { key } = field;
    const value = valueOf(given, key);
    const closed = closedTo(value, field, sight, known, judge, pointer);
    if (closed === 'hidden') values[key] = null;
    if (closed === null) {
      const problem = faultsOf(field, value, read, judge) ?? clockOf(field, value, judge);
      if (problem) judge.fault(`${pointer}/${pointerPart(key)}`, problem);
      values[key] = isEmpty(value) ? (field.type === 'checkbox' ? false : null) : value;
    }
  }
  return values;
}

/**
 * Why a field or list takes nothing as things are; what is handed in for it all the same is a fault, unless it repeats what
 * may be read there.
 * @returns null: it takes what is handed in
 */
export function closedTo(
  value: Json,
  field: Pick<FormField, 'key' | 'label' | 'labelEn' | 'readOnly'>,
  { seen, hidden }: Sight,
  known: Values,
  judge: Judge,
  pointer = '',
): 'hidden' | 'read-only' | null {
  const { key, readOnly } = field;
  const fault = (code: string, what: Label): void =>
    judge.fault(`${pointer}/${pointerPart(key)}`, { code, message: ofLabel(field, what) });
  if (hidden.has(key)) {
    if (!isEmpty(value)) fault('field-hidden', { it: 'qui non si compila', en: 'is not filled in here' });
    return 'hidden';
  }
  if (reader(judge, seen)(readOnly) !== true) return null;
  if (value !== null && !same(value, known[key] ?? null))
    fault('field-read-only', { it: 'non si può cambiare', en: 'cannot be changed' });
  return 'read-only';
}

/** What conditions see, and which keys they hide. */
export interface Sight {
  readonly seen: Values;
  readonly hidden: ReadonlySet<string>;
}

/**
 * Which fields are hidden, and what conditions see then. Fields may hide one another: until nothing changes.
 * @param around what is seen beside what is handed in
 */
export function sightOf(all: readonly Hideable[], given: Values, around: Values, judge: Judge): Sight {
  let hidden: ReadonlySet<string> = new Set();
  for (let round = 0; ; round++) {
    const seen: Record<string, Json> = { ...around };
    for (const { key, readOnly } of all) {
      // Read-only, now or perhaps: what is known stands, as it is not handed in.
      if (readOnly !== false && !hidden.has(key) && !Object.hasOwn(given, key)) continue;
      seen[key] = hidden.has(key) ? null : valueOf(given, key);
    }
    const next = new Set<string>();
    for (const { key, hide } of all) {
      if (hide.some((expression) => judge.ask(expression, seen) === true)) next.add(key);
    }
    const settled = next.size === hidden.size && [...next].every((key) => hidden.has(key));
    if (settled || round > all.length) return { hidden, seen };
    hidden = next;
  }
}

export type Read = <T extends Json>(setting: Setting<T> | null) => Json;

/** Reads settings as they are now. */
export function reader(judge: Judge, seen: Values): Read {
  return (setting) => {
    if (typeof setting !== 'object' || setting === null || !('expression' in setting)) return setting as Json;
    return judge.ask(setting.expression as Expression, seen);
  };
}

/** A name as a part of a JSON pointer (RFC 6901). */
export const pointerPart = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

export const valueOf = (given: Values, key: string): Json =>
  Object.hasOwn(given, key) ? (given[key] ?? null) : null;

export function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A date with a time is an instant, which the clocks must have shown, and once. */
function clockOf(field: FormField, value: Json, { clock }: Judge): Fault | null {
  const isTime = field.type === 'datetime' && field.subtype === 'datetime';
  return isTime && typeof value === 'string' && clock ? clock(value) : null;
}

function faultsOf(field: FormField, value: Json, read: Read, judge: Judge): Fault | null {
  const required = read(field.required) === true;
  const missing = field.type === 'checkbox' ? required && value !== true : isEmpty(value);
  if (missing) {
    return required ? { code: 'required', message: ofLabel(field, isRequired) } : null;
  }
  if (value === null) return null;
  const unregistered = field.register !== null && entryFault(field, field.register, value, judge);
  if (unregistered) return unregistered;
  const number = (setting: Setting<number> | null): number | null => {
    const limit = read(setting);
    return typeof limit === 'number' ? limit : null;
  };
  const date = (setting: Setting<string> | null): string | null => {
    const limit = read(setting);
    return typeof limit === 'string' ? limit : null;
  };
  const bounds: Bounds = {
    minLength: number(field.minLength),
    maxLength: number(field.maxLength),
    min: number(field.min),
    max: number(field.max),
    notBefore: date(field.notBefore),
    notAfter: date(field.notAfter),
    taken: field.noneOf && judge.held(field.noneOf),
    known: field.oneOf && judge.held(field.oneOf),
    options: optionsOf(field, field.optionsFrom ? read({ expression: field.optionsFrom }) : null),
  };
  return faultOf(field, value, bounds);
}

/** What is on a register but not to be seen is told like what is on none. */
function entryFault(
  { label, labelEn, offer }: FormField,
  register: ChoiceRegister,
  value: Json,
  judge: Judge,
): Fault | null {
  if (typeof value === 'string' && judge.isOnRegister(register, value, offer)) return null;
  return {
    code: 'not-on-register',
    message: {
      it: `«${label}»: scegliere una delle voci proposte.`,
      en: `“${labelEn}”: choose one of the entries offered.`,
    },
  };
}

/** The values to choose from; null: none are known, and any text will do. */
function optionsOf(field: FormField, computed: Json): readonly Json[] | null {
  if (field.options) return field.options.map(({ value }) => value);
  if (!field.optionsFrom) return null;
  if (!Array.isArray(computed)) return [];
  return (computed as readonly Json[]).map((it) =>
    typeof it === 'object' && it !== null && 'value' in it ? (it.value ?? null) : it,
  );
}
