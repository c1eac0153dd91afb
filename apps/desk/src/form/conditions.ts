import { useEffect, useMemo, useState } from 'react';
import { useNow } from '../time/clock.tsx';
import { fieldsOf } from './schema.ts';
import type { Part } from './schema.ts';
import { sentValues } from './values.ts';
import type { Values } from './values.ts';

type Evaluate = (expression: string, context: Values, now: Date) => unknown;

function conditionsOf(parts: readonly Part[]): readonly { id: string; hideWhen: string }[] {
  return parts.flatMap((part) => [
    ...(part.hideWhen === null ? [] : [{ id: part.id, hideWhen: part.hideWhen.replace(/^=\s*/, '') }]),
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

/**
 * Ids of the parts whose `conditional.hide` holds for what is filled in, with all that lies inside them.
 * FEEL is loaded only when a form has a condition; one that fails shows its part, as the server asks in the end.
 */
export function useHidden(parts: readonly Part[], variables: Values, values: Values): ReadonlySet<string> {
  const minute = useNow().toISOString().slice(0, 16);
  const conditions = useMemo(() => conditionsOf(parts), [parts]);
  const [evaluate, setEvaluate] = useState<Evaluate | null>(null);

  useEffect(() => {
    if (conditions.length === 0) return;
    let stays = true;
    void import('./feel.ts').then(({ evaluate }) => {
      if (stays) setEvaluate(() => evaluate);
    });
    return () => {
      stays = false;
    };
  }, [conditions]);

  return useMemo(() => {
    if (evaluate === null) return new Set<string>();
    const context = { ...variables, ...sentValues(fieldsOf(parts), values, new Set()) };
    const now = new Date(`${minute}:00Z`);
    const hidden = conditions.filter(({ hideWhen }) => {
      try {
        return evaluate(hideWhen, context, now) === true;
      } catch {
        return false;
      }
    });
    return withDescendants(parts, new Set(hidden.map(({ id }) => id)));
  }, [conditions, evaluate, parts, variables, values, minute]);
}
