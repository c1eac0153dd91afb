import { mayAct } from '@iter/access';
import type { Act, ActFacts, Principal } from '@iter/access';
import { Problem } from '../problems/problem.ts';

/** @throws Problem 403 when whoever asks may not do this */
export function allow(principal: Principal, act: Act, facts: ActFacts): void {
  const decision = mayAct(principal, act, facts);
  if (!decision.allowed) throw new Problem('not-authorised', { detail: decision.message });
}
