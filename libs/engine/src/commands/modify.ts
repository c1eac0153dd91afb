import { isContainer } from '@iter/process-model';
import type { FlowNode } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import type { Execution } from '../execution.ts';
import type { Instruction, Key } from '../events.ts';
import { take } from '../flow.ts';
import { refuse } from '../refused.ts';
import { terminate } from '../ending.ts';
import { isAlive, openEventSubProcesses } from '../scopes.ts';
import { scopeOf } from '../state.ts';
import { waitAgain } from '../waiting.ts';
import { requireReason, requireRunning, requireVariables } from './checks.ts';

/** Most that one command may order. */
const mostInstructions = 100;

/** Moves a running case by hand, all of it or nothing. What is ended is ended without completing. */
export function modifyCase(
  x: Execution,
  { instructions, reason }: Extract<CaseCommand, { type: 'ModifyCase' }>,
): void {
  requireRunning(x);
  requireReason(reason);
  if (instructions.length === 0 || instructions.length > mostInstructions) {
    refuse(
      'limit-exceeded',
      instructions.length === 0
        ? {
            it: 'Manca che cosa correggere: almeno un’istruzione.',
            en: 'What to correct is missing: at least one instruction.',
          }
        : {
            it: `Al massimo ${mostInstructions} istruzioni, non ${instructions.length}: dividerle in più correzioni.`,
            en: `At most ${mostInstructions} instructions, not ${instructions.length}: divide them into several corrections.`,
          },
    );
  }
  x.emit({ type: 'CaseModified', data: { reason, instructions } });
  for (const instruction of instructions) follow(x, instruction);
  judgeDeadlocksAnew(x);
}

/** Tokens that waited for ever may not any more; what still does is reported again. */
function judgeDeadlocksAnew(x: Execution): void {
  for (const { key, code, host } of x.state.incidents.values()) {
    if (code !== 'deadlock') continue;
    x.emit({ type: 'IncidentResolved', data: { key, resolution: 'case-modified' } });
    x.touched.add(host);
  }
}

function follow(x: Execution, instruction: Instruction): void {
  switch (instruction.kind) {
    case 'start':
      start(x, instruction.element, instruction.scope);
      return;
    case 'take': {
      const { flow: id, scope } = instruction;
      requireScope(x, scope);
      const flow = x.modelIn(scope).flows.get(id);
      if (!flow || !liesIn(x, x.node(flow.target, scope), scope))
        return refuse('element-not-found', {
          it: `Lì non c’è il flusso ${id}.`,
          en: `There is no flow ${id} there.`,
        });
      take(x, flow, scope);
      return;
    }
    case 'drop': {
      const { element, flow, scope } = instruction;
      requireScope(x, scope);
      if (!scopeOf(x.state, scope)?.joins?.[element]?.[flow]) {
        return refuse('element-not-found', {
          it: `In ${element} non attende nessun percorso che venga da ${flow}.`,
          en: `At ${element} no path waits that comes from ${flow}.`,
        });
      }
      x.emit({ type: 'TokensJoined', data: { element, scope, tokens: { [flow]: 1 } } });
      x.touched.add(scope);
      return;
    }
    case 'cancel':
      terminate(x, requireInstance(x, instruction.key));
      return;
    case 'move': {
      const { scope } = x.instance(requireInstance(x, instruction.key));
      terminate(x, instruction.key);
      start(x, instruction.element, scope);
      return;
    }
    case 'set': {
      const { scope, variables } = instruction;
      requireScope(x, scope);
      requireVariables(variables);
      x.emit({ type: 'VariablesSet', data: { scope, variables } });
    }
  }
}

function requireInstance(x: Execution, key: Key): Key {
  if (x.state.elements.has(key)) return key;
  return refuse('element-not-found', {
    it: `Niente di ciò che è in corso ha la chiave ${key}.`,
    en: `Nothing under way has the key ${key}.`,
  });
}

function requireScope(x: Execution, scope: Key | null): void {
  const whole = scope === null ? null : x.state.elements.get(scope);
  // What stands for an incident lives as long as that: nothing can live in it.
  if (!isAlive(x, scope) || whole?.stuck)
    refuse('element-not-found', {
      it: `Non c’è un ambito in corso ${scope ?? ''}.`,
      en: `No scope ${scope ?? ''} is under way.`,
    });
  // In a repeated activity as a whole only its instances live: tokens move inside them, or around the whole.
  if (whole?.loop)
    refuse('element-not-found', {
      it: `Tra le ripetizioni di ${whole.element} non ci si sposta.`,
      en: `There is no moving between the repetitions of ${whole.element}.`,
    });
}

/** A token begins at an element; sub-processes between the scope and the element begin around it. */
function start(x: Execution, element: string, from: Key | null): void {
  requireScope(x, from);
  const node = x.modelIn(from).nodes.get(element);
  if (!node || !canBegin(node))
    return refuse('element-not-found', {
      it: `Da ${element} non si può ripartire.`,
      en: `The case cannot start again from ${element}.`,
    });
  let scope = from;
  for (const container of pathTo(x, node, from)) scope = inside(x, container, scope);
  x.touched.add(scope);
  x.enqueue({ kind: 'arrival', element, scope, free: true });
}

function canBegin({ type, triggeredByEvent }: FlowNode): boolean {
  return type !== 'bpmn:BoundaryEvent' && type !== 'bpmn:StartEvent' && !triggeredByEvent;
}

function liesIn(x: Execution, node: FlowNode, scope: Key | null): boolean {
  const instance = scope === null ? undefined : x.instance(scope);
  return node.scope === (instance && instance.called === null ? instance.element : null);
}

/** The sub-processes around an element as far as the scope, outermost first. */
function pathTo(x: Execution, node: FlowNode, from: Key | null): readonly FlowNode[] {
  const path: FlowNode[] = [];
  for (let it = node; !liesIn(x, it, from);) {
    const around = it.scope === null ? undefined : x.node(it.scope, from);
    if (!around || !isContainer(around) || around.loop || around.triggeredByEvent || around.adHoc) {
      return refuse('element-not-found', {
        it: `${node.id} non si trova nell’ambito da cui ripartire.`,
        en: `${node.id} does not lie in the scope from which to start again.`,
      });
    }
    path.unshift(around);
    it = around;
  }
  return path;
}

/** The one instance of a sub-process that is open, else a new one. */
function inside(x: Execution, container: FlowNode, scope: Key | null): Key {
  for (const it of x.state.elements.values())
    if (it.scope === scope && it.element === container.id && !it.stuck && !it.undoes) return it.key;
  const ref = x.ref(container, { scope });
  x.emit({ type: 'ElementActivated', data: ref });
  // What cannot be awaited is an incident of the new instance; the person's order stands.
  for (const id of container.boundary) waitAgain(x, x.node(id, scope), ref.key);
  openEventSubProcesses(x, ref.key);
  return ref.key;
}
