import { dutyConflict, isAnotherHead, seats, sitsIn } from '@iter/access';
import type { Grant, Role } from '@iter/access';
import type { CaseTold } from './case-told.ts';
import { inCharge } from './told.ts';
import type { Told } from './told.ts';

/** Somebody who can act: an account that is not disabled. */
export interface Person {
  readonly account: string;
  readonly grants: readonly Grant[];
  /** The Comuni that each Province among the bodies serves by convention. */
  readonly serves: Readonly<Record<string, readonly string[]>>;
  /** Null: none is known. */
  readonly email: string | null;
  /** How what is not peremptory comes. */
  readonly delivery: 'off' | 'immediate' | 'digest';
}

/** Who stands in for an account at an instant; empty: nobody, or the person is there. */
export type SubstitutesOf = (account: string, at: string) => readonly string[];

export interface People {
  all(): readonly Person[];
  find(account: string): Person | null;
  readonly substitutesOf: SubstitutesOf;
}

/** Told wherever they are called: they sit in no case, or are called to the machine. */
const isTold = (role: Role): boolean => seats[role] === 'none' || seats[role] === 'machine';

/** Somebody to be told, with the body in whose office hours. */
export interface Recipient {
  readonly person: Person;
  readonly body: string;
}

/** Who stands in for somebody at an instant and can be reached by mail. */
export const standInsOf = (account: string, people: People, at: string): readonly Person[] =>
  people
    .substitutesOf(account, at)
    .map((username) => people.find(username))
    .filter((person) => person !== null)
    .filter(({ email }) => email !== null);

/**
 * Who is told: those who hold an addressed role in the office that it has in this case, the people in charge, and who is
 * named. Of somebody absent the substitutes are told instead; when none of them can be reached by mail, the absent person.
 * @returns each person once
 */
export function recipientsOf(told: Told, of: CaseTold, people: People, at: string): readonly Recipient[] {
  const called = new Map<string, Recipient>();
  const { heads = [], own = [] } = of.facts.headship ?? {};
  const add = (person: Person | null, body: string | undefined): void => {
    if (person && body !== undefined && !called.has(person.account) && !own.includes(person.account))
      called.set(person.account, { person, body });
  };
  const isCalled = (grant: Grant, person: Person): boolean =>
    told.roles.includes(grant.role) &&
    (isTold(grant.role) || sitsIn(grant, { ...person, displayName: '' }, of.facts)) &&
    dutyConflict([person.account], grant, of.facts, null) === null &&
    !isAnotherHead([person.account], grant, { case: of.facts });

  const roles = told.roles.filter((role): role is Role => role !== inCharge);
  if (roles.length > 0) {
    for (const person of people.all()) {
      add(person, person.grants.find((grant) => isCalled(grant, person))?.body);
    }
  }
  const named = [
    ...(told.account === null ? [] : [told.account]),
    ...(told.roles.includes(inCharge) ? of.inCharge : []),
    ...(told.roles.includes('STRUCTURE_HEAD') ? heads : []),
  ];
  for (const account of named) {
    const person = people.find(account);
    add(person, person?.grants[0]?.body);
  }

  const reached = new Map<string, Recipient>();
  for (const recipient of called.values()) {
    const instead = standInsOf(recipient.person.account, people, at)
      .filter(({ account }) => !own.includes(account))
      .map((person) => ({ person, body: recipient.body }));
    for (const one of instead.length > 0 ? instead : [recipient]) {
      if (!reached.has(one.person.account)) reached.set(one.person.account, one);
    }
  }
  return [...reached.values()];
}
