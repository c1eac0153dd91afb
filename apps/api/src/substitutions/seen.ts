import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import { covered, isAhead, isWithin } from '@iter/access/substitutions';
import type { Substitution } from '@iter/access/substitutions';
import type { SubstitutionDto } from '../dto/substitutions.ts';

/**
 * The substitutions that somebody sees: those of which they are one of the two, and those that they might arrange; the
 * nearest first. Why somebody is away is for that person, and for whoever might arrange it.
 * @param today in Rome
 * @param isAll also those that are over
 */
export function seenSubstitutions(
  principal: Principal,
  accounts: readonly Account[],
  today: string,
  isAll: boolean,
): readonly SubstitutionDto[] {
  const names = new Map(accounts.map(({ username, displayName }) => [username, displayName]));
  const nameOf = (username: string): string => names.get(username) ?? username;
  return accounts
    .flatMap((absent) => absent.substitutions.map((it) => ({ absent, it })))
    .filter(({ it }) => isAll || isAhead(it, today))
    .flatMap(({ absent, it }): SubstitutionDto[] => {
      const { username } = absent;
      const mayEnd = mayArrange(principal, absent, it);
      if (!mayEnd && it.substitute !== principal.account) return [];
      return [
        {
          id: `${username}.${it.id}`,
          absent: username,
          absentName: nameOf(username),
          substitute: it.substitute,
          substituteName: nameOf(it.substitute),
          from: it.from,
          to: it.to,
          roles: it.roles && [...it.roles],
          bodies: it.bodies && [...it.bodies],
          reason: mayEnd ? it.reason : null,
          state: stateOf(it, today),
          mayEnd: mayEnd && isAhead(it, today),
        },
      ];
    })
    .sort((a, b) => (isAll ? compare(b, a) : compare(a, b)));
}

const mayArrange = (principal: Principal, absent: Account, it: Substitution): boolean =>
  mayAct(principal, 'EndSubstitution', { account: absent.username, covered: covered(absent.grants, it) })
    .allowed;

function stateOf(it: Substitution, today: string): SubstitutionDto['state'] {
  if (it.endedAt !== null) return 'ended';
  if (isWithin(it, today)) return 'current';
  return it.from > today ? 'planned' : 'over';
}

const compare = (a: SubstitutionDto, b: SubstitutionDto): number =>
  a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1;
