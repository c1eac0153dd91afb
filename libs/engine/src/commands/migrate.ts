import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import { planMigration } from '../migration.ts';
import { Refused, refuse } from '../refused.ts';
import { stopWaiting, waitAgain } from '../waiting.ts';
import { requireActive, requireReason } from './checks.ts';

/** A case goes on under another definition, when all that lives in it has a place there. */
export function migrateCase(x: Execution, command: Extract<CaseCommand, { type: 'MigrateCase' }>): void {
  const { definition, version, elements, flows, reason } = command;
  requireActive(x);
  requireReason(reason);
  const from = x.state.definition;
  if (definition === from) refuse('migration-invalid', 'The case follows this definition already.');
  const target = x.modelOf(definition);
  const plan = planMigration(x.modelOf(from), target, x.state, { elements, flows });
  if (plan.problems.length > 0) {
    throw new Refused({
      code: 'migration-invalid',
      message: `The case cannot follow ${target.key} ${version}: ${plan.problems.length} things have no place there.`,
      errors: plan.problems.map(({ code, element, message }) => ({
        pointer: `/elements/${element}`,
        code,
        message,
      })),
    });
  }
  for (const key of plan.dropped) stopWaiting(x, key);
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
    },
  });
  for (const { element, host } of plan.added) waitAgain(x, x.nodeOf(definition, element), host);
  x.touched.add(null);
}
