import type { CaseCommand } from '../commands.ts';
import type { EventOf, Key } from '../events.ts';
import type { Execution } from '../execution.ts';
import { planMigration } from '../migration.ts';
import { Refused, refuse } from '../refused.ts';
import { isOwn } from '../state.ts';
import { stopWaiting, waitAgain } from '../waiting.ts';
import { factsOf } from './case.ts';
import { requireActive, requireReason } from './checks.ts';

/** Open tasks whose lane or form is another one in the new definition. */
function changedTasks(
  x: Execution,
  definition: string,
  elements: Readonly<Record<string, string>>,
): Pick<EventOf<'CaseMigrated'>['data'], 'tasks'> {
  const changed: Record<Key, { role: string | null; formId: string | null }> = {};
  for (const { key, element } of x.state.tasks.values()) {
    const instance = x.instance(key);
    if (!isOwn(x.state, instance.definition, instance.scope)) continue;
    const [before, after] = [x.nodeOfInstance(instance), x.nodeOf(definition, elements[element] ?? element)];
    const [formBefore, formId] = [before, after].map(({ userTask }) => userTask?.formId ?? null);
    if (before.role === after.role && formBefore === formId) continue;
    changed[key] = { role: after.role, formId: formId ?? null };
  }
  return Object.keys(changed).length === 0 ? {} : { tasks: changed };
}

/** A case goes on under another definition, when all that lives in it has a place there. */
export function migrateCase(x: Execution, command: Extract<CaseCommand, { type: 'MigrateCase' }>): void {
  const { definition, version, elements, flows, reason } = command;
  requireActive(x);
  requireReason(reason);
  const from = x.state.definition;
  if (definition === from)
    refuse('migration-invalid', {
      it: 'Il caso segue già questa definizione.',
      en: 'The case follows this definition already.',
    });
  const target = x.modelOf(definition);
  const plan = planMigration(x.modelOf(from), target, x.state, { elements, flows });
  if (plan.problems.length > 0) {
    throw new Refused({
      code: 'migration-invalid',
      message: {
        it: `Il caso non può seguire ${target.key} ${version}: ${plan.problems.length} cose non vi trovano posto.`,
        en: `The case cannot follow ${target.key} ${version}: ${plan.problems.length} things have no place there.`,
      },
      errors: plan.problems.map(({ code, element, message }) => ({
        pointer: `/elements/${element}`,
        code,
        message,
      })),
    });
  }
  for (const { key } of plan.dropped) stopWaiting(x, key);
  x.emit({
    type: 'CaseMigrated',
    data: {
      from,
      definition,
      version,
      process: target.key,
      reason,
      elements: { ...plan.elements, ...elements },
      flows,
      ...changedTasks(x, definition, elements),
      ...factsOf(target),
    },
  });
  for (const { element, host } of plan.added) waitAgain(x, x.nodeOf(definition, element), host);
  x.touched.add(null);
}
