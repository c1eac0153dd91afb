import { judgeConditions } from './conditions.ts';
import { ring } from './deadlines/expiry.ts';
import { completeJoin } from './elements/join.ts';
import type { Execution, Step } from './execution.ts';
import { fireWaitingJoins, gather, reportDeadlocks } from './joins.ts';
import { iterate } from './loops.ts';
import { perform } from './perform.ts';
import { isAlive } from './scopes.ts';
import { settle } from './settling.ts';
import { occur } from './triggers.ts';
import { compensateNext } from './undoing.ts';

/** The internal message that a missed deadline sends to its case. Nobody outside can send it. */
export const deadlineMissedMessage = 'deadlineMissed';

/**
 * Does what is under way, first in, first out, until the case waits or has ended. What is too much for one command is
 * left to the next.
 */
export function run(x: Execution): void {
  for (;;) {
    settle(x);
    tellMissed(x);
    judgeConditions(x);
    if (x.ended) return;
    if (x.touched.size > 0) continue;
    if (x.isFull && x.pending().length > 0) {
      x.leaveOff();
      return;
    }
    const step = x.dequeue();
    if (step) doStep(x, step);
    else if (!fireWaitingJoins(x, (node, scope) => completeJoin(x, node, scope)) && !ringMoved(x)) break;
  }
  reportDeadlocks(x);
}

function doStep(x: Execution, step: Step): void {
  x.touched.add(step.scope);
  if (!isAlive(x, step.scope)) return;
  switch (step.kind) {
    case 'iterate':
      iterate(x, x.instance(step.scope ?? ''), (next) => arrive(x, next));
      return;
    case 'compensate':
      compensateNext(x, step, (next) => arrive(x, next));
      return;
    case 'arrival':
      if (isWithinSteps(x, step)) arrive(x, step);
  }
}

/** A token comes to an element, which begins when it has all the tokens that it needs. */
function arrive(x: Execution, step: Step): void {
  const node = x.node(step.element, step.scope);
  if (node.startQuantity === 1 || step.iteration !== undefined || gather(x, node, step)) {
    perform(x, node, step);
  }
}

/** A token that has gone round too often is kept by an incident; resolving it lets it go on. */
function isWithinSteps(x: Execution, step: Step): boolean {
  if (!x.isBeyondSteps(step.scope)) return true;
  const { element, scope, payload, iteration, compensation } = step;
  const message = `More than ${x.env.limits.steps} steps in one go: does the process go in circles?`;
  x.strand(
    { code: 'step-limit', message },
    {
      element,
      scope,
      stage: 'entering',
      ...(payload && { variables: payload }),
      ...(iteration !== undefined && { iteration }),
      ...(compensation !== undefined && { compensation }),
    },
  );
  return false;
}

/** Does what is due already of deadlines that this command opened or moved. @returns whether there was any */
function ringMoved(x: Execution): boolean {
  if (x.moved.length === 0) return false;
  for (const key of new Set(x.moved.splice(0))) ring(x, key);
  return true;
}

/** Whoever in the case awaits `deadlineMissed`, for this deadline or for all, is told. */
function tellMissed(x: Execution): void {
  for (let key = x.missed.shift(); key !== undefined && !x.ended; key = x.missed.shift()) {
    const deadline = x.state.deadlines.get(key);
    if (!deadline) continue;
    const { id, instance, key: messageId } = deadline;
    const variables = { deadlineId: id, ...(instance === null ? {} : { deadlineKey: instance }) };
    for (const { key: subscription } of [...x.state.subscriptions.values()]) {
      // An interrupting one may have ended the others meanwhile.
      const it = x.state.subscriptions.get(subscription);
      if (it?.name !== deadlineMissedMessage || (it.correlationKey ?? id) !== id) continue;
      const { element, name } = it;
      const data = { key: subscription, element, name, messageId, variables };
      const isStart = x.waitingNode(it).type === 'bpmn:StartEvent';
      occur(
        x,
        it,
        (partial) => ({ type: 'MessageCorrelated', data: { ...data, ...partial } }),
        isStart ? {} : variables,
        isStart ? { locals: variables } : {},
      );
    }
  }
}
