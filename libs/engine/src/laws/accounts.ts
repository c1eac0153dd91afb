import { caseStarts, isContainer } from '@iter/process-model';
import type { FlowNode, ScopeModel } from '@iter/process-model';
import type { Models } from '../env.ts';
import type { CaseEvent, ElementRef, EventOf, Key } from '../events.ts';
import { isJoin } from '../flow.ts';
import type { CaseState } from '../state.ts';
import { definitionAwaited, definitionIn, isOwn } from '../state.ts';
import { require } from './broken.ts';
import { Tokens, add, use } from './tokens.ts';
import type { Counts } from './tokens.ts';

/**
 * Books kept of every token from the events alone: each that is sent to an element begins it once, none is lost or
 * doubled, and a join takes what came along its flows, once for all. What people place by hand is booked as well. Where
 * the events do not say what begins (what an expression names in an ad-hoc sub-process), nothing is asked.
 */
export class Accounts {
  readonly #models: Models;
  readonly #tokens = new Tokens();
  /** Boundary events that were thrown at: the events do not say in which scope they are. */
  readonly #thrownAt: Counts = new Map();
  /** What a person has placed, until it has begun. */
  readonly #placed: Counts = new Map();
  /** A token was there for them, and they may have begun or fired by hand all the same. */
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
        this.#tokens.leave(event.data.key);
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
      case 'UserTaskReopened':
        add(this.#placed, event.data.element);
        for (const { element } of event.data.tokens) add(this.#dropped, element);
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
    for (const [scope, counts] of status === 'active' ? this.#tokens.coming : []) {
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
      const booked = this.#tokens.waitingIn(scope);
      const there = Object.entries(joins ?? {}).flatMap(([element, flows]) =>
        Object.entries(flows).map(([flow, count]) => `${element} ${flow} ${count}`),
      );
      require([...booked].sort().join() ===
        there.sort().join(), `at joins there waits ${there.join()}, not ${booked.join()}`);
    }
  }

  /** A case begins at a start, at the gateway before it, or with all that nothing leads to. */
  #started({ definition, startElement }: EventOf<'CaseStarted'>['data']): void {
    const model = this.#models(definition);
    require(model !== undefined, `the case follows ${definition}, which is not there`);
    const start = caseStarts(model).find(({ node }) => node.id === startElement);
    const begins = start ? [start.gateway?.id ?? startElement] : beginsOf(model.scopes.get(''));
    for (const id of begins) add(this.#tokens.comingIn(null), id);
  }

  /** Tokens wait under the new names. */
  #migrated({ elements, flows }: EventOf<'CaseMigrated'>['data'], before: CaseState): void {
    this.#tokens.rename(elements, flows, (scope) => isOwn(before, definitionIn(before, scope), scope));
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
    const found = [this.#tokens.comingIn(scope), this.#placed, this.#thrownAt, this.#perhapsByHand].some(
      (it) => use(it, element),
    );
    require(found || isFree, `${element} begins, and no token was on its way to it`);
  }

  #activated(data: EventOf<'ElementActivated'>['data'], before: CaseState): void {
    const { key, element, scope, interrupts, cancels = scope, undoes, loop, adHoc, called } = data;
    const node = this.#nodeIn(element, scope, before);
    if (interrupts) {
      this.#hasEnded = true;
      this.#tokens.leave(scope);
      for (let at = scope; at !== cancels && at !== null;) {
        at = before.elements.get(at)?.scope ?? null;
        this.#tokens.leave(at);
      }
    }
    const isAround = this.#isAroundPlaced(node, scope, before);
    const isExpected =
      (this.#tokens.comingIn(scope).get(element) ?? 0) + (this.#placed.get(element) ?? 0) > 0;
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
      add(this.#tokens.comingIn(key), id);
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
    if (before.elements.has(key)) this.#tokens.leave(key);
    else if (data.iteration === undefined && isJoin(node) && node.startQuantity === 1) {
      if (!data.joined) this.#fire(node, scope);
      else
        require(use(this.#joinedAt, element) ||
          use(this.#placed, element), `${element} fires without tokens`);
    } else this.#begin(data, before);
    const { event } = node;
    const kinds = event.kind === 'multiple' ? event.of.map(({ kind }) => kind) : [event.kind];
    if (kinds.includes('terminate') && node.job === null) this.#tokens.leave(scope);
    if (node.type === 'bpmn:IntermediateThrowEvent' && event.kind === 'link') {
      const model = this.#models(definitionIn(before, scope));
      const target = [...(model?.nodes.values() ?? [])].find(
        (it) =>
          it.type === 'bpmn:IntermediateCatchEvent' &&
          it.event.kind === 'link' &&
          it.event.name === event.name,
      );
      if (target) add(this.#tokens.comingIn(scope), target.id);
    }
  }

  /** A join takes a token of each flow that has any; a parallel one has them all. */
  #fire(node: FlowNode, scope: Key | null): void {
    const flows = this.#tokens.waitingAt(scope, node.id);
    const present = node.incoming.filter((flow) => (flows.get(flow) ?? 0) > 0);
    const needed = node.type === 'bpmn:ParallelGateway' ? node.incoming.length : 1;
    const isShort = present.length < needed;
    const isPlaced = isShort && [this.#placed, this.#perhapsByHand].some((it) => use(it, node.id));
    require(isPlaced ||
      present.length >= needed, `${node.id} fires with ${present.length} of ${needed} tokens`);
    // A token by hand that comes to a join which has all it needs goes with the others, or after them by itself.
    if (!isShort && use(this.#placed, node.id)) add(this.#perhapsByHand, node.id);
    for (const flow of present) use(flows, flow);
  }

  #taken({ flow, scope, joins }: EventOf<'SequenceFlowTaken'>['data'], before: CaseState): void {
    const model = this.#models(definitionIn(before, scope));
    const target = model?.flows.get(flow)?.target;
    require(target !== undefined, `there is no flow ${flow}`);
    require(joins === undefined || joins === target, `${flow} leads to ${target}, not to ${joins ?? ''}`);
    if (joins === undefined) add(this.#tokens.comingIn(scope), target);
    else add(this.#tokens.waitingAt(scope, joins), flow);
  }

  #joined({ element, scope, tokens }: EventOf<'TokensJoined'>['data'], before: CaseState): void {
    const flows = this.#tokens.waitingAt(scope, element);
    for (const [flow, count] of Object.entries(tokens)) {
      for (let i = 0; i < count; i++)
        require(use(flows, flow), `${element} takes a token of ${flow} that is not there`);
    }
    if (use(this.#dropped, element)) return;
    const isGateway = this.#nodeIn(element, scope, before).startQuantity === 1;
    if (isGateway) add(this.#joinedAt, element);
    else add(this.#tokens.comingIn(scope), element);
  }

  #triggered(
    waiting: { readonly element: string; readonly host: Key | null; readonly inside?: true } | undefined,
    before: CaseState,
  ): void {
    require(waiting !== undefined, 'something happened that nobody awaited');
    const node = this.#node(waiting.element, definitionAwaited(before, waiting));
    const host = waiting.host === null ? undefined : before.elements.get(waiting.host);
    if (host && node.type === 'bpmn:BoundaryEvent') add(this.#tokens.comingIn(host.scope), node.id);
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
    if (!this.#waitsAtJoin(element, scope, incident.code, before)) add(this.#tokens.comingIn(scope), element);
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
