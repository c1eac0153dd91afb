import { askActsAgain } from '../asking.ts';
import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { holdersOf } from '../holders.ts';
import { refuse } from '../refused.ts';
import { requireActive, requireReason, requireVariables } from './checks.ts';
import { followValues } from './follow-values.ts';
import { refuseUnfollowed } from './unfollowed.ts';

/**
 * Corrects what was entered wrongly, wherever the case holds it, and with it the terms that follow from it: their bases
 * and proofs, and the dates of the facts that met them. Drafts that say the former values are made anew. The flow stays where it
 * is. Where a term would not follow, nothing is corrected.
 */
export function rectifyCase(
  x: Execution,
  { variables, former, scopes, tasks = [], reason }: Extract<CaseCommand, { type: 'RectifyCase' }>,
): void {
  requireActive(x);
  requireReason(reason);
  requireVariables(variables);
  const holders = holdersOf(x.state, former, scopes);
  const held = new Set(holders.flatMap(({ names }) => names));
  for (const name of Object.keys(variables))
    if (!held.has(name))
      refuse('entry-unknown', {
        it: `Il fascicolo non ha più il dato «${name}» com’era stato inserito.`,
        en: `The file no longer has the value “${name}” as it was entered.`,
      });
  refuseUnfollowed(x, former);
  const follow = followValues(x);
  x.emit({ type: 'CaseRectified', data: { reason, variables, former } });
  for (const { scope, names } of holders) {
    const set = Object.fromEntries(names.map((name) => [name, variables[name] ?? null]));
    x.emit({ type: 'VariablesSet', data: { scope, variables: set, reason } });
  }
  follow(reason);
  askActsAgain(x, tasks, variables);
}
