import { visibleVariables } from '@iter/engine';
import type { Key, Models, Variables } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import type { FlowNode, Json } from '@iter/process-model';
import type { CommandRejection } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';
import { evaluatorFor } from './env.ts';
import { definitionOfTask } from './facts.ts';

/** What was found, a variable for each lookup; or why nothing can be looked for. */
export type LookedUp = { readonly found: Variables } | { readonly rejection: CommandRejection };

interface Asking {
  readonly comune: string;
  readonly process: string;
  /** Variables that the keys may read. */
  readonly context: Readonly<Record<string, Json>>;
}

/**
 * Reads what an element looks up (`iter:lookup`) before its start or completion is decided. Effects stay here at the edge:
 * the decision, and the history, get what was found as variables.
 * @returns the variables found, one for each lookup; or the refusal of a key that cannot be told
 */
export async function lookUp(
  ports: CasePorts,
  { lookups }: FlowNode,
  { comune, process, context }: Asking,
): Promise<LookedUp> {
  if (lookups.length === 0) return nothing;
  const now = ports.clock.now();
  const evaluate = evaluatorFor(ports, now, comune);
  const found: Record<string, Json> = {};
  for (const { register, key: asked, as } of lookups) {
    const key = evaluate(asked, { comune, ...context, ...found });
    if (!key.ok) {
      const message = {
        it: `Non si può dire che cosa cercare nel registro «${register}».`,
        en: `It cannot be told what to look for in the register “${register}”.`,
      };
      return { rejection: { code: 'variables-invalid', message } };
    }
    found[as] =
      key.value === null
        ? null
        : await ports.registers.read({ register, key: key.value, comune, process, on: romeDate(now) });
  }
  return { found };
}

const nothing: LookedUp = { found: {} };

/** What the completion of an open task looks up; nothing for a task that is not open: the engine says so. */
export async function lookUpForTask(
  ports: CasePorts,
  models: Models,
  { state }: CaseFile,
  key: Key,
  variables: Variables,
): Promise<LookedUp> {
  const task = state.tasks.get(key);
  const node = task && models(definitionOfTask(state, key))?.nodes.get(task.element);
  if (!node || node.lookups.length === 0) return nothing;
  const context = { ...visibleVariables(state, key), ...variables };
  return lookUp(ports, node, { comune: state.comune, process: state.process, context });
}
