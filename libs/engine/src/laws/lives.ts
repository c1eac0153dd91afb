import type { Models } from '../env.ts';
import type { CaseEvent, ElementRef, Key } from '../events.ts';
import type { CaseState } from '../state.ts';
import { waitingOf } from '../state.ts';
import { byPerson } from './accounts.ts';
import { require } from './broken.ts';

/**
 * Everything has one life: it is activated once, then it completes or is terminated once. What passes at once is never
 * heard of before or after. A scope ends when nothing lives in it and nobody waits on its behalf; instances of a
 * repeated activity count 1, 2, 3 …; nothing happens after the end of the case. A task or job completes when somebody
 * has done it, and what waits for an event when that has happened.
 */
export class Lives {
  readonly #models: Models;
  readonly #seen = new Set<Key>();
  readonly #live = new Set<Key>();
  /** By repeated activity, the numbers of its instances that have begun. */
  readonly #iterations = new Map<Key, Set<number>>();
  /** By repeated activity, how many of them were given up before they came in. */
  readonly #givenUp = new Map<Key, number>();
  /** What waited, and what it waited for has happened. */
  readonly #triggered = new Set<Key>();
  #hasEnded = false;

  constructor(models: Models) {
    this.#models = models;
  }

  see(event: CaseEvent, before: CaseState): void {
    require(!this.#hasEnded, `${event.type} after the end of the case`);
    switch (event.type) {
      case 'ElementActivated':
      case 'UserTaskCreated':
      case 'JobCreated':
      case 'DecisionEvaluated':
        this.#begin(event.data, before);
        return;
      case 'ElementCompleted':
        if (!this.#live.has(event.data.key)) this.#pass(event.data, before);
        else {
          this.#hasReason(event.data.key, before);
          this.#end(event, event.data, before);
        }
        return;
      case 'TimerFired':
      case 'MessageCorrelated':
      case 'SignalReceived':
      case 'ConditionTriggered': {
        const { host = null } = waitingOf(before, event.data.key) ?? {};
        if (host !== null && !event.data.partial) this.#triggered.add(host);
        return;
      }
      case 'UserTaskCompleted':
      case 'JobCompleted':
      case 'ElementTerminated':
        this.#end(event, event.data, before);
        return;
      case 'IncidentRaised': {
        const { key, host, stage, scope = null, iteration, element } = event.data;
        this.#isNew(key);
        if (stage === undefined || host === null || element === null || before.elements.has(host)) return;
        this.#begin(
          { key: host, element, scope, ...(stage === 'entering' && iteration && { iteration }) },
          before,
        );
        return;
      }
      case 'IncidentResolved': {
        const host = before.incidents.get(event.data.key)?.host ?? null;
        const instance = host === null ? undefined : before.elements.get(host);
        if (host === null || !instance?.stuck) return;
        this.#live.delete(host);
        if (instance.scope === null || before.incidents.get(event.data.key)?.stage !== 'entering') return;
        // Resolved by a person it is tried again under another key; else it never came in.
        if (event.data.resolution === byPerson)
          this.#iterations.get(instance.scope)?.delete(instance.iteration);
        else this.#givenUp.set(instance.scope, (this.#givenUp.get(instance.scope) ?? 0) + 1);
        return;
      }
      case 'TimerArmed':
      case 'MessageSubscribed':
      case 'SignalSubscribed':
      case 'ConditionSubscribed':
      case 'CompensationTriggered':
      case 'DeadlineOpened':
      case 'EscalationRaised':
        this.#isNew(event.data.key);
        return;
      case 'CaseCompleted':
      case 'CaseFailed':
      case 'CaseTerminated':
        require(before.root.children === 0 &&
          before.root.waits.length === 0, `${event.type} while something lives`);
        this.#hasEnded = true;
        return;
      default:
    }
  }

  #isNew(key: Key): void {
    require(!this.#seen.has(key), `the key ${key} is used twice`);
    this.#seen.add(key);
  }

  #begin(ref: ElementRef, before: CaseState): void {
    this.#isNew(ref.key);
    this.#live.add(ref.key);
    this.#within(ref, before);
  }

  #pass(ref: ElementRef, before: CaseState): void {
    this.#isNew(ref.key);
    this.#within(ref, before);
  }

  #within({ element, scope, iteration }: ElementRef, before: CaseState): void {
    require(scope === null || before.elements.has(scope), `${element} begins in a scope that is not live`);
    if (iteration === undefined || scope === null) return;
    const begun = this.#iterations.get(scope) ?? new Set();
    this.#iterations.set(scope, begun);
    require(!begun.has(iteration), `instance ${iteration} of ${element} begins twice`);
    require(iteration === 1 ||
      begun.has(iteration - 1), `instance ${iteration} of ${element} comes too early`);
    begun.add(iteration);
    const { loop } = before.elements.get(scope) ?? {};
    require(loop !== null && loop !== undefined, `${element} repeats in what is not repeated`);
    require(loop.total === null || iteration <= loop.total, `${element} has more instances than it may`);
  }

  /** What ends by itself is a scope, or was awaited. */
  #hasReason(key: Key, before: CaseState): void {
    const instance = before.elements.get(key);
    if (!instance) return;
    const { element } = instance;
    require(!before.tasks.has(key) && !before.jobs.has(key), `${element} completes, and nobody has done it`);
    const node = this.#models(instance.definition)?.nodes.get(element);
    if (node && waits.has(node.type) && !instance.loop && !instance.undoes)
      require(this.#triggered.has(key), `${element} completes, and what it waits for has not happened`);
  }

  #end({ type }: CaseEvent, { key, element }: ElementRef, before: CaseState): void {
    const instance = before.elements.get(key);
    require(this.#live.delete(key) && instance !== undefined, `${type} of ${element}, which does not live`);
    require(instance.children === 0, `${type} of ${element}, in which something lives`);
    require(instance.waits.length === 0, `${type} of ${element}, for which something is awaited`);
    if (type === 'ElementCompleted' && instance.loop) {
      const { completed, terminated } = instance.loop;
      const begun = this.#iterations.get(key)?.size ?? 0;
      require(begun ===
        completed +
          terminated +
          (this.#givenUp.get(key) ?? 0), `${element} has instances that neither completed nor ended`);
    }
  }
}

const waits: ReadonlySet<string> = new Set([
  'bpmn:IntermediateCatchEvent',
  'bpmn:ReceiveTask',
  'bpmn:EventBasedGateway',
]);
