import { caseStarts, isContainer } from '@iter/process-model';
import type { FlowNode, ScopeModel } from '@iter/process-model';
import type { Models } from '../env.ts';
import type { CaseEvent, ElementRef, EventOf, Key } from '../events.ts';
import { isJoin } from '../flow.ts';
import type { CaseState } from '../state.ts';
import { definitionAwaited, definitionIn, isOwn } from '../state.ts';
import { require } from './broken.ts';

type Counts = Map<string, number>;

/**
 * Books kept of every token from the events alone: each that is sent to an element begins it once, none is lost or
 * doubled, and a join takes what came along its flows, once for all. What people place by hand is booked as well. Where
 * the events do not say what begins (what an expression names in an ad-hoc sub-process), nothing is asked.
 */
export class Accounts {
  readonly #models: Models;
  /** Tokens on their way, by scope and the element that they are to begin. */
  readonly #coming = new Map<Key | null, Counts>();
  /** Tokens that wait at joins, by scope, element and flow. */
  readonly #waiting = new Map<Key | null, Map<string, Counts>>();
  /** Boundary events that were thrown at: the events do not say in which scope they are. */
  readonly #thrownAt: Counts = new Map();
  /** What a person has placed, until it has begun. */
  readonly #placed: Counts = new Map();
  /** A token was on its way to them, and they may have been opened around what was placed all the same. */
  readonly #perhapsByHand: Counts = new Map();
  readonly #dropped: Counts = new Map();
  /** Joins whose tokens were taken, and that have not fired yet. */
  readonly #joinedAt: Counts = new Map();
  /** Something ended before its time with this command: what was placed may have gone with it. */
  #hasEnded = false;
  /** Scopes of which the events do not say what begins in them: ad hoc, opened anew to be undone, or by hand. */
  readonly #unsaid = new Set<Key | null>();

  constructor(models: Models) {
    this.#models = models;
  }

  see(event: CaseEvent, before: CaseState): void {
    switch (event.type) {
      case 'CaseStarted':
        this.#started(event.data);
        return;
      case 'ElementActivated':
        this.#activated(event.data, before);
        return;
      case 'UserTaskCreated':
      case 'JobCreated':
      case 'DecisionEvaluated':
        this.#begin(event.data, before);
        return;
      case 'ElementCompleted':
        this.#completed(event.data, before);
        return;
      case 'ElementTerminated':
        this.#hasEnded = true;
        this.#leave(event.data.key);
        return;
      case 'SequenceFlowTaken':
        this.#taken(event.data, before);
        return;
      case 'TokensJoined':
        this.#joined(event.data, before);
        return;
      case 'TimerFired':
        if (!event.data.partial) this.#triggered(before.timers.get(event.data.key), before);
        return;
      case 'MessageCorrelated':
        if (!event.data.partial) this.#triggered(before.subscriptions.get(event.data.key), before);
        return;
      case 'SignalReceived':
        if (!event.data.partial) this.#triggered(before.signals.get(event.data.key), before);
        return;
      case 'ConditionTriggered':
        if (!event.data.partial) this.#triggered(before.conditions.get(event.data.key), before);
        return;
      case 'ErrorThrown':
      case 'EscalationThrown':
        if (event.data.caughtBy !== null) add(this.#thrownAt, event.data.caughtBy);
        return;
      case 'IncidentRaised':
        this.#stranded(event.data, before);
        return;
      case 'IncidentResolved':
        this.#triedAgain(event.data, before);
        return;
      case 'CaseMigrated':
        this.#migrated(event.data, before);
        return;
      case 'CaseModified':
        for (const it of event.data.instructions) {
          if (it.kind === 'start' || it.kind === 'move') add(this.#placed, it.element);
          else if (it.kind === 'drop') add(this.#dropped, it.element);
        }
        return;
      default:
    }
  }

  /** Between two commands nothing is on its way, and what waits is what the state says. */
  balance(state: CaseState): void {
    const { continuation, status } = state;
    if (continuation !== null) return;
    for (const [scope, counts] of status === 'active' ? this.#coming : []) {
      if (this.#unsaid.has(scope)) continue;
      for (const [element, count] of counts)
        require(count === 0, `${count} tokens on their way to ${element} are lost`);
    }
    for (const [element, count] of this.#placed) {
      require(count === 0 || this.#hasEnded || status !== 'active', `what was placed at ${element} is lost`);
    }
    for (const [element, count] of this.#joinedAt)
      require(count === 0, `${element} took its tokens and did not fire`);
    this.#placed.clear();
    this.#perhapsByHand.clear();
    this.#dropped.clear();
    this.#hasEnded = false;
    if (status !== 'active') return;
    for (const [scope, { joins }] of [[null, state.root] as const, ...state.elements]) {
      const booked = [...(this.#waiting.get(scope) ?? [])].flatMap(([element, flows]) =>
        [...flows].filter(([, count]) => count !== 0).map(([flow, count]) => `${element} ${flow} ${count}`),
      );
      const there = Object.entries(joins ?? {}).flatMap(([element, flows]) =>
        Object.entries(flows).map(([flow, count]) => `${element} ${flow} ${count}`),
      );
      require(booked.sort().join() ===
        there.sort().join(), `at joins there waits ${there.join()}, not ${booked.join()}`);
    }
  }

  /** A case begins at a start, at the gateway before it, or with all that nothing leads to. */
  #started({ definition, startElement }: EventOf<'CaseStarted'>['data']): void {
    const model = this.#models(definition);
    require(model !== undefined, `the case follows ${definition}, which is not there`);
    const start = caseStarts(model).find(({ node }) => node.id === startElement);
    const begins = start ? [start.gateway?.id ?? startElement] : beginsOf(model.scopes.get(''));
    for (const id of begins) add(this.#in(null), id);
  }

  /** Tokens wait under the new names. */
  #migrated({ elements, flows }: EventOf<'CaseMigrated'>['data'], before: CaseState): void {
    for (const [scope, joins] of this.#waiting) {
      if (!isOwn(before, definitionIn(before, scope), scope)) continue;
      const renamed = [...joins].map(
        ([element, counts]) =>
          [
            elements[element] ?? element,
            new Map([...counts].map(([flow, count]) => [flows[flow] ?? flow, count])),
          ] as const,
      );
      this.#waiting.set(scope, new Map(renamed));
    }
  }

  #in(scope: Key | null): Counts {
    let counts = this.#coming.get(scope);
    if (!counts) this.#coming.set(scope, (counts = new Map()));
    return counts;
  }

  #at(scope: Key | null, element: string): Counts {
    let joins = this.#waiting.get(scope);
    if (!joins) this.#waiting.set(scope, (joins = new Map()));
    let flows = joins.get(element);
    if (!flows) joins.set(element, (flows = new Map()));
    return flows;
  }

  #leave(scope: Key | null): void {
    this.#coming.delete(scope);
    this.#waiting.delete(scope);
  }

  #node(element: string, definition: string): FlowNode {
    const node = this.#models(definition)?.nodes.get(element);
    require(node !== undefined, `${element} is in no model`);
    return node;
  }

  #nodeIn(element: string, scope: Key | null, state: CaseState): FlowNode {
    return this.#node(element, definitionIn(state, scope));
  }

  /** A token that was on its way has come. */
  #begin({ element, scope, iteration, compensation }: ElementRef, before: CaseState): void {
    if (iteration !== undefined || compensation !== undefined) return;
    const node = this.#nodeIn(element, scope, before);
    const isFree = this.#unsaid.has(scope) || node.event.kind === 'cancel';
    const found = [this.#in(scope), this.#placed, this.#thrownAt, this.#perhapsByHand].some((it) =>
      use(it, element),
    );
    require(found || isFree, `${element} begins, and no token was on its way to it`);
  }

  #activated(data: EventOf<'ElementActivated'>['data'], before: CaseState): void {
    const { key, element, scope, interrupts, undoes, loop, adHoc, called } = data;
    const node = this.#nodeIn(element, scope, before);
    if (interrupts) {
      this.#hasEnded = true;
      this.#leave(scope);
    }
    const isAround = this.#isAroundPlaced(node, scope, before);
    const isExpected = (this.#in(scope).get(element) ?? 0) + (this.#placed.get(element) ?? 0) > 0;
    const byHand = isAround && !isExpected;
    if (isAround && isExpected) add(this.#perhapsByHand, element);
    if (undoes === undefined && !node.triggeredByEvent && !byHand) this.#begin(data, before);
    const isPlacing = [...this.#placed.values()].some((count) => count > 0);
    if (adHoc || undoes !== undefined || byHand || (isPlacing && isContainer(node))) this.#unsaid.add(key);
    if (loop || undoes !== undefined || adHoc || byHand) return;
    const model = this.#models(called ?? definitionIn(before, scope));
    const within =
      called !== undefined || isContainer(node)
        ? model?.scopes.get(called === undefined ? element : '')
        : undefined;
    for (const id of node.triggeredByEvent ? (within?.starts ?? []) : beginsOf(within))
      add(this.#in(key), id);
  }

  /** A sub-process that is opened only for what a person places in it. */
  #isAroundPlaced(node: FlowNode, scope: Key | null, before: CaseState): boolean {
    if (!isContainer(node)) return false;
    return [...this.#placed].some(([element, count]) => {
      const model = this.#models(definitionIn(before, scope));
      for (let it = model?.nodes.get(element)?.scope ?? null; count > 0 && it !== null;) {
        if (it === node.id) return true;
        it = model?.nodes.get(it)?.scope ?? null;
      }
      return false;
    });
  }

  #completed(data: EventOf<'ElementCompleted'>['data'], before: CaseState): void {
    const { key, element, scope } = data;
    const node = this.#nodeIn(element, scope, before);
    if (before.elements.has(key)) this.#leave(key);
    else if (data.iteration === undefined && isJoin(node) && node.startQuantity === 1) {
      if (!data.joined) this.#fire(node, scope);
      else
        require(use(this.#joinedAt, element) ||
          use(this.#placed, element), `${element} fires without tokens`);
    } else this.#begin(data, before);
    const { event } = node;
    const kinds = event.kind === 'multiple' ? event.of.map(({ kind }) => kind) : [event.kind];
    if (kinds.includes('terminate') && node.job === null) this.#leave(scope);
    if (node.type === 'bpmn:IntermediateThrowEvent' && event.kind === 'link') {
      const model = this.#models(definitionIn(before, scope));
      const target = [...(model?.nodes.values() ?? [])].find(
        (it) =>
          it.type === 'bpmn:IntermediateCatchEvent' &&
          it.event.kind === 'link' &&
          it.event.name === event.name,
      );
      if (target) add(this.#in(scope), target.id);
    }
  }

  /** A join takes a token of each flow that has any; a parallel one has them all. */
  #fire(node: FlowNode, scope: Key | null): void {
    const flows = this.#at(scope, node.id);
    const present = node.incoming.filter((flow) => (flows.get(flow) ?? 0) > 0);
    const needed = node.type === 'bpmn:ParallelGateway' ? node.incoming.length : 1;
    const isPlaced = present.length < needed && use(this.#placed, node.id);
    require(isPlaced ||
      present.length >= needed, `${node.id} fires with ${present.length} of ${needed} tokens`);
    // A token by hand that comes to a join which has all it needs goes with the others.
    if (!isPlaced) use(this.#placed, node.id);
    for (const flow of present) use(flows, flow);
  }

  #taken({ flow, scope, joins }: EventOf<'SequenceFlowTaken'>['data'], before: CaseState): void {
    const model = this.#models(definitionIn(before, scope));
    const target = model?.flows.get(flow)?.target;
    require(target !== undefined, `there is no flow ${flow}`);
    require(joins === undefined || joins === target, `${flow} leads to ${target}, not to ${joins ?? ''}`);
    if (joins === undefined) add(this.#in(scope), target);
    else add(this.#at(scope, joins), flow);
  }

  #joined({ element, scope, tokens }: EventOf<'TokensJoined'>['data'], before: CaseState): void {
    const flows = this.#at(scope, element);
    for (const [flow, count] of Object.entries(tokens)) {
      for (let i = 0; i < count; i++)
        require(use(flows, flow), `${element} takes a token of ${flow} that is not there`);
    }
    if (use(this.#dropped, element)) return;
    const isGateway = this.#nodeIn(element, scope, before).startQuantity === 1;
    if (isGateway) add(this.#joinedAt, element);
    else add(this.#in(scope), element);
  }

  #triggered(
    waiting: { readonly element: string; readonly host: Key | null; readonly inside?: true } | undefined,
    before: CaseState,
  ): void {
    require(waiting !== undefined, 'something happened that nobody awaited');
    const node = this.#node(waiting.element, definitionAwaited(before, waiting));
    const host = waiting.host === null ? undefined : before.elements.get(waiting.host);
    if (host && node.type === 'bpmn:BoundaryEvent') add(this.#in(host.scope), node.id);
  }

  #stranded(
    { element, scope, stage, code, ...data }: EventOf<'IncidentRaised'>['data'],
    before: CaseState,
  ): void {
    if (stage !== 'entering' || element === null || scope === undefined) return;
    if (this.#waitsAtJoin(element, scope, code, before)) use(this.#placed, element);
    else this.#begin({ ...data, element, scope }, before);
  }

  #triedAgain({ key, resolution }: EventOf<'IncidentResolved'>['data'], before: CaseState): void {
    const incident = before.incidents.get(key);
    const held = incident?.host ?? null;
    const host = held === null ? undefined : before.elements.get(held);
    if (resolution !== byPerson || incident?.stage !== 'entering' || !host) return;
    const { element, scope, iteration, compensation } = host;
    if (iteration > 0 || compensation !== null) return;
    if (!this.#waitsAtJoin(element, scope, incident.code, before)) add(this.#in(scope), element);
  }

  /** Its tokens wait at the join, while the incident stands. */
  #waitsAtJoin(element: string, scope: Key | null, code: string, before: CaseState): boolean {
    const node = this.#nodeIn(element, scope, before);
    return isJoin(node) && (node.startQuantity === 1 || code === 'step-limit');
  }
}

/** What random commands resolve incidents with; the engine has words of its own. */
export const byPerson = 'r';

function beginsOf(within: ScopeModel | undefined): readonly string[] {
  return within?.begins ?? [];
}

function add(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** @returns whether there was one */
function use(counts: Counts, name: string): boolean {
  const count = counts.get(name) ?? 0;
  if (count > 0) counts.set(name, count - 1);
  return count > 0;
}
