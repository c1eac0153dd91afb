import { awaitedDefinitions } from '@iter/process-model';
import { Stuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { holds } from './expressions.ts';
import type { Condition } from './state.ts';
import { definitionAwaited } from './state.ts';
import { occur } from './triggers.ts';
import { seenFrom } from './waiting.ts';

/**
 * Judges the conditional events that may have become true. One happens when its condition becomes true; it must be
 * false before it can happen again.
 * Source: BPMN 2.0.2 §10.5.5 "Conditional"
 */
export function judgeConditions(x: Execution): void {
  if (x.changed.length === 0) return;
  const changed = new Set(x.changed.splice(0));
  for (const { key } of [...x.state.conditions.values()]) {
    // An interrupting one may have ended the others meanwhile.
    const condition = x.ended ? undefined : x.state.conditions.get(key);
    if (condition) judge(x, condition, changed);
  }
}

function judge(x: Execution, condition: Condition, changed: ReadonlySet<string>): void {
  const { key, element, host, index } = condition;
  const node = x.waitingNode(condition);
  const definition = awaitedDefinitions(node)[index ?? 0];
  if (definition?.kind !== 'conditional') return;
  const { names } = definition.condition;
  // The empty name: something began to wait.
  if (!changed.has('') && !names.some((name) => changed.has(name))) return;
  try {
    const isTrue = holds(x, definition.condition, seenFrom(x, node, host));
    if (isTrue === condition.holds) return;
    if (!isTrue) {
      x.emit({ type: 'ConditionLapsed', data: { key } });
      return;
    }
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    x.emit({ type: 'ConditionUnsubscribed', data: { key } });
    const definition = definitionAwaited(x.state, condition);
    x.strand(error, { element, scope: host, stage: 'waiting', definition });
    return;
  }
  const isParallel = node.event.kind === 'multiple' && node.event.parallel;
  const goesOn = !node.interrupting && !isParallel ? { goesOn: true as const } : {};
  occur(
    x,
    condition,
    (partial) => ({ type: 'ConditionTriggered', data: { key, element, ...partial, ...goesOn } }),
    {},
  );
}
