import type { EventDefinition, Expression, FlowNode, LoopSpec, ProcessModel } from './model.ts';

/** What an expression must give. */
export type Wanted = 'boolean' | 'text' | 'any';

export interface PlacedExpression {
  readonly element: string;
  readonly expression: Expression;
  readonly wanted: Wanted;
}

/** Every expression of a process, with the element that it stands on. */
export function expressionsOf(model: ProcessModel): readonly PlacedExpression[] {
  const flows = [...model.flows.values()].flatMap(({ id, condition }) =>
    placed(id, [[condition, 'boolean']]),
  );
  return [...flows, ...[...model.nodes.values()].flatMap(ofNode)];
}

type Written = readonly [Expression | null | undefined, Wanted];

function placed(element: string, written: readonly Written[]): readonly PlacedExpression[] {
  return written.flatMap(([expression, wanted]) => (expression ? [{ element, expression, wanted }] : []));
}

function ofNode(node: FlowNode): readonly PlacedExpression[] {
  const { userTask, job, call, decision, adHoc, message } = node;
  return placed(node.id, [
    ...ofEvent(node.event),
    ...(node.loop ? ofLoop(node.loop) : []),
    [node.activationCondition, 'boolean'],
    [call?.process, 'text'],
    [decision?.decision, 'text'],
    [adHoc?.completionCondition, 'boolean'],
    [adHoc?.activeElements, 'any'],
    [adHoc?.outputElement, 'any'],
    [userTask?.assignee, 'any'],
    [userTask?.candidateGroups, 'any'],
    [userTask?.candidateUsers, 'any'],
    [userTask?.dueDate, 'any'],
    [userTask?.followUpDate, 'any'],
    [userTask?.priority, 'any'],
    [job?.type, 'text'],
    [job?.retries, 'any'],
    [node.script?.expression, 'any'],
    [message?.name, 'text'],
    [message?.correlationKey, 'any'],
    [node.office, 'any'],
    [node.about, 'any'],
    [node.receiver, 'any'],
    ...node.refusals.flatMap(({ when, message: why }): Written[] => [
      [when, 'boolean'],
      [why, 'text'],
    ]),
    ...node.acts.map(({ when }): Written => [when, 'boolean']),
    ...node.lookups.map(({ key }): Written => [key, 'any']),
    ...[...node.inputs, ...node.outputs].map(({ source }): Written => [source, 'any']),
    ...node.deadlines.flatMap(({ when, key, amount, until, bases, met }): Written[] => [
      [when, 'boolean'],
      [key, 'any'],
      [amount, 'any'],
      [until, 'any'],
      ...bases.flatMap(({ value, proof }): Written[] => [
        [value, 'any'],
        [proof, 'any'],
      ]),
      ...met.map(({ date }): Written => [date, 'any']),
    ]),
    ...node.deadlineChanges.flatMap(({ when, by, key }): Written[] => [
      [when, 'boolean'],
      [by, 'any'],
      [key, 'any'],
    ]),
  ]);
}

function ofEvent(event: EventDefinition): readonly Written[] {
  switch (event.kind) {
    case 'message':
      return [
        [event.name, 'text'],
        [event.correlationKey, 'any'],
      ];
    case 'timer':
      return [[event.value, 'any']];
    case 'signal':
      return [[event.name, 'text']];
    case 'error':
    case 'escalation':
      return [[event.code, 'text']];
    case 'conditional':
      return [[event.condition, 'boolean']];
    case 'multiple':
      return event.of.flatMap(ofEvent);
    case 'none':
    case 'compensation':
    case 'cancel':
    case 'terminate':
    case 'link':
      return [];
  }
}

function ofLoop(loop: LoopSpec): readonly Written[] {
  if (loop.kind === 'standard') {
    return [
      [loop.condition, 'boolean'],
      [loop.maximum, 'any'],
    ];
  }
  const { behavior } = loop;
  return [
    [loop.cardinality, 'any'],
    [loop.collection, 'any'],
    [loop.outputElement, 'any'],
    [loop.completionCondition, 'boolean'],
    ...(behavior.kind === 'none' || behavior.kind === 'one' ? ofEvent(behavior.event) : []),
    ...(behavior.kind === 'complex'
      ? behavior.definitions.flatMap(({ condition, event }): Written[] => [
          [condition, 'boolean'],
          ...ofEvent(event),
        ])
      : []),
  ];
}
