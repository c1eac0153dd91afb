import type { Principal } from '@iter/access';
import type { Key, Variables } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import type { ChoiceRegister, Expression, Form, FormField, Json } from '@iter/process-model';
import type { CommandRejection } from '../outcome.ts';
import type { CasePorts, Choice } from '../ports.ts';
import { evaluatorFor } from './env.ts';

/** A field in which an entry of a register is chosen, by whom and for whose case. */
export interface ChoicesQuestion {
  readonly principal: Principal;
  /** Hash of the definition that the form is of. */
  readonly definition: string;
  readonly formId: string;
  /** Key of the field; of one in a row, the list's and its own: `needs.needRef`. */
  readonly field: string;
  readonly comune: string;
  /** The open task that asks it, whose variables the form's offer may read. */
  readonly task?: { readonly caseId: string; readonly key: Key };
  /** Words that narrow what is offered. */
  readonly text?: string;
  /** Chosen already: told as well, whatever the words, as long as it may be seen. */
  readonly chosen?: string;
}

export interface OfferedChoices {
  readonly items: readonly Choice[];
  /** What was chosen already; null: nothing, or nothing that may be seen. */
  readonly chosen: Choice | null;
  /** There are others: more words find them. */
  readonly hasMore: boolean;
}

/** So many are offered at once. */
export const mostChoices = 50;
/** So many entries are looked at first for what a form offers of them, and at most. */
const firstSeen = 500;
const mostSeen = 50_000;

/**
 * What a field that chooses from a register offers somebody: entries that they may see and that the form offers, the latest
 * first. Nothing is recorded: lists say no more.
 * @param seen variables of the task that asks it
 */
export async function offerChoices(
  ports: CasePorts,
  { principal, definition, formId, field, comune, text, chosen }: ChoicesQuestion,
  seen: Variables = {},
): Promise<OfferedChoices | CommandRejection> {
  const form = ports.definitions.readForm(definition, formId);
  const asked = form && fieldCalled(form, field);
  if (!asked?.register)
    return {
      code: 'definition-not-found',
      message: { it: 'Il modulo non ha questa scelta.', en: 'The form has no such choice.' },
    };
  const { register, offer } = asked;
  const now = ports.clock.now();
  const about = { register, principal, on: romeDate(now) };
  const isOffered = offered(ports, now, comune, seen);
  let fitting: readonly Choice[] = [];
  let isAll = false;
  // What is offered may stand behind many entries that are not: Provinces behind all their Comuni.
  for (let limit = firstSeen; !isAll && fitting.length <= mostChoices && limit <= mostSeen; limit *= 10) {
    const found = await ports.registers.choices({
      ...{ ...about, limit },
      ...(text !== undefined && { text }),
    });
    fitting = found.filter((choice) => isOffered(choice, offer));
    isAll = found.length < limit;
  }
  const items = fitting.slice(0, mostChoices);
  return { items, chosen: await chosenOne(), hasMore: !isAll || fitting.length > items.length };

  async function chosenOne(): Promise<Choice | null> {
    if (chosen === undefined || chosen === '') return null;
    const known = items.find(({ value }) => value === chosen);
    return known ?? (await ports.registers.choices({ ...about, called: [chosen] }))[0] ?? null;
  }
}

/** Whether a form offers an entry, for cases of this body, by what the form sees. */
const offered = (ports: CasePorts, now: string, comune: string, seen: Variables = {}) => {
  const evaluate = evaluatorFor(ports, now, comune);
  return ({ entry }: Choice, offer: Expression | null): boolean => {
    if (!offer) return true;
    const answer = evaluate(offer, { ...seen, entry, comune });
    return answer.ok && answer.value === true;
  };
};

function fieldCalled({ fields, lists }: Form, name: string): FormField | undefined {
  const [list, key] = name.split('.');
  const among = key === undefined ? fields : (lists.find((it) => it.key === list)?.fields ?? []);
  return among.find((it) => it.key === (key ?? list));
}

/**
 * Which of the entries that a form hands in are on the registers that they are chosen from, for whoever hands them in; asked
 * once for each register. What an entry is called beside its value may be written in capitals or not.
 * @param alsoOffered whether they must fit what the form offers, too
 */
export async function entriesOnRegisters(
  ports: CasePorts,
  form: Form,
  given: Readonly<Record<string, Json>>,
  { principal, comune, alsoOffered }: { principal: Principal; comune: string; alsoOffered: boolean },
): Promise<(register: ChoiceRegister, entry: string, offer: Expression | null) => boolean> {
  const called = new Map<ChoiceRegister, Set<string>>();
  const note = (fields: readonly FormField[], values: Json): void => {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return;
    for (const { register, key } of fields) {
      const value = (values as Readonly<Record<string, Json>>)[key];
      if (register === null || typeof value !== 'string' || value === '') continue;
      called.set(register, (called.get(register) ?? new Set()).add(value));
    }
  };
  note(form.fields, given);
  for (const { key, fields } of form.lists) {
    const rows = given[key];
    if (Array.isArray(rows) && fields.some(({ register }) => register !== null)) {
      for (const row of rows as readonly Json[]) note(fields, row);
    }
  }
  const now = ports.clock.now();
  const on = romeDate(now);
  const known = new Map<ChoiceRegister, (entry: string) => Choice | undefined>();
  for (const [register, entries] of called) {
    const asked = [...entries].slice(0, mostAsked);
    const found = await ports.registers.choices({ register, principal, on, called: asked });
    const values = new Map(found.map((it) => [it.value, it]));
    const names = new Map(
      found.flatMap((it) => it.names.filter((name) => name !== it.value).map((name) => [written(name), it])),
    );
    known.set(register, (entry) => values.get(entry) ?? names.get(written(entry)));
  }
  const isOffered = offered(ports, now, comune);
  return (register, entry, offer) => {
    const choice = known.get(register)?.(entry);
    return choice !== undefined && (!alsoOffered || isOffered(choice, offer));
  };
}

/** Of one form; entries beyond are on no register. */
const mostAsked = 2_000;

const written = (name: string): string => name.trim().toUpperCase();
