import type { FlowNode, ProcessModel } from '@iter/process-model';
import { Draft } from './draft.ts';
import type { Env } from './env.ts';
import { apply } from './evolve.ts';
import type { CaseEvent, ElementRef, IncidentStage, Key, Variables } from './events.ts';
import type { CaseState, ElementInstance } from './state.ts';

/** A token on its way to an element: the internal command of the queue. */
export interface Arrival {
  readonly element: string;
  readonly scope: Key | null;
  /** What its trigger brought; present exactly when an event has already happened to this element. */
  readonly payload?: Variables;
  /** It has let its siblings go first and may now throw. */
  readonly deferred?: boolean;
}

/** The flow cannot go on here. Thrown inside `attempt` only, and caught by it. */
export class Stuck extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * One decision in the making: a working copy of the state, the events so far, and the first-in-first-out
 * queue of tokens on their way. What happens is `emit`ted, and thereby folded at once.
 */
export class Execution {
  readonly model: ProcessModel;
  readonly env: Env;
  readonly events: CaseEvent[] = [];
  /** Scopes in which something ended: they may be complete now. */
  readonly touched = new Set<Key | null>();
  /** Deadlines missed of which the flow has not been told yet. */
  readonly missed: Key[] = [];
  /** Deadlines opened or moved, whose time may have come already. */
  readonly moved = new Set<Key>();
  /** Scopes that a terminate end event ended: tokens at their joins wait for nothing any more. */
  readonly terminated = new Set<Key | null>();
  /** The task that a person is completing with this command: what is wrong with its input is refused. */
  acting: string | null = null;
  /** End event that the case itself reached last. */
  endElement: string | null = null;
  private readonly draft: Draft;
  private readonly underway = new Map<Key | null, number>();
  private readonly queue: Arrival[] = [];
  private head = 0;

  constructor(model: ProcessModel, state: CaseState, env: Env) {
    this.model = model;
    this.env = env;
    this.draft = new Draft(state);
  }

  get state(): CaseState {
    return this.draft.state;
  }

  get ended(): boolean {
    return this.state.status !== 'active';
  }

  emit(event: CaseEvent): void {
    this.events.push(event);
    apply(this.draft, event);
  }

  /** A new element instance of a node. */
  ref(node: FlowNode, scope: Key | null): ElementRef {
    return { key: this.env.newKey(), element: node.id, scope };
  }

  node(id: string): FlowNode {
    const node = this.model.nodes.get(id);
    if (!node) throw new Error(`The definition ${this.model.hash} has no element ${id}`);
    return node;
  }

  instance(key: Key): ElementInstance {
    const instance = this.state.elements.get(key);
    if (!instance) throw new Error(`No live element instance ${key}`);
    return instance;
  }

  enqueue(arrival: Arrival): void {
    this.queue.push(arrival);
    this.underway.set(arrival.scope, this.tokensUnderway(arrival.scope) + 1);
  }

  /** The next token in order of arrival; undefined when none is under way. */
  dequeue(): Arrival | undefined {
    const next = this.queue[this.head];
    if (!next) return undefined;
    this.head++;
    this.underway.set(next.scope, this.tokensUnderway(next.scope) - 1);
    return next;
  }

  /** The scope was interrupted: what is still on its way in it never arrives. */
  cancelArrivals(scope: Key | null): void {
    const left = this.queue.slice(this.head).filter((arrival) => arrival.scope !== scope);
    this.queue.splice(this.head, this.queue.length - this.head, ...left);
    this.underway.set(scope, 0);
  }

  tokensUnderway(scope: Key | null): number {
    return this.underway.get(scope) ?? 0;
  }

  /**
   * Does all of it or nothing: when it gets stuck, the state and the events are as before.
   * @returns why it got stuck; null when it is done
   */
  attempt(act: () => void): Stuck | null {
    const saved = this.draft.save();
    const { length } = this.events;
    const queued = this.queue.length;
    const missed = this.missed.length;
    try {
      act();
      return null;
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
      this.draft.restore(saved);
      this.events.length = length;
      this.missed.length = missed;
      for (const { scope } of this.queue.splice(queued)) {
        this.underway.set(scope, this.tokensUnderway(scope) - 1);
      }
      return error;
    }
  }

  /**
   * The incident of a flow that stopped. Without a live `host` it stands for the element in `scope` and keeps
   * `variables` until it is resolved.
   */
  strand(
    why: { readonly code: string; readonly message: string },
    at: { element: string; scope: Key | null; stage: IncidentStage; host?: Key; variables?: Variables },
  ): void {
    const { element, scope, stage, variables } = at;
    this.emit({
      type: 'IncidentRaised',
      data: {
        key: this.env.newKey(),
        host: at.host ?? this.env.newKey(),
        element,
        code: why.code,
        message: why.message,
        deadline: null,
        stage,
        scope,
        ...(variables ? { variables } : {}),
      },
    });
  }
}
