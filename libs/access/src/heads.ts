import { confidential } from './acts.ts';
import { isDeedOf, isHeadsDeed } from './duties.ts';
import type { ActFacts, Grant } from './types.ts';

/**
 * Whether the Segretario stands here as the head of structure: where the register of offices names no other for the person
 * concerned, who heads an office itself. Before anybody is named a case may be begun so; whether it may, is decided then.
 * @param asked roles that the task or the escalation asks
 * Source: domain/disciplinary.md § 2.
 */
export function standsAsHead(
  person: string,
  asked: readonly string[],
  facts: ActFacts,
  begins: boolean,
): boolean {
  if (!asked.includes('STRUCTURE_HEAD') || !facts.case || !confidential(facts.case.process)) return false;
  return (begins && facts.case.headship === undefined) || whoIsAsked(facts).includes(person);
}

/**
 * Whether this is a head of structure, but not that of the person concerned. It is whom the register names today; where it
 * names nobody, for whom the task was reserved. Who acted as the head before, or was given the task or the escalation, goes
 * on. Where none of them is there, every head of the body is asked.
 * @param people who acts, and in whose place
 * Norm: D.Lgs. 165/2001 art. 55-bis c. 1 and 4; domain/disciplinary.md § 13 (need to know).
 */
export function isAnotherHead(people: readonly string[], { role }: Grant, facts: ActFacts): boolean {
  if (role !== 'STRUCTURE_HEAD') return false;
  const { deeds = [], process = '' } = facts.case ?? {};
  const acted = deeds.filter((deed) => isHeadsDeed(deed, process));
  const asked = whoIsAsked(facts);
  const given = [...(facts.called ?? []), facts.task?.assignee];
  const isTheirs = (person: string): boolean =>
    asked.includes(person) || given.includes(person) || acted.some((deed) => isDeedOf(deed, person));
  return (asked.length > 0 || acted.length > 0) && !people.some(isTheirs);
}

const whoIsAsked = ({ case: about, task }: ActFacts): readonly string[] => {
  const heads = about?.headship?.heads ?? [];
  return heads.length > 0 ? heads : (task?.candidateUsers ?? []);
};
