import type { FlowNode, ProcessModel } from '@iter/process-model';
import type { Models } from '../env.ts';
import type { CaseEvent, ElementRef, EventOf, Key } from '../events.ts';
import type { CaseState } from '../state.ts';
import { definitionIn } from '../state.ts';
import { byPerson } from './accounts.ts';
import { require } from './broken.ts';
import { add, use } from './tokens.ts';
import type { Counts } from './tokens.ts';

/** An element that has completed, and the flows by which tokens have left it since. */
interface Leaving {
  readonly node: FlowNode;
  readonly model: ProcessModel;
  readonly isReset: boolean;
  readonly taken: Counts;
}

/**
 * Whoever completes is left by as many tokens as its flows ask for, and by no others: an exclusive or event-based
 * gateway by one flow, an inclusive or complex one by one at least, all else by every flow without a condition; each
 * flow is taken as often as the completion quantity says. A complex gateway that is reset may be left by none, and is
 * by no flow without a condition. What was interrupted or stopped on its way out is excused.
 */
export class Leavings {
  readonly #models: Models;
  readonly #open = new Map<string, Leaving>();
  /** Flows that a person has sent a token along. */
  readonly #byHand: Counts = new Map();
  /** Complex gateways that were just reset. */
  readonly #reset = new Set<string>();
  /** Something ended before its time with this command. */
  #hasEnded = false;

  constructor(models: Models) {
    this.#models = models;
  }

  see(event: CaseEvent, before: CaseState): void {
    switch (event.type) {
      case 'ElementCompleted':
      case 'UserTaskCompleted':
      case 'JobCompleted':
        this.#completed(event.data, before);
        return;
      case 'TokensJoined':
        if (event.data.phase === 'reset') this.#reset.add(at(event.data.element, event.data.scope));
        return;
      case 'SequenceFlowTaken':
        this.#taken(event.data, before);
        return;
      case 'ElementTerminated':
        this.#hasEnded = true;
        return;
      case 'ElementActivated':
        if (event.data.interrupts) this.#hasEnded = true;
        return;
      case 'IncidentRaised': {
        const { stage, element, scope = null } = event.data;
        if (stage === 'leaving' && element !== null) this.#open.delete(at(element, scope));
        return;
      }
      case 'IncidentResolved': {
        const incident = before.incidents.get(event.data.key);
        const host = before.elements.get(incident?.host ?? '');
        const isLeaving = incident?.stage === 'leaving' && host?.stuck === true;
        if (isLeaving && event.data.resolution === byPerson) this.#leaves(host, before);
        return;
      }
      case 'CaseModified':
        for (const it of event.data.instructions) if (it.kind === 'take') add(this.#byHand, it.flow);
        return;
      default:
    }
  }

  /** Between two commands everything that has completed is left. */
  balance({ continuation, status }: CaseState): void {
    if (continuation !== null) return;
    for (const it of status === 'active' ? this.#open.values() : []) this.#isLeft(it);
    this.#open.clear();
    this.#byHand.clear();
    this.#hasEnded = false;
  }

  #completed(ref: ElementRef, before: CaseState): void {
    if (ref.iteration === undefined && ref.compensation === undefined) this.#leaves(ref, before);
  }

  #leaves({ element, scope, ...ref }: Pick<ElementRef, 'element' | 'scope'>, before: CaseState): void {
    const { iteration = 0, compensation = null } = ref as Partial<ElementRef>;
    if (iteration > 0 || compensation !== null) return;
    const model = this.#models(definitionIn(before, scope));
    const node = model?.nodes.get(element);
    if (!model || !node) return;
    const earlier = this.#open.get(at(element, scope));
    if (earlier) this.#isLeft(earlier);
    const isReset = this.#reset.delete(at(element, scope));
    this.#open.set(at(element, scope), { node, model, isReset, taken: new Map() });
  }

  #taken({ flow, scope }: EventOf<'SequenceFlowTaken'>['data'], before: CaseState): void {
    const source = this.#models(definitionIn(before, scope))?.flows.get(flow)?.source ?? '';
    if (use(this.#byHand, flow)) return;
    const leaving = this.#open.get(at(source, scope));
    require(leaving !== undefined, `a token leaves ${source}, which has not completed`);
    add(leaving.taken, flow);
  }

  #isLeft({ node, model, isReset, taken }: Leaving): void {
    const { id, type, outgoing, completionQuantity, defaultFlow } = node;
    for (const [flow, count] of taken)
      require(count <= completionQuantity, `${count} tokens leave ${id} along ${flow}`);
    if (this.#hasEnded || outgoing.length === 0) return;
    for (const [flow, count] of taken)
      require(count === completionQuantity, `${count} tokens leave ${id} along ${flow}`);
    const isOne = type === 'bpmn:ExclusiveGateway' || type === 'bpmn:EventBasedGateway';
    if (isOne && !node.instantiate) require(taken.size === 1, `${taken.size} flows lead on from ${id}`);
    require(isReset || taken.size > 0, `no token leaves ${id}`);
    if (isOne) return;
    for (const flow of outgoing) {
      const isFree = flow !== defaultFlow && model.flows.get(flow)?.condition === null;
      require(!isFree || isReset || taken.has(flow), `no token leaves ${id} along ${flow}`);
      require(!isFree || !isReset || !taken.has(flow), `a token leaves ${id} along ${flow} at its reset`);
    }
  }
}

const at = (element: string, scope: Key | null): string => `${scope ?? ''} ${element}`;
