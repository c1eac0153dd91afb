import { defaultLimits, legalDates } from '@iter/engine';
import type { Env, Instant } from '@iter/engine';
import { keySource } from '@iter/platform/ids';
import type { CasePorts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';

/** An evaluator for one command on a case of this body; null: of none in particular. */
export const evaluatorFor = (ports: CasePorts, now: Instant, comune: string | null): Env['evaluate'] =>
  ports.evaluator(now, legalDates(ports.catalogue, ports.calendar(), comune));

/**
 * What a decision on a case may know beside the case, at an instant.
 * @param comune body whose case it is: its calendar is the one that expressions ask
 * @param seed new keys derive from it
 */
export function envAt(
  ports: CasePorts,
  now: Instant,
  comune: string | null,
  seed: string,
  who: Pick<Env, 'actor' | 'occurredAt' | 'caseId' | 'commandId'>,
): Env {
  return {
    now,
    newKey: keySource(seed),
    evaluate: lazily(() => evaluatorFor(ports, now, comune)),
    calendar: ports.calendar(),
    catalogue: ports.catalogue,
    limits: { ...defaultLimits, ...ports.limits },
    deployed: ports.definitions,
    ...who,
  };
}

/** Keys of a decision that nobody keeps. */
export const nobodys = '00000000-0000-5000-8000-000000000000';

/** When a decision on a case is made: now, but never before what it has recorded. */
export function decidedAt({ clock }: CasePorts, { recordedAt }: CaseFile): Instant {
  const now = clock.now();
  return now > recordedAt ? now : recordedAt;
}

/** Most commands evaluate nothing. */
function lazily(make: () => Env['evaluate']): Env['evaluate'] {
  let evaluate: Env['evaluate'] | null = null;
  return (expression, context) => (evaluate ??= make())(expression, context);
}
