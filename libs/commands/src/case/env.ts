import { defaultLimits } from '@iter/engine';
import type { Env, Instant } from '@iter/engine';
import { keySource } from '@iter/platform/ids';
import type { CasePorts } from '../ports.ts';

/** What a decision on a case may know beside the case, at an instant. @param seed new keys derive from it */
export function envAt(
  ports: CasePorts,
  now: Instant,
  seed: string,
  who: Pick<Env, 'actor' | 'occurredAt' | 'caseId' | 'commandId'>,
): Env {
  return {
    now,
    newKey: keySource(seed),
    evaluate: lazily(() => ports.evaluator(now)),
    calendar: ports.calendar(),
    catalogue: ports.catalogue,
    limits: { ...defaultLimits, ...ports.limits },
    deployed: ports.definitions,
    ...who,
  };
}

/** Most commands evaluate nothing. */
function lazily(make: () => Env['evaluate']): Env['evaluate'] {
  let evaluate: Env['evaluate'] | null = null;
  return (expression, context) => (evaluate ??= make())(expression, context);
}
