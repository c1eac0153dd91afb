import { territoryOf } from '@iter/access';
import type { Principal } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import type { ApiPorts } from '../ports.ts';

/** The bodies in whose coming and going somebody works today, without being or serving them. */
export function territoryNow(
  { bodies, clock }: { readonly bodies: ApiPorts['bodies']; readonly clock: { now(): string } },
  principal: Principal,
): readonly string[] {
  const on = romeDate(clock.now());
  const all = bodies.list().map(({ ipa }) => ipa);
  return territoryOf(principal, all, (body, process) => bodies.standing(body, process, on).territory ?? null);
}
