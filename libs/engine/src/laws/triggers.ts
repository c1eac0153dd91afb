import type { FlowNode } from '@iter/process-model';
import type { Models } from '../env.ts';
import type { CaseEvent, Key } from '../events.ts';
import type { CaseState } from '../state.ts';
import { definitionAwaited, definitionIn, scopeOf, waitingOf } from '../state.ts';
import { require } from './broken.ts';

/**
 * What interrupts ends what it interrupts: an interrupting boundary event its activity, the start of an interrupting
 * event sub-process all else in its scope. A parallel multiple event happens when the last of its events has.
 */
export class Triggers {
  readonly #models: Models;
  /** Activities that were interrupted with this command. */
  readonly #interrupted = new Map<Key, string>();

  constructor(models: Models) {
    this.#models = models;
  }

  see(event: CaseEvent, before: CaseState): void {
    switch (event.type) {
      case 'TimerFired':
      case 'MessageCorrelated':
      case 'SignalReceived':
      case 'ConditionTriggered':
        this.#happened(event.data.key, event.data.partial === true, before);
        return;
      case 'ElementActivated': {
        const { element, scope, interrupts } = event.data;
        const node = this.#models(definitionIn(before, scope))?.nodes.get(element);
        if (!interrupts || !node?.triggeredByEvent) return;
        const { children = 0, waits = [] } = scopeOf(before, scope) ?? {};
        require(children === 0, `${element} interrupts, and something lives on in its scope`);
        const inside = waits.filter((it) => waitingOf(before, it)?.inside);
        require(inside.length === 0, `${element} interrupts, and something is awaited on in its scope`);
        return;
      }
      default:
    }
  }

  /** Between two commands nothing lives that was interrupted. */
  balance({ elements, continuation }: CaseState): void {
    if (continuation !== null) return;
    for (const [key, by] of this.#interrupted)
      require(!elements.has(
        key,
      ), `${elements.get(key)?.element ?? ''} lives on, which ${by} has interrupted`);
    this.#interrupted.clear();
  }

  #happened(key: Key, partial: boolean, before: CaseState): void {
    const waiting = waitingOf(before, key);
    const node = waiting && this.#models(definitionAwaited(before, waiting))?.nodes.get(waiting.element);
    if (!waiting || !node) return;
    const { host } = waiting;
    if (isParallel(node)) {
      const waits = scopeOf(before, host)?.waits ?? [];
      const left = waits.filter((it) => it !== key && waitingOf(before, it)?.element === node.id).length;
      require(partial ===
        left > 0, `${node.id} ${partial ? 'goes on waiting' : 'happens'} with ${left} left`);
    } else require(!partial, `${node.id} goes on waiting, and awaits one thing`);
    if (partial || host === null || !node.interrupting) return;
    if (node.type === 'bpmn:BoundaryEvent') this.#interrupted.set(host, node.id);
  }
}

const isParallel = ({ event }: FlowNode): boolean => event.kind === 'multiple' && event.parallel;
