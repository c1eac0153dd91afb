import type { Json } from '@iter/process-model';
import type { CaseState, Deadline } from '../state.ts';

/**
 * What FEEL reads as `deadlines`: by id the deadline opened last, with state, dates, the `base` it runs from and `expiresAt`; under
 * `byKey` the one opened last for each value of the declaration's key.
 */
export function deadlineContext(state: CaseState): Json {
  const context: Record<string, Record<string, Json>> = {};
  // Filled as it goes: a list has a deadline for each of its hundreds of people.
  const keyed = new Map<string, Record<string, Json>>();
  for (const deadline of state.deadlines.values()) {
    const { id, instance } = deadline;
    const known = facts(deadline);
    let byKey = keyed.get(id);
    if (!byKey) keyed.set(id, (byKey = {}));
    if (instance !== null) byKey[instance] = known;
    context[id] = { ...known, byKey };
  }
  return context;
}

function facts({ status, plan, decidedOn }: Deadline): Record<string, Json> {
  const { base, nominalDate, legalDueDate, safeActionDate, earliestActionDate, expiresAt } = plan;
  const dates = { base, nominalDate, legalDueDate, safeActionDate, earliestActionDate, expiresAt };
  return { state: status, ...dates, decidedOn };
}
