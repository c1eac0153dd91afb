import type { Draft } from '../draft.ts';
import type { EventOf, Key } from '../events.ts';
import type { Scope, Tokens } from '../state.ts';
import { scopeIn, setScope } from './scopes.ts';

/** A token waits at an element for others. */
export function addToken(draft: Draft, scope: Key | null, element: string, flow: string): void {
  const holder = scopeIn(draft, scope);
  if (!holder) return;
  const there = holder.joins?.[element];
  setScope(draft, scope, {
    joins: { ...holder.joins, [element]: { ...there, [flow]: (there?.[flow] ?? 0) + 1 } },
  });
}

/** A join that completes takes one token from each flow that has any; what is left over stays for its next turn. */
export function consumeJoin(draft: Draft, scope: Key | null, element: string): void {
  const holder = scopeIn(draft, scope);
  const tokens = holder?.joins?.[element];
  if (!holder || !tokens) return;
  const taken = Object.fromEntries(Object.keys(tokens).map((flow) => [flow, 1]));
  setScope(draft, scope, { joins: without(holder.joins, element, minus(tokens, taken)) });
}

export function joinTokens(
  draft: Draft,
  { element, scope, tokens, phase }: EventOf<'TokensJoined'>['data'],
): void {
  const holder = scopeIn(draft, scope);
  if (!holder) return;
  const joins = without(holder.joins, element, minus(holder.joins?.[element] ?? {}, tokens));
  if (phase === undefined) setScope(draft, scope, { joins });
  else setScope(draft, scope, { joins, resets: reset(holder, element, phase, Object.keys(tokens)) });
}

function reset(
  { resets }: Scope,
  element: string,
  phase: 'started' | 'reset',
  flows: readonly string[],
): Scope['resets'] {
  if (phase === 'started') return { ...resets, [element]: flows };
  const others = Object.entries(resets ?? {}).filter(([id]) => id !== element);
  return others.length > 0 ? Object.fromEntries(others) : null;
}

function minus(tokens: Tokens, taken: Tokens): Tokens {
  const left = Object.entries(tokens).map(([flow, count]) => [flow, count - (taken[flow] ?? 0)] as const);
  return Object.fromEntries(left.filter(([, count]) => count > 0));
}

function without(joins: Scope['joins'], element: string, left: Tokens): Scope['joins'] {
  const others = Object.entries(joins ?? {}).filter(([id]) => id !== element);
  const all = Object.keys(left).length > 0 ? [...others, [element, left] as const] : others;
  return all.length > 0 ? Object.fromEntries(all) : null;
}
