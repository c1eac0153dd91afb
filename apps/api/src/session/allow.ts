import { bodiesOf, mayAct, possibleActs } from '@iter/access';
import type { Act, ActFacts, Principal } from '@iter/access';
import { Problem } from '../problems/problem.ts';

/** @throws Problem 403 when whoever asks may not do this */
export function allow(principal: Principal, act: Act, facts: ActFacts): void {
  const decision = mayAct(principal, act, facts);
  if (!decision.allowed) throw new Problem('not-authorised', { detail: decision.message });
}

/** @throws Problem 403 when whoever asks may do this nowhere */
export function allowSomewhere(principal: Principal, act: Act): void {
  if (!possibleActs(principal).includes(act)) allow(principal, act, {});
}

/**
 * The bodies of one's own, and those that they serve, for which one may do this.
 * @throws Problem 403 when there is none
 */
export function bodiesFor(principal: Principal, act: Act, facts: ActFacts): readonly string[] {
  const bodies = bodiesOf(principal).filter((body) => mayAct(principal, act, { ...facts, body }).allowed);
  if (bodies.length === 0) allow(principal, act, facts);
  return bodies;
}
