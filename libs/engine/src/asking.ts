import type { ActUse, FlowNode } from '@iter/process-model';
import { lastDraft, newestVersion, placeOf } from './acts.ts';
import { unlessStuck } from './execution.ts';
import type { Execution } from './execution.ts';
import { holds } from './expressions.ts';
import type { ElementRef, Key, Variables } from './events.ts';
import { refOf } from './refs.ts';
import { visibleVariables } from './state.ts';

type Named = Pick<ActUse, 'template' | 'out'>;

/**
 * The acts that an element asks for at this moment: those whose condition holds.
 * @throws Stuck where a condition is neither true nor false
 */
export function actsOf(
  x: Execution,
  { acts }: FlowNode,
  on: ActUse['on'],
  scope: Key | null,
  own: Variables | undefined,
): readonly Named[] {
  return acts
    .filter((it) => it.on === on && (it.when === null || holds(x, it.when, scope, own)))
    .map(({ template, out }) => ({ template, out }));
}

/**
 * Asks for the acts of an element that begins or is done; without any, nothing happens.
 * @param own what it knows or was given
 * @throws Stuck
 */
export function askActs(
  x: Execution,
  node: FlowNode,
  ref: ElementRef,
  on: ActUse['on'],
  own: Variables = {},
): void {
  emitAsked(x, ref, node.acts.length > 0 ? actsOf(x, node, on, ref.scope, own) : [], own);
}

/**
 * What was entered has been corrected: the acts that open tasks asked for, and those of the tasks by which it was entered, are asked
 * for anew. What people have put in the place of a draft stays theirs, and what was sent is what was sent.
 */
export function askActsAgain(x: Execution, entered: readonly Key[], corrected: Variables): void {
  for (const key of x.state.tasks.keys()) {
    const instance = x.state.elements.get(key)!;
    const own = instance.variables;
    const acts = unlessStuck(() => actsOf(x, x.nodeOfInstance(instance), 'activation', instance.scope, own));
    emitAsked(x, refOf(x, instance), untouched(x, acts, placeOf(x.state, instance)), own);
  }
  for (const key of entered) {
    const asking = x.state.asked.get(key);
    const node = asking && x.modelOf(asking.definition).nodes.get(asking.element);
    if (!node) continue;
    const { definition, ...before } = asking;
    const scope = asking.scope !== null && x.state.elements.has(asking.scope) ? asking.scope : null;
    const given = Object.entries(corrected).filter(([name]) => Object.hasOwn(before.variables, name));
    const variables = { ...before.variables, ...Object.fromEntries(given) };
    const acts = untouched(
      x,
      unlessStuck(() => actsOf(x, node, 'completion', scope, variables)),
      before.place,
    );
    const ref = { key, ...before, ...(definition !== x.state.definition && { definition }) };
    if (acts.length > 0) x.emit({ type: 'ActsAsked', data: { ...ref, acts, variables } });
  }
}

/** Those whose newest version is the draft itself and lies here alone, or of which there is none yet. */
function untouched({ state }: Execution, acts: readonly Named[] | null, place: string): readonly Named[] {
  const sent = new Set([...state.deliveries.values()].flatMap(({ documents }) => documents));
  return (acts ?? []).filter(({ template }) => {
    const last = lastDraft(state, `${template}@${place}`);
    if (last === null) return true;
    return newestVersion(state, last.document) === last.document && !sent.has(last.document);
  });
}

function emitAsked(x: Execution, ref: ElementRef, acts: readonly Named[], own: Variables): void {
  if (acts.length === 0) return;
  const shown = visibleVariables(x.state, ref.scope);
  const variables = Object.fromEntries(Object.entries(own).filter(([name, value]) => shown[name] !== value));
  const place = placeOf(x.state, { iteration: 0, ...ref });
  x.emit({ type: 'ActsAsked', data: { ...ref, acts, place, variables } });
}
