import type { FlowNode, ProcessModel } from './model.ts';
import { awaitedDefinitions, awaitsAll, caseStarts } from './scopes-of.ts';

/** A way in which people begin a case of a process. */
export interface PeopleStart {
  readonly element: string;
  /** The message that they register; null: they begin it of their own accord. */
  readonly message: string | null;
  readonly label: string;
  /** Id of the form that they fill in; null: it asks for nothing. */
  readonly form: string | null;
}

/**
 * How people begin cases of a process: where nothing is awaited, first; then each message start that says what is registered
 * there (`iter:incoming`). What begins by a timer, a signal or another case's message is not among them.
 */
export function peopleStarts(model: ProcessModel): readonly PeopleStart[] {
  const nodes = caseStarts(model).map(({ node }) => node);
  const own = ownStart(model, nodes);
  return [
    ...(own
      ? [
          {
            element: own.id,
            message: null,
            label: own.name === own.id ? model.name : own.name,
            form: formOfStart(own, null),
          },
        ]
      : []),
    ...nodes.filter((node) => !awaitsAll(node)).flatMap(registered),
  ];
}

/** The form that people fill in to begin a case here: that of the message that they register, else the start's own. */
export const formOfStart = (node: FlowNode, message: string | null): string | null =>
  node.incomingMessages.find((it) => it.message === message)?.form ?? node.userTask?.formId ?? null;

/** A start without trigger, else one on a condition; of a process without start events, what it begins with. */
function ownStart(model: ProcessModel, nodes: readonly FlowNode[]): FlowNode | undefined {
  const starts = nodes.filter(({ type }) => type === 'bpmn:StartEvent');
  return (
    starts.find(({ event }) => event.kind === 'none') ??
    starts.find(
      (node) => !awaitsAll(node) && awaitedDefinitions(node).some(({ kind }) => kind === 'conditional'),
    ) ??
    withoutStart(model)
  );
}

/** A process without start events begins with what nothing leads to: here with the first of it. */
export function withoutStart({ scopes, nodes }: ProcessModel): FlowNode | undefined {
  const top = scopes.get('');
  return top?.starts.length === 0 ? nodes.get(top.begins[0] ?? '') : undefined;
}

function registered(node: FlowNode): readonly PeopleStart[] {
  return awaitedDefinitions(node).flatMap((it) => {
    const message = it.kind === 'message' ? it.name.constant : undefined;
    const declared = node.incomingMessages.find((one) => one.message === message);
    return declared
      ? [
          {
            element: node.id,
            message: declared.message,
            label: declared.label,
            form: formOfStart(node, declared.message),
          },
        ]
      : [];
  });
}
