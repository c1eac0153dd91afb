import { offered, sentValues } from './values.ts';
import type { Values } from './values.ts';
import { standing } from './rows.ts';
import type { AskedOfRow, Row } from './rows.ts';
import { askedOf, fieldsOf, listsOf, readOption } from './schema.ts';
import type { Field, List, Part } from './schema.ts';

/** What an expression of the form decides about a part: whether it is hidden, must be filled in, only shown. */
interface Condition {
  readonly id: string;
  readonly what: 'hidden' | 'required' | 'readOnly';
  readonly when: string;
}

/** Functions that only the server has, as it alone knows the legal calendar: what names them is left to its check. */
const ofServer =
  /\b(?:legal\s+due\s+date|first\s+lawful\s+day|plus\s+working\s+days|legal\s+holiday|religious\s+feast)\s*\(/;

export function conditionsOf(parts: readonly Part[]): readonly Condition[] {
  return parts.flatMap((part) => {
    const condition = (what: Condition['what'], when: string | null): readonly Condition[] =>
      when === null || ofServer.test(when) ? [] : [{ id: part.id, what, when: when.replace(/^=\s*/, '') }];
    return [
      ...condition('hidden', part.hideWhen),
      ...(part.kind === 'field' ? condition('required', part.requiredWhen) : []),
      ...(part.kind === 'field' ? condition('readOnly', part.readOnlyWhen) : []),
      ...(part.kind === 'group' ? conditionsOf(part.parts) : []),
    ];
  });
}

/** The choices of a field are computed, rather than held by a variable. */
const computes = ({ optionsFrom }: Field): boolean => optionsFrom !== null && !/^\w+$/.test(optionsFrom);

const computesIn = (parts: readonly Part[]): boolean => fieldsOf(parts).some(computes);

/** Whether anything of a form, or of the rows of its lists, follows from an expression. */
export const isLive = (parts: readonly Part[]): boolean =>
  [parts, ...listsOf(parts).map((list) => list.parts)].some(
    (inner) => conditionsOf(inner).length > 0 || computesIn(inner),
  );

/** Parts whose computed choices are worked out, also those in rows: from what the form sees, not from the row. */
function withChoices(parts: readonly Part[], choose: (expression: string) => unknown): readonly Part[] {
  return parts.map((part): Part => {
    if (part.kind === 'group') return { ...part, parts: withChoices(part.parts, choose) };
    if (part.kind === 'list' && computesIn(part.parts)) {
      const inner = withChoices(part.parts, choose);
      return { ...part, parts: inner, fields: fieldsOf(inner) };
    }
    if (part.kind !== 'field' || part.optionsFrom === null || !computes(part)) return part;
    const found = choose(part.optionsFrom);
    const offered: readonly unknown[] = Array.isArray(found) ? found : [];
    const options = offered.filter((it) => it !== null).map((option) => readOption(option));
    return { ...part, options, optionsFrom: null };
  });
}

/** Which conditions hold: `what` and id. */
type Holding = ReadonlySet<string>;
const mark = ({ what, id }: Pick<Condition, 'what' | 'id'>): string => `${what} ${id}`;

/** The ids that are hidden, with all that lies inside them. */
function hiddenOf(parts: readonly Part[], holding: Holding): ReadonlySet<string> {
  const all = new Set<string>();
  const walk = (part: Part, within: boolean): void => {
    const gone = within || holding.has(mark({ what: 'hidden', id: part.id }));
    if (gone) all.add(part.id);
    if (part.kind === 'group') part.parts.forEach((inner) => walk(inner, gone));
  };
  parts.forEach((part) => walk(part, false));
  return all;
}

/** The parts with what is required and read-only now. */
function asNow(parts: readonly Part[], holding: Holding): readonly Part[] {
  return parts.map((part): Part => {
    if (part.kind === 'group') return { ...part, parts: asNow(part.parts, holding) };
    return part.kind === 'field' ? fieldNow(part, holding) : part;
  });
}

function fieldNow(field: Field, holding: Holding): Field {
  const holds = (what: Condition['what']): boolean => holding.has(mark({ what, id: field.id }));
  return {
    ...field,
    required: field.required || holds('required'),
    readOnly: field.readOnly || holds('readOnly'),
  };
}

/** What a form asks as it is filled in, and what any row of its lists asks. */
export interface Live {
  readonly parts: readonly Part[];
  readonly hidden: ReadonlySet<string>;
  ofRow(list: List, row: Row): AskedOfRow;
}

export const nothing: ReadonlySet<string> = new Set();
/** A list whose rows ask all that it asks. */
export const unchanged = (list: List): AskedOfRow => ({ list, hidden: nothing });

/** What an expression comes to; may throw. */
export type Evaluate = (expression: string, context: Values) => unknown;

/** What an expression comes to; null when it fails: it holds not, and offers nothing; the server judges in the end. */
function valueOf(expression: string, context: Values, evaluate: Evaluate): unknown {
  try {
    return evaluate(expression, context);
  } catch {
    return null;
  }
}

/** What holds of parts, and what their conditions see then: what is hidden is null. Parts may hide one another: until nothing changes. */
function settled(
  parts: readonly Part[],
  conditions: readonly Condition[],
  context: Values,
  evaluate: Evaluate,
) {
  const asked = askedOf(parts);
  let hidden = nothing;
  for (let round = 0; ; round++) {
    const unseen = asked.filter(({ id }) => hidden.has(id)).map(({ key }) => [key, null] as const);
    const seen: Values = { ...context, ...Object.fromEntries(unseen) };
    const holding: Holding = new Set(
      conditions.filter(({ when }) => valueOf(when, seen, evaluate) === true).map(mark),
    );
    const next = hiddenOf(parts, holding);
    const isSame = next.size === hidden.size && [...next].every((id) => hidden.has(id));
    if (isSame || round > asked.length) return { holding, hidden: next, seen };
    hidden = next;
  }
}

/** The parts with their choices; a choice that is on no list is seen by no condition, nor by other choices. */
function offering(parts: readonly Part[], context: Values, evaluate: Evaluate) {
  const conditions = conditionsOf(parts);
  for (let values = context; ;) {
    const { holding, hidden, seen } = settled(parts, conditions, values, evaluate);
    const choose = (expression: string): unknown => valueOf(expression, seen, evaluate);
    const shown = withChoices(asNow(parts, holding), choose);
    const left = offered(fieldsOf(shown), values, context);
    if (left === values) return { shown, hidden, seen };
    values = left;
  }
}

/**
 * A form under what is filled in.
 * @param context the task's variables, and over them what is filled in, as it would be sent
 */
export function liveForm(parts: readonly Part[], context: Values, evaluate: Evaluate): Live {
  const ofLists = new Map(listsOf(parts).map((list) => [list.id, conditionsOf(list.parts)] as const));
  const known = new WeakMap<Row, AskedOfRow>();
  // Rows that ask the same share one answer: what is drawn of them need not be drawn again.
  const alike = new Map<string, AskedOfRow>();
  const { shown, hidden, seen } = offering(parts, context, evaluate);
  return {
    parts: shown,
    hidden,
    ofRow(list, row) {
      const conditions = ofLists.get(list.id) ?? [];
      if (conditions.length === 0) return unchanged(list);
      const before = known.get(row);
      if (before) return before;
      const said = sentValues(list.fields, row.values, nothing, seen);
      const own = { ...seen, ...standing(list, row, context[list.key]), ...said };
      const ofRow = settled(list.parts, conditions, own, evaluate);
      const name = [list.id, ...ofRow.holding].join('\n');
      const asked = alike.get(name) ?? askedOfRow(list, ofRow);
      alike.set(name, asked);
      known.set(row, asked);
      return asked;
    },
  };
}

function askedOfRow(list: List, { holding, hidden }: ReturnType<typeof settled>): AskedOfRow {
  const parts = asNow(list.parts, holding);
  return { list: { ...list, parts, fields: fieldsOf(parts) }, hidden };
}
