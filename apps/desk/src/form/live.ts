import { useEffect, useMemo, useState } from 'react';
import { afterPress } from '../ui/press.ts';
import { useNow } from '../time/clock.tsx';
import { conditionsOf, isLive, liveForm, nothing, unchanged } from './conditions.ts';
import type { Live } from './conditions.ts';
import type { evaluate as evaluateFeel } from './feel.ts';
import { rowsIn, seenRows } from './rows.ts';
import { fieldsOf, listsOf } from './schema.ts';
import type { Part } from './schema.ts';
import { sentValues } from './values.ts';
import type { Values } from './values.ts';

/** Works out an expression in a context, at an instant of the engine's clock. */
export type Evaluator = typeof evaluateFeel;

const nothingHolds: Evaluator = () => false;

const conditionsIn = (parts: readonly Part[]) =>
  [parts, ...listsOf(parts).map((list) => list.parts)].flatMap(conditionsOf);

/**
 * What works out the conditions and the choices of a form; FEEL is loaded only when there are any. One that cannot be had holds nothing, as
 * the server judges in the end.
 * @returns null: not loaded yet, and nobody knows what the form asks
 */
export function useEvaluator(parts: readonly Part[]): Evaluator | null {
  const isWanted = useMemo(() => isLive(parts), [parts]);
  const [evaluate, setEvaluate] = useState<Evaluator | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    let stays = true;
    void import('./feel.ts')
      .then((feel) => feel.evaluate)
      .catch(() => nothingHolds)
      .then((found) => afterPress(() => stays && setEvaluate(() => found)));
    return () => {
      stays = false;
    };
  }, [isWanted]);
  return isWanted ? evaluate : nothingHolds;
}

/**
 * A form under what is filled in: what its `conditional.hide` leaves, and which fields must be filled in or only shown
 * where an expression says so; a row's own values come before the form's.
 */
export function useLive(
  parts: readonly Part[],
  variables: Values,
  values: Values,
  evaluate: Evaluator,
): Live {
  const minute = useNow().toISOString().slice(0, 16);
  const conditions = useMemo(() => conditionsIn(parts), [parts]);
  const isWanted = useMemo(() => isLive(parts), [parts]);

  // Long lists are made for those that ask about them; else typing in a row leaves the other rows as they are.
  const asked = useMemo(
    () =>
      listsOf(parts).filter(
        ({ key, readOnly }) => !readOnly && conditions.some(({ when }) => when.includes(key)),
      ),
    [conditions, parts],
  );
  const around = {
    ...sentValues(fieldsOf(parts), values, nothing, variables),
    ...Object.fromEntries(
      asked.map((list) => [list.key, seenRows(list, rowsIn(values[list.key]), variables)]),
    ),
  };
  const said = isWanted ? JSON.stringify(around) : '';

  return useMemo(() => {
    if (said === '') return { parts, hidden: nothing, ofRow: unchanged };
    const now = new Date(`${minute}:00Z`);
    const context: Values = { ...variables, ...(JSON.parse(said) as Values) };
    return liveForm(parts, context, (expression, seen) => evaluate(expression, seen, now));
  }, [evaluate, minute, parts, said, variables]);
}
