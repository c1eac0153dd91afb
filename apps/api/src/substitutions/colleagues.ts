import { bodiesOf, isOffice, named } from '@iter/access';
import type { Grant, Principal } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import type { ColleagueDto } from '../dto/substitutions.ts';

/** Offices that last: not those held for one procedure, and none of a program. */
const isStaff = ({ role }: Grant): boolean =>
  (isOffice(role) && !named.has(role)) || role === 'SYSTEM_OPERATOR';

const most = 1_000;

/**
 * People with an office in the bodies of somebody who has one there, and in those that these serve; by name, those
 * who have left last. Whoever
 * has no office has no colleagues: candidates, participants and commissions are shown to nobody here, nor see anybody.
 */
export function colleaguesOf(
  principal: Principal,
  accounts: readonly Account[],
  nameOf: (body: string) => string,
): readonly ColleagueDto[] {
  const bodies = new Set(bodiesOf({ ...principal, grants: principal.grants.filter(isStaff) }));
  return accounts
    .flatMap(({ username, displayName, grants, disabled }): ColleagueDto[] => {
      const offices = grants.filter((grant) => isStaff(grant) && bodies.has(grant.body));
      if (offices.length === 0) return [];
      const described = offices.map(({ role, body }) => ({ role, body, bodyName: nameOf(body) }));
      return [{ account: username, displayName, offices: described, disabled }];
    })
    .sort(
      (a, b) => Number(a.disabled) - Number(b.disabled) || a.displayName.localeCompare(b.displayName, 'it'),
    )
    .slice(0, most);
}
