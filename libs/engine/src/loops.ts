import type { FlowNode, LoopSpec } from '@iter/process-model';
import { outputsOf } from './evolving/elements.ts';
import { Stuck } from './execution.ts';
import type { Execution, Step } from './execution.ts';
import { evaluate, holds } from './expressions.ts';
import type { Key, LoopStarted } from './events.ts';
import { complete, enter, handOut } from './flow.ts';
import { isAlive } from './scopes.ts';
import type { ElementInstance, Loop } from './state.ts';
import { armBoundary } from './waiting.ts';

/**
 * A repeated activity as a whole begins: its instances follow one after the other, or all at once.
 * Source: BPMN 2.0.2 §13.3.6 (loop), §13.3.7 (multi-instance)
 */
export function beginLoop(x: Execution, node: FlowNode, step: Step, spec: LoopSpec): void {
  enter(x, node, step, () => {
    const loop = spec.kind === 'standard' ? standard(x, spec, step.scope) : multi(x, node, spec, step.scope);
    const ref = x.ref(node, step);
    x.emit({ type: 'ElementActivated', data: { ...ref, loop } });
    armBoundary(x, node, ref.key);
    x.enqueue({ kind: 'iterate', element: node.id, scope: ref.key });
  });
}

function standard(
  x: Execution,
  spec: Extract<LoopSpec, { kind: 'standard' }>,
  scope: Key | null,
): LoopStarted {
  const maximum = spec.maximum && count(x, spec.maximum, scope, 'loopMaximum');
  return { kind: 'standard', total: maximum };
}

type MultiInstance = Extract<LoopSpec, { kind: 'multi' }>;

function multi(x: Execution, node: FlowNode, spec: MultiInstance, scope: Key | null): LoopStarted {
  const kind = spec.sequential ? 'sequential' : 'parallel';
  const most = x.env.limits.instances;
  const within = (total: number): number => {
    if (total <= most) return total;
    throw new Stuck('instance-limit', `${node.id} avrebbe ${total} istanze; al massimo sono ${most}.`);
  };
  if (spec.collection === null) {
    if (spec.cardinality === null) throw new Error(`${node.id} has neither cardinality nor collection`);
    return { kind, total: within(count(x, spec.cardinality, scope, 'loopCardinality')) };
  }
  const items = evaluate(x, spec.collection, scope);
  if (!Array.isArray(items)) {
    throw new Stuck('collection-invalid', `«${spec.collection.text}» di ${node.id} non dà un elenco.`);
  }
  within(items.length);
  return { kind, total: items.length, items, ...(spec.item !== null && { item: spec.item }) };
}

function count(
  x: Execution,
  expression: NonNullable<MultiInstance['cardinality']>,
  scope: Key | null,
  what: string,
) {
  const value = evaluate(x, expression, scope);
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0) return number;
  throw new Stuck('cardinality-invalid', `«${expression.text}» (${what}) non è un numero intero da 0 in su.`);
}

/** The next instance begins, when there is one; of a parallel one then the next, until all have begun. */
export function iterate(x: Execution, body: ElementInstance, run: (step: Step) => void): void {
  const node = x.nodeOfInstance(body);
  const { loop, key: scope, element } = body;
  x.touched.add(scope);
  if (!loop || !node.loop) return;
  let goesOn = false;
  const why = x.attempt(() => void (goesOn = another(x, node.loop as LoopSpec, loop, scope)));
  if (why) {
    x.strand(why, { element, scope: body.scope, stage: 'leaving', host: scope });
    return;
  }
  if (!goesOn) return;
  const iteration = loop.started + 1;
  run({ kind: 'arrival', element, scope, iteration });
  // The one that has begun may have completed already, and with it the whole.
  const isOver = !isAlive(x, scope) || x.satisfied.includes(scope);
  if (loop.kind === 'parallel' && !isOver && iteration < (loop.total ?? 0)) {
    x.enqueue({ kind: 'iterate', element, scope });
  }
}

/** Whether there is another instance after those that have begun. @throws Stuck */
function another(x: Execution, spec: LoopSpec, { started, total }: Loop, body: Key): boolean {
  if (total !== null && started >= total) return false;
  if (spec.kind === 'multi') return true;
  if (spec.condition === null || (started === 0 && !spec.testBefore)) return true;
  return holds(x, spec.condition, body, { loopCounter: started });
}

/** All instances have ended: the activity as a whole completes. @throws Stuck */
export function completeLoop(x: Execution, body: ElementInstance, loop: Loop): void {
  const node = x.nodeOfInstance(body);
  if (node.loop?.kind === 'multi' && node.loop.outputCollection !== null) {
    handOut(x, body.scope, { [node.loop.outputCollection]: outputsOf(loop) });
  }
  complete(x, body);
}
