import type { FlowNode, Label, ProcessModel } from '@iter/process-model';
import type { Compensable } from './events.ts';
import { isLive } from './deadline-state.ts';
import { isJoin } from './flow.ts';
import type { CaseState, ElementInstance } from './state.ts';
import { isOwn, isOwnWaiting, scopeOf, waitingOf } from './state.ts';

/** Ids of the old definition and what they are in the new one; ids that stay the same need not be named. */
export interface Mapping {
  readonly elements: Readonly<Record<string, string>>;
  readonly flows: Readonly<Record<string, string>>;
}

/** Why something live in a case has no place in the other definition. */
export interface MigrationProblem {
  readonly code:
    | 'element-unmapped'
    | 'type-differs'
    | 'scope-differs'
    | 'loop-differs'
    | 'flow-unmapped'
    | 'deadline-undeclared'
    | 'compensation-unmapped'
    | 'work-under-way';
  readonly element: string;
  readonly message: Label;
}

/** What a migration would do to a case. */
export interface MigrationPlan {
  readonly problems: readonly MigrationProblem[];
  /** Live elements that go on, by their old and new ids. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Timers and subscriptions that nobody awaits any more, with the events that did. */
  readonly dropped: readonly { readonly key: string; readonly element: string }[];
  /** Boundary events and starts of event sub-processes that begin to wait, with their hosts' keys (null: the case). */
  readonly added: readonly { readonly element: string; readonly host: string | null }[];
  /** Where the elements of open deadlines are in the new definition. */
  readonly elements: Readonly<Record<string, string>>;
}

/**
 * What would happen to a case under another definition: what lives in it must have a place of the same kind there,
 * tokens at joins a flow, open deadlines a declaration. Nothing changes inside what is called. Pure.
 */
export function planMigration(
  from: ProcessModel,
  to: ProcessModel,
  state: CaseState,
  mapping: Mapping,
): MigrationPlan {
  const problems: MigrationProblem[] = [];
  const report = (code: MigrationProblem['code'], element: string, message: Label): void => {
    problems.push({ code, element, message });
  };
  const named = (id: string): string => mapping.elements[id] ?? id;
  const moved: { from: string; to: string }[] = [];
  const own = [...state.elements.values()].filter((it) => isOwn(state, it.definition, it.scope));

  if (state.continuation)
    report('work-under-way', from.key, {
      it: 'Il caso è ancora in movimento: riprovare tra un momento.',
      en: 'The case is still at work: try again in a moment.',
    });
  for (const instance of own) {
    const target = to.nodes.get(named(instance.element));
    const source = from.nodes.get(instance.element);
    if (!target)
      report('element-unmapped', instance.element, {
        it: `${instance.element} è in corso e non trova posto in ${to.key}.`,
        en: `${instance.element} lives and has no place in ${to.key}.`,
      });
    else if (source) {
      checkKind(source, target, instance, state, named, report);
      moved.push({ from: source.id, to: target.id });
    }
  }
  const scopes = [null, ...own.filter(({ called }) => called === null).map(({ key }) => key)];
  for (const key of scopes) {
    const { joins = null, resets = null } = scopeOf(state, key) ?? {};
    checkTokens(to, joins, mapping, report);
    // A complex gateway that has started awaits the others until it is reset.
    for (const id of Object.keys(resets ?? {})) {
      const join = joinAfter(to, id, mapping, report);
      if (join && join.type !== 'bpmn:ComplexGateway')
        report('type-differs', id, {
          it: `${id} attende che gli altri percorsi arrivino; ${join.id} di ${to.key} non ne attende.`,
          en: `${id} awaits its reset; ${join.id} of ${to.key} knows of none.`,
        });
    }
  }
  for (const key of scopes) {
    for (const it of scopeOf(state, key)?.compensables ?? []) checkCompensable(to, it, named, report);
  }
  for (const { pending } of state.compensations.values()) {
    for (const it of pending) if (scopes.includes(it.scope)) checkCompensable(to, it, named, report);
  }
  const elements: Record<string, string> = {};
  for (const deadline of state.deadlines.values()) {
    if (deadline.definition !== null || !isOwn(state, state.definition, deadline.scope)) continue;
    const declared = to.deadlines.get(deadline.id);
    if (declared) elements[deadline.element] = declared.element;
    else if (isLive(deadline))
      report('deadline-undeclared', deadline.element, {
        it: `${deadline.id} corre, e ${to.key} non lo dichiara.`,
        en: `${deadline.id} runs, and ${to.key} does not declare it.`,
      });
  }
  return { problems, moved, ...planWaiting(from, to, state, own, named), elements };
}

type Report = (code: MigrationProblem['code'], element: string, message: Label) => void;

function checkKind(
  source: FlowNode,
  target: FlowNode,
  instance: ElementInstance,
  state: CaseState,
  named: (id: string) => string,
  report: Report,
): void {
  if (source.type !== target.type || source.event.kind !== target.event.kind) {
    report('type-differs', source.id, {
      it: `${source.id} è ${source.type}, ${target.id} è ${target.type}.`,
      en: `${source.id} is a ${source.type}, ${target.id} a ${target.type}.`,
    });
  }
  if ((source.loop?.kind ?? null) !== (target.loop?.kind ?? null)) {
    report('loop-differs', source.id, {
      it: `${source.id} e ${target.id} non si ripetono allo stesso modo.`,
      en: `${source.id} and ${target.id} do not repeat in the same way.`,
    });
  }
  const around = instance.scope === null ? undefined : state.elements.get(instance.scope);
  // An instance of a repeated activity lies in the activity as a whole, what undoes in what it undoes.
  if (instance.iteration > 0 || (around && (around.called !== null || around.undoes))) return;
  const expected = around ? named(around.element) : null;
  if (target.scope !== expected) {
    report('scope-differs', source.id, {
      it: `${target.id} non si trova in ${expected ?? 'ciò che è direttamente nel processo'}.`,
      en: `${target.id} does not lie in ${expected ?? 'the process itself'}.`,
    });
  }
}

function checkTokens(
  to: ProcessModel,
  joins: CaseState['root']['joins'],
  mapping: Mapping,
  report: Report,
): void {
  for (const [id, tokens] of Object.entries(joins ?? {})) {
    const join = joinAfter(to, id, mapping, report);
    for (const flow of join ? Object.keys(tokens) : []) {
      if (join?.incoming.includes(mapping.flows[flow] ?? flow)) continue;
      report('flow-unmapped', id, {
        it: `In ${id} attende un percorso che viene da ${flow}: quel flusso non porta a ${join?.id ?? ''}.`,
        en: `A token of ${flow} waits at ${id}: no such flow leads into ${join?.id ?? ''}.`,
      });
    }
  }
}

/** The join at which tokens go on waiting for others; reported when there is none. */
function joinAfter(
  to: ProcessModel,
  id: string,
  { elements }: Mapping,
  report: Report,
): FlowNode | undefined {
  const join = to.nodes.get(elements[id] ?? id);
  if (!join)
    report('element-unmapped', id, {
      it: `In ${id} attendono dei percorsi, e non trova posto in ${to.key}.`,
      en: `Tokens wait at ${id}, which has no place in ${to.key}.`,
    });
  else if (!isJoin(join)) {
    report('type-differs', id, {
      it: `In ${id} attendono dei percorsi; in ${join.id} di ${to.key} nessuno attende gli altri.`,
      en: `Tokens wait at ${id}; at ${join.id} of ${to.key} none waits for others.`,
    });
    return undefined;
  }
  return join;
}

function checkCompensable(
  to: ProcessModel,
  it: Compensable,
  named: (id: string) => string,
  report: Report,
): void {
  for (const id of [it.element, it.handler]) {
    if (id === null || to.nodes.has(named(id))) continue;
    report('compensation-unmapped', it.element, {
      it: `${it.element} si può annullare, e ${id} non trova posto in ${to.key}.`,
      en: `${it.element} can be undone, and ${id} has no place in ${to.key}.`,
    });
  }
  for (const inner of it.called === null ? it.inside : []) checkCompensable(to, inner, named, report);
}

/**
 * What waits on behalf of a scope or activity: its boundary events and the starts of its event sub-processes. Of a
 * repeated activity the whole has the boundary events, each instance the event sub-processes.
 * @param instance undefined: the case itself
 */
function hosted(
  model: ProcessModel,
  element: string,
  instance: Pick<ElementInstance, 'iteration' | 'loop'> | undefined,
): readonly string[] {
  const boundary = instance?.iteration === 0 ? (model.nodes.get(element)?.boundary ?? []) : [];
  const inside = instance?.loop ? [] : (model.scopes.get(element)?.eventSubProcesses ?? []);
  return [...boundary, ...inside.flatMap((id) => model.scopes.get(id)?.starts ?? [])];
}

function planWaiting(
  from: ProcessModel,
  to: ProcessModel,
  state: CaseState,
  own: readonly ElementInstance[],
  named: (id: string) => string,
): Pick<MigrationPlan, 'dropped' | 'added'> {
  const dropped: { key: string; element: string }[] = [];
  const added: { element: string; host: string | null }[] = [];
  for (const instance of [undefined, ...own.filter(({ stuck }) => !stuck)]) {
    const host = instance?.key ?? null;
    const element = instance?.element ?? '';
    const before = hosted(from, element, instance).map(named);
    const after = hosted(to, instance ? named(element) : '', instance);
    for (const key of (instance ?? state.root).waits) {
      const waiting = waitingOf(state, key);
      if (!waiting || waiting.element === element || !isOwnWaiting(state, waiting)) continue;
      const target = named(waiting.element);
      const isGateway = instance && from.nodes.get(instance.element)?.type === 'bpmn:EventBasedGateway';
      const stays = isGateway ? to.nodes.has(target) : after.includes(target);
      if (!stays) dropped.push({ key, element: waiting.element });
    }
    // What fired once and does not wait any more is not armed again: only what is new begins to wait.
    for (const id of after) if (!before.includes(id)) added.push({ element: id, host });
  }
  return { dropped, added };
}
