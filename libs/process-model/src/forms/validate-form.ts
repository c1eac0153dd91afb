import type { ChoiceRegister, Expression, Json, Said } from '../model.ts';
import type { Fault } from './field-faults.ts';
import type { Form } from './form.ts';
import { closedTo, pointerPart, judgeFields, sightOf, valueOf } from './judge-fields.ts';
import type { Judge, Values } from './judge-fields.ts';
import { judgeList, mostListChars } from './judge-list.ts';

/** What a form may know when it is judged. */
export interface FormContext {
  /** The variables that the task sees. */
  readonly variables: Readonly<Record<string, Json>>;
  /** FEEL, as the engine's `env.evaluate`. */
  evaluate(
    expression: Expression,
    context: Readonly<Record<string, Json>>,
  ): { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly code?: string };
  /**
   * Why no clock in Rome shows this date and time, or why it shows it twice without saying which; null: it is one instant.
   * Absent: times are not judged by clocks.
   */
  clock?(time: string): Fault | null;
  /**
   * Whether a register has this entry for whoever hands it in; where no rule of the process could say why not, also whether
   * it fits `offer`. Absent: what registers have is for others to judge.
   */
  isOnRegister?(register: ChoiceRegister, entry: string, offer: Expression | null): boolean;
}

export interface FormError {
  /** JSON pointer into the values: `/reportReceivedAt`, `/members/3/name`. */
  readonly pointer: string;
  /** Stable, kebab-case. */
  readonly code: string;
  /** For the person at the desk; never repeats the value. What the form itself says is Italian alone. */
  readonly message: Said;
}

export type FormResult =
  | { readonly ok: true; readonly values: Readonly<Record<string, Json>> }
  | { readonly ok: false; readonly errors: readonly FormError[] };

/** Errors that are told one by one; the others are counted. */
const mostErrors = 200;

/**
 * Judges what was filled in, by the form alone: whatever the browser checked is checked again.
 *
 * The form as handed in is the whole truth about its fields: one that is hidden or left empty gives null (a box
 * not ticked gives false, a list without rows an empty list), so that nothing of an earlier round remains. Conditions
 * see the form's fields as handed in, hidden ones as null, and beside them the task's variables; those of a row see the
 * row's own values first. A read-only field may be repeated, not changed. What cannot be computed within the bounds of
 * a command is refused, never passed over. Texts are handed over without the blanks around them.
 * @param given what was handed in; a name that is not on the form is refused
 * @returns the values to hand over; or every fault at its place
 */
export function validateForm(
  form: Form,
  given: Readonly<Record<string, Json>>,
  context: FormContext,
): FormResult {
  const { variables } = context;
  const { judge, errors, finish } = judging(context);
  const all = [...form.fields, ...form.lists];
  const byKey = new Set(all.map(({ key }) => key));
  for (const key of Object.keys(given)) {
    if (byKey.has(key)) continue;
    judge.fault(`/${pointerPart(key)}`, {
      code: 'field-unknown',
      message: { it: 'Questo campo non è nel modulo.', en: 'This field is not on the form.' },
    });
  }
  if (listsTooLarge(form, given, judge)) return { ok: false, errors: finish() };

  const handed = asHandedOver(given);
  const seen = { ...handed, ...rowsAsTheyStand(form, handed, variables) };
  const sight = sightOf(all, seen, variables, judge);
  const values = judgeFields(form.fields, handed, sight, variables, judge);
  for (const list of form.lists) {
    const { key } = list;
    const value = valueOf(handed, key);
    const closed = closedTo(value, list, sight, variables, judge);
    if (closed === 'hidden') values[key] = null;
    if (closed === null) values[key] = judgeList(list, value, variables[key] ?? null, sight.seen, judge);
  }
  finish();
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values };
}

/**
 * Blanks around a text say nothing, and a text of blanks is none, also in the rows of lists: with them one code would count as
 * two, and conditions would see what is not handed over.
 */
const asHandedOver = (given: Values): Values =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key, withoutMargins(value)]));

function withoutMargins(value: Json): Json {
  if (typeof value === 'string') return value.trim() || null;
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).map((row) => (isRow(row) ? asHandedOver(row) : row));
}

const isRow = (it: unknown): it is Values => typeof it === 'object' && it !== null && !Array.isArray(it);

/** Fixed rows with what the case has of them beneath what is handed in: answers that are only read are not said again. */
function rowsAsTheyStand({ lists }: Form, given: Values, variables: Values): Values {
  const laid = lists.flatMap(({ key, fixedRows }): (readonly [string, Json])[] => {
    const [rows, known] = [valueOf(given, key), valueOf(variables, key)];
    if (!fixedRows || !Array.isArray(rows) || !Array.isArray(known)) return [];
    return [[key, (rows as readonly Json[]).map((row, at) => lay(row, (known as readonly Json[])[at]))]];
  });
  return Object.fromEntries(laid);

  function lay(row: Json, known: Json | undefined): Json {
    return isRow(row) && isRow(known) ? { ...known, ...row } : row;
  }
}

function listsTooLarge({ lists }: Form, given: Readonly<Record<string, Json>>, judge: Judge): boolean {
  const chars = lists.map(({ key }) => JSON.stringify(valueOf(given, key)).length);
  if (chars.reduce((sum, it) => sum + it, 0) <= mostListChars) return false;
  const largest = lists[chars.indexOf(Math.max(...chars))];
  const message = {
    it: `«${largest?.label ?? ''}» è troppo grande: gli elenchi di un modulo hanno insieme al massimo ${mostListChars / 1024} KiB.`,
    en: `“${largest?.labelEn ?? ''}” is too large: the lists of a form have at most ${mostListChars / 1024} KiB together.`,
  };
  judge.fault(`/${pointerPart(largest?.key ?? '')}`, { code: 'list-too-large', message });
  return true;
}

function judging({ variables, evaluate, clock, isOnRegister = () => true }: FormContext): {
  readonly judge: Judge;
  readonly errors: readonly FormError[];
  /** Adds what is to be said in the end. */
  finish(): readonly FormError[];
} {
  const errors: FormError[] = [];
  let more = 0;
  let exhausted = false;
  const held = new Map<Expression, ReadonlySet<Json> | null>();
  const ask = (expression: Expression, seen: Readonly<Record<string, Json>>): Json => {
    const result = evaluate(expression, seen);
    if (result.ok) return result.value;
    if (result.code === 'expression-timeout' || result.code === 'expression-too-large') exhausted = true;
    return null;
  };
  return {
    errors,
    judge: {
      ask,
      held(expression) {
        const known = held.get(expression);
        if (known !== undefined) return known;
        const found = ask(expression, variables);
        const values = Array.isArray(found) ? new Set(found as readonly Json[]) : null;
        held.set(expression, values);
        return values;
      },
      clock: clock ? (time) => clock(time) : null,
      isOnRegister,
      fault(pointer, { code, message }) {
        if (errors.length < mostErrors) errors.push({ pointer, code, message });
        else more++;
      },
    },
    finish() {
      if (more > 0) {
        errors.push({
          pointer: '',
          code: 'more-errors',
          message: { it: `Ci sono altri ${more} errori.`, en: `There are ${more} more errors.` },
        });
      }
      if (exhausted) {
        const message = {
          it: 'Il modulo non si è potuto controllare per intero: i dati sono troppi per le sue regole.',
          en: 'The form could not be checked as a whole: there are too many values for its rules.',
        };
        errors.push({ pointer: '', code: 'form-too-costly', message });
      }
      return errors;
    },
  };
}
