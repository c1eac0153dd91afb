import { expressionsOf } from '../expressions-of.ts';
import type { Form } from '../forms/form.ts';
import type { FlowNode, ProcessModel } from '../model.ts';

/**
 * Names of variables that a process sets or reads itself: by its forms, mappings, scripts, decisions, loops, registers and
 * acts, and in its expressions. What messages and jobs bring nobody can know; a name that the process uses is known.
 */
export function knownNames(model: ProcessModel, forms: Iterable<Form>): ReadonlySet<string> {
  const names = new Set<string>(['caseId', 'businessKey', 'comune', 'loopCounter']);
  const add = (path: string | null | undefined): void => {
    const [name] = (path ?? '').split('.');
    if (name) names.add(name);
  };
  for (const { fields, lists } of forms) for (const { key } of [...fields, ...lists]) add(key);
  for (const node of model.nodes.values()) targetsOf(node).forEach(add);
  for (const { fields } of model.personal) fields.forEach(add);
  for (const { expression } of expressionsOf(model)) expression.names.forEach(add);
  return names;
}

function targetsOf(node: FlowNode): readonly (string | null | undefined)[] {
  const { script, decision, loop, adHoc } = node;
  return [
    ...[...node.inputs, ...node.outputs].map(({ target }) => target),
    ...node.locals,
    ...node.required,
    ...node.lookups.map(({ as }) => as),
    ...node.acts.map(({ out }) => out),
    script?.resultVariable,
    decision?.resultVariable,
    adHoc?.outputCollection,
    ...(loop?.kind === 'multi' ? [loop.item, loop.outputCollection] : []),
  ];
}
