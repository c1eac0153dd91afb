import type { Json } from '@iter/event-store';
import { noVariables, variablesOf } from '../case-event.ts';
import type { CaseSeen } from '../case-event.ts';

const codePattern = /^[A-Z][A-Z0-9_]{0,59}$/;

/** Only yes or no, and what looks like a code: whatever a form or a job may bring, no free text enters. */
function spelled(value: Json | undefined): string | null {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && codePattern.test(value) ? value : null;
}

/** Those of some facts that say something of these names. */
export const factsOf = (facts: readonly string[], names: readonly string[]): readonly string[] =>
  facts.filter((fact) => names.includes(fact.slice(0, fact.indexOf(':'))));

/** Whether an event may change what is known of some fact: without the case's row nobody knows which ones it has. */
export const mayTell = (event: CaseSeen): boolean => variablesOf(event) !== noVariables;

/**
 * What is known of a case's facts after an event.
 * @param names those of its definition
 * @param facts before it: `name:CODE`, `name:true`
 * @returns the same list when nothing changes
 */
export function factsAfter(
  event: CaseSeen,
  names: readonly string[],
  facts: readonly string[],
): readonly string[] {
  const brought = variablesOf(event);
  const told = names.filter((name) => name in brought);
  if (told.length === 0) return facts;
  const others = factsOf(
    facts,
    names.filter((name) => !told.includes(name)),
  );
  const now = told.flatMap((name) => {
    const value = spelled(brought[name]);
    return value === null ? [] : [`${name}:${value}`];
  });
  return [...others, ...now].sort();
}
