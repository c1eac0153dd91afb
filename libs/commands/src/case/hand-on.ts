import type { Label } from '@iter/platform/words';
import { isOffice, mayAct, named } from '@iter/access';
import type { ActFacts, Principal, Role } from '@iter/access';

/** Read cases to watch over them, or take part in one edition or procedure: they act in none but where they are called. */
const called: ReadonlySet<Role> = new Set<Role>(['AUDITOR', 'DPO', ...named]);

/**
 * Why an escalation cannot be handed on to a person or a role; null: it can. Whoever gets it has an office in the case.
 * Who watches over cases, or takes part in one, answers only what calls them: the ladder does, nobody else.
 * @param to a person, or the name of a role
 * @param facts the case, and whom the escalation is for
 * @returns to follow a colon
 */
export function whyNotHandedOn(to: Principal | string, facts: ActFacts): Label | null {
  const answers = (role: string) =>
    isOffice(role) && (!called.has(role) || (facts.addressees?.includes(role) ?? false));
  if (typeof to === 'string')
    return answers(to)
      ? null
      : {
          it: 'il ruolo non risponde ai solleciti della pratica.',
          en: 'the role does not answer reminders of the case.',
        };
  const receiver = { ...to, grants: to.grants.filter(({ role }) => answers(role)) };
  const decision = mayAct(receiver, 'AcknowledgeEscalation', { ...facts, called: [to.account] });
  return decision.allowed ? null : decision.message;
}
