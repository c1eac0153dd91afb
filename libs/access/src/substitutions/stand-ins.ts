import type { Grant } from '../types.ts';
import type { Around, Person } from './arrange.ts';
import { covers, holdsAt, inPlaceOf, isWithin, romeDay } from './substitution.ts';
import type { Substitution } from './substitution.ts';

/** Who stands in for whom, looked up by either. */
export interface StandIns {
  /** Takes up what an account's substitutions are now. */
  note(absent: Person): void;
  /** What an account holds today: its own, and what it holds in the place of others. */
  grantsOf(account: Person): readonly Grant[];
  /** Who stands in for an account at an instant. */
  substitutesOf(username: string, at: string, grant?: Grant): readonly string[];
  around(): Around;
}

/**
 * Kept beside the accounts. Asked at every request: for those who stand in for nobody it costs one look-up.
 * @param accounts by username, as they are now
 */
export function createStandIns(
  accounts: ReadonlyMap<string, Person>,
  { clock, serves }: { readonly clock: { now(): string }; serves(body: string): readonly string[] },
): StandIns {
  /** By substitute, those who named them and did not take it back. */
  const absentees = new Map<string, Set<string>>();

  const named = (username: string): { readonly absent: Person; readonly it: Substitution }[] =>
    [...(absentees.get(username) ?? [])].flatMap((name) => {
      const absent = accounts.get(name);
      if (!absent || absent.disabled) return [];
      return absent.substitutions
        .filter(({ substitute, endedAt }) => substitute === username && endedAt === null)
        .map((it) => ({ absent, it }));
    });

  return {
    note({ username, substitutions }) {
      for (const { substitute } of substitutions) {
        const known = absentees.get(substitute);
        if (known) known.add(username);
        else absentees.set(substitute, new Set([username]));
      }
    },
    grantsOf(account) {
      if (!absentees.has(account.username)) return account.grants;
      const today = romeDay(clock.now());
      const inForce = named(account.username).filter(({ it }) => isWithin(it, today));
      if (inForce.length === 0) return account.grants;
      // Each is held to all that came before it, so that no two of them make a forbidden pair either.
      return inForce.reduce<readonly Grant[]>(
        (held, { absent, it }) => [...held, ...inPlaceOf(held, absent, it)],
        account.grants,
      );
    },
    substitutesOf(username, at, grant) {
      const found = (accounts.get(username)?.substitutions ?? [])
        .filter((it) => holdsAt(it, at) && (grant === undefined || covers(it, grant)))
        .filter(({ substitute }) => accounts.get(substitute)?.disabled === false)
        .map(({ substitute }) => substitute);
      return [...new Set(found)];
    },
    around() {
      const now = clock.now();
      return {
        now,
        today: romeDay(now),
        find: (username) => accounts.get(username) ?? null,
        standingIn: (username) => named(username).map(({ it }) => it),
        serves,
      };
    },
  };
}
