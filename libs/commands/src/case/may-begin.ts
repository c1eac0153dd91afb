import { mayAct } from '@iter/access';
import type { Decision, Headship, Principal } from '@iter/access';
import type { CasePorts } from '../ports.ts';
import { defaultRoles } from './facts.ts';

/** A way to begin a case. */
export interface Beginning {
  readonly process: string;
  /** The start, and the role of its lane; null: it is in none. */
  readonly element: string;
  readonly role: string | null;
  /** Whose case it would be. */
  readonly comune: string;
  /** Day in Rome on which it begins, `YYYY-MM-DD`. */
  readonly on: string;
  /** Of whom it would be about; absent: that is not said yet. */
  readonly headship?: Headship;
}

/** Whether somebody may begin a case so. */
export function mayBegin(
  bodies: Pick<CasePorts['bodies'], 'standing'>,
  principal: Principal,
  { process, element, role, comune, on, headship }: Beginning,
): Decision {
  return mayAct(principal, 'StartCase', {
    case: {
      ...{ comune, process, startedBy: principal.account },
      ...bodies.standing(comune, process, on),
      deeds: [],
      ...(headship && { headship }),
    },
    task: { element, roles: role ? [role] : defaultRoles, assignee: null, candidateUsers: [] },
  });
}
