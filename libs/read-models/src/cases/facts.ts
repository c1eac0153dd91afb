import type { Json } from '@iter/event-store';
import type { Variables } from '@iter/engine';
import { noVariables } from '../case-event.ts';
import type { CaseSeen } from '../case-event.ts';

const codePattern = /^[A-Z][A-Z0-9_]{0,59}$/;

/** Only yes or no, and what looks like a code: whatever a form or a job may bring, no free text enters. */
function spelled(value: Json | undefined): string | null {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' && codePattern.test(value) ? value : null;
}

/** Variables that an event brings, in whatever scope: what is called says the same of the case under the same name. */
function broughtBy(event: CaseSeen): Variables {
  switch (event.type) {
    case 'CaseStarted':
    case 'VariablesSet':
      return event.data.variables ?? noVariables;
    case 'UserTaskCompleted':
    case 'JobCompleted':
      return event.data.outputs ?? event.data.variables ?? noVariables;
    default:
      return noVariables;
  }
}

/** Those of some facts that say something of these names. */
export const factsOf = (facts: readonly string[], names: readonly string[]): readonly string[] =>
  facts.filter((fact) => names.includes(fact.slice(0, fact.indexOf(':'))));

/** Whether an event may change what is known of some fact: without the case's row nobody knows which ones it has. */
export const mayTell = (event: CaseSeen): boolean => broughtBy(event) !== noVariables;

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
  const brought = broughtBy(event);
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
