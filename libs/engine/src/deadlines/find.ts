import type { DeadlineDecl } from '@iter/process-model';
import { evaluateKey } from './key.ts';
import type { Execution } from '../execution.ts';
import type { Key } from '../events.ts';
import type { Deadline } from '../state.ts';

/** Of each deadline with this id the one opened last, by key value and scope; oldest first. */
export function currentDeadlines(x: Execution, id: string, instance?: string | null): readonly Deadline[] {
  const latest = new Map<string, Deadline>();
  for (const deadline of x.state.deadlines.values()) {
    if (deadline.id !== id) continue;
    if (instance !== undefined && instance !== null && deadline.instance !== instance) continue;
    latest.set(JSON.stringify([deadline.instance, deadline.scope]), deadline);
  }
  return [...latest.values()];
}

/** The declaration that opened a deadline. */
export function declarationOf(x: Execution, deadline: Deadline): DeadlineDecl {
  const found = findDeclaration(x, deadline);
  if (!found) throw new Error(`${deadline.element} declares no deadline ${deadline.id}`);
  return found;
}

/** The same; undefined when the definition that the case follows now has none there. */
export function findDeclaration(
  x: Execution,
  { definition, element, id }: Deadline,
): DeadlineDecl | undefined {
  const { nodes } = x.modelOf(definition ?? x.state.definition);
  return nodes.get(element)?.deadlines.find((it) => it.id === id);
}

/** Those that a reference means: by id, and by key when it names one. @throws Stuck */
export function referredTo(
  x: Execution,
  id: string,
  key: DeadlineDecl['key'],
  scope: Key | null,
): readonly Deadline[] {
  return currentDeadlines(x, id, key && evaluateKey(x, key, scope));
}
