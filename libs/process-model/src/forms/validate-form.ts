import type { Expression, Json } from '../model.ts';
import { faultOf } from './field-faults.ts';
import type { Bounds, Fault } from './field-faults.ts';
import type { Form, FormField, Setting } from './form.ts';

/** What a form may know when it is judged. */
export interface FormContext {
  /** The variables that the task sees. */
  readonly variables: Readonly<Record<string, Json>>;
  /** FEEL, as the engine's `env.evaluate`. */
  evaluate(
    expression: Expression,
    context: Readonly<Record<string, Json>>,
  ): { readonly ok: true; readonly value: Json } | { readonly ok: false };
  /**
   * Why no clock in Rome shows this date and time, or why it shows it twice without saying which; null: it is one instant.
   * Absent: times are not judged by clocks.
   */
  clock?(time: string): { readonly code: string; readonly message: string } | null;
}

export interface FormError {
  /** JSON pointer into the values: `/reportReceivedAt`. */
  readonly pointer: string;
  /** Stable, kebab-case. */
  readonly code: string;
  /** Italian sentence for the person at the desk; never repeats the value. */
  readonly message: string;
}

export type FormResult =
  | { readonly ok: true; readonly values: Readonly<Record<string, Json>> }
  | { readonly ok: false; readonly errors: readonly FormError[] };

/**
 * Judges what was filled in, by the form alone: whatever the browser checked is checked again.
 *
 * The form as handed in is the whole truth about its fields: one that is hidden or left empty gives null (a box
 * not ticked gives false), so that nothing of an earlier round remains. Conditions see the form's fields as handed
 * in, hidden ones as null, and beside them the task's variables. A read-only field may be repeated, not changed.
 * @param given what was handed in; a name that is not on the form is refused
 * @returns the values to hand over; or every fault at its place
 */
export function validateForm(
  form: Form,
  given: Readonly<Record<string, Json>>,
  context: FormContext,
): FormResult {
  const errors: FormError[] = [];
  const fault = (key: string, { code, message }: Fault): void => {
    errors.push({ pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, code, message });
  };
  const byKey = new Map(form.fields.map((field) => [field.key, field]));
  for (const key of Object.keys(given)) {
    if (!byKey.has(key)) fault(key, { code: 'field-unknown', message: 'Questo campo non è nel modulo.' });
  }

  const { hidden, seen } = visibility(form, given, context);
  const read = reader(context, seen);
  const values: Record<string, Json> = {};
  for (const field of form.fields) {
    const { key } = field;
    const value = Object.hasOwn(given, key) ? (given[key] ?? null) : null;
    if (hidden.has(key)) {
      if (!isEmpty(value)) {
        fault(key, { code: 'field-hidden', message: `«${field.label}» qui non si compila.` });
      }
      values[key] = null;
    } else if (read(field.readOnly) === true) {
      if (value !== null && !same(value, context.variables[key] ?? null)) {
        fault(key, { code: 'field-read-only', message: `«${field.label}» non si può cambiare.` });
      }
    } else {
      const problem = judge(field, value, read) ?? judgeClock(field, value, context);
      if (problem) fault(key, problem);
      values[key] = isEmpty(value) ? (field.type === 'checkbox' ? false : null) : value;
    }
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values };
}

type Read = <T extends Json>(setting: Setting<T> | null) => Json;

function reader(context: FormContext, seen: Readonly<Record<string, Json>>): Read {
  return (setting) => {
    if (typeof setting !== 'object' || setting === null || !('expression' in setting)) return setting as Json;
    const result = context.evaluate(setting.expression as Expression, seen);
    return result.ok ? result.value : null;
  };
}

/** Which fields are hidden, and what conditions see then. Fields may hide one another: until nothing changes. */
function visibility(
  form: Form,
  given: Readonly<Record<string, Json>>,
  context: FormContext,
): { hidden: ReadonlySet<string>; seen: Readonly<Record<string, Json>> } {
  let hidden: ReadonlySet<string> = new Set();
  for (let round = 0; ; round++) {
    const seen: Record<string, Json> = { ...context.variables };
    for (const { key, readOnly } of form.fields) {
      // Read-only, now or perhaps: what the case knows stands, as it is not handed in.
      if (readOnly !== false && !hidden.has(key) && !Object.hasOwn(given, key)) continue;
      seen[key] = hidden.has(key) || !Object.hasOwn(given, key) ? null : (given[key] ?? null);
    }
    const next = new Set<string>();
    for (const { key, hide } of form.fields) {
      const isHidden = hide.some((expression) => {
        const result = context.evaluate(expression, seen);
        return result.ok && result.value === true;
      });
      if (isHidden) next.add(key);
    }
    const settled = next.size === hidden.size && [...next].every((key) => hidden.has(key));
    if (settled || round > form.fields.length) return { hidden, seen };
    hidden = next;
  }
}

/** A date with a time is an instant, which the clocks must have shown, and once. */
function judgeClock(field: FormField, value: Json, { clock }: FormContext): Fault | null {
  const isTime = field.type === 'datetime' && field.subtype === 'datetime';
  return isTime && typeof value === 'string' && clock ? clock(value) : null;
}

function judge(field: FormField, value: Json, read: Read): Fault | null {
  const required = read(field.required) === true;
  const missing = field.type === 'checkbox' ? required && value !== true : isEmpty(value);
  if (missing) {
    return required ? { code: 'required', message: `«${field.label}» è obbligatorio.` } : null;
  }
  if (value === null) return null;
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
    options: optionsOf(field, field.optionsFrom ? read({ expression: field.optionsFrom }) : null),
  };
  return faultOf(field, value, bounds);
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

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
