import { useEffect, useMemo, useState } from 'react';
import { useNow } from '../time/clock.tsx';
import { rowsIn, sentRows } from './rows.ts';
import type { Row } from './rows.ts';
import { fieldsOf, listsOf } from './schema.ts';
import type { List, Part } from './schema.ts';
import { sentValues } from './values.ts';
import type { Values } from './values.ts';

type Evaluate = (expression: string, context: Values, now: Date) => unknown;

interface Condition {
  readonly id: string;
  readonly hideWhen: string;
}

/** Functions that only the server has, as it alone knows the legal calendar: what names them is left to its check. */
const ofServer =
  /\b(?:legal\s+due\s+date|first\s+lawful\s+day|plus\s+working\s+days|legal\s+holiday|religious\s+feast)\s*\(/;

function conditionsOf(parts: readonly Part[]): readonly Condition[] {
  return parts.flatMap((part) => [
    ...(part.hideWhen === null || ofServer.test(part.hideWhen)
      ? []
      : [{ id: part.id, hideWhen: part.hideWhen.replace(/^=\s*/, '') }]),
    ...(part.kind === 'group' ? conditionsOf(part.parts) : []),
  ]);
}

function idsBelow(part: Part): readonly string[] {
  return part.kind === 'group' ? [part.id, ...part.parts.flatMap(idsBelow)] : [part.id];
}

function withDescendants(parts: readonly Part[], hidden: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set<string>();
  const walk = (part: Part, within: boolean) => {
    const gone = within || hidden.has(part.id);
    if (gone) idsBelow(part).forEach((id) => all.add(id));
    else if (part.kind === 'group') part.parts.forEach((inner) => walk(inner, false));
  };
  parts.forEach((part) => walk(part, false));
  return all;
}

/** What is hidden of a form, and of any row of its lists. */
export interface Hidden {
  readonly ids: ReadonlySet<string>;
  ofRow(list: List, row: Row): ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * Ids of the parts whose `conditional.hide` holds for what is filled in, with all that lies inside them; a row's own
 * values come before the form's. FEEL is loaded only when a form has a condition; one that fails shows its part, as the
 * server asks in the end.
 */
export function useHidden(parts: readonly Part[], variables: Values, values: Values): Hidden {
  const minute = useNow().toISOString().slice(0, 16);
  const lists = useMemo(() => listsOf(parts), [parts]);
  const conditions = useMemo(() => conditionsOf(parts), [parts]);
  const ofRows = useMemo(
    () => new Map(lists.map((list) => [list.id, conditionsOf(list.parts)] as const)),
    [lists],
  );
  const isWanted = conditions.length > 0 || [...ofRows.values()].some((one) => one.length > 0);
  const [evaluate, setEvaluate] = useState<Evaluate | null>(null);

  useEffect(() => {
    if (!isWanted) return;
    let stays = true;
    void import('./feel.ts').then(({ evaluate }) => {
      if (stays) setEvaluate(() => evaluate);
    });
    return () => {
      stays = false;
    };
  }, [isWanted]);

  // Long lists are made for those that ask about them; else typing in a row leaves the other rows as they are.
  const asked = useMemo(() => {
    const all = [...conditions, ...[...ofRows.values()].flat()];
    return lists.filter(({ key }) => all.some(({ hideWhen }) => hideWhen.includes(key)));
  }, [conditions, lists, ofRows]);
  const around = {
    ...sentValues(fieldsOf(parts), values, nothing),
    ...Object.fromEntries(
      asked.map((list) => [list.key, sentRows(list, rowsIn(values[list.key]), () => nothing)]),
    ),
  };
  const said = isWanted ? JSON.stringify(around) : '';

  return useMemo(() => {
    if (evaluate === null || said === '') return { ids: nothing, ofRow: () => nothing };
    const now = new Date(`${minute}:00Z`);
    const holding = (all: readonly Condition[], context: Values): ReadonlySet<string> =>
      new Set(
        all
          .filter(({ hideWhen }) => {
            try {
              return evaluate(hideWhen, context, now) === true;
            } catch {
              return false;
            }
          })
          .map(({ id }) => id),
      );
    const context: Values = { ...variables, ...(JSON.parse(said) as Values) };
    const known = new WeakMap<Row, ReadonlySet<string>>();
    // Rows that hide the same share one set: what is drawn of them need not be drawn again.
    const alike = new Map<string, ReadonlySet<string>>();
    return {
      ids: withDescendants(parts, holding(conditions, context)),
      ofRow(list: List, row: Row) {
        const all = ofRows.get(list.id) ?? [];
        if (all.length === 0) return nothing;
        const before = known.get(row);
        if (before) return before;
        const found = withDescendants(
          list.parts,
          holding(all, { ...context, ...sentValues(list.fields, row.values, nothing) }),
        );
        const mark = [list.id, ...found].join(' ');
        const shared = alike.get(mark) ?? found;
        alike.set(mark, shared);
        known.set(row, shared);
        return shared;
      },
    };
  }, [conditions, evaluate, minute, ofRows, parts, said, variables]);
}
