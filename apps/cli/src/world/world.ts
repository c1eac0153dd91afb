import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import type { Outcome, RecordedEvent } from '@iter/commands';
import { createInMemoryWorld, worldComune } from '@iter/commands/world';
import { bellsAfter, emptyState, evolve, traceOf } from '@iter/engine';
import type { CaseCommand, CaseState, Catalogue, Key, TraceEntry, Variables } from '@iter/engine';
import { createMemoryLog } from '@iter/event-store/memory';
import { italianCalendar } from '@iter/legal-calendar';
import { virtualClock } from '@iter/platform/clock';
import { createEvaluator } from '@iter/platform/feel';
import type { Definition } from '@iter/process-catalog';
import { caseStarts } from '@iter/process-model';
import type { Problem, ProcessModel } from '@iter/process-model';
import type { NamedText } from './files.ts';

export interface TraceLine extends TraceEntry {
  readonly n: number;
  readonly at: string;
  readonly case: string;
  readonly process: string;
}

/** A case of the world, under the name it has there (`p#1`). */
export interface WorldCase {
  readonly name: string;
  readonly id: string;
  readonly process: string;
  readonly model: ProcessModel;
  /** Its whole history, in clear. */
  readonly events: RecordedEvent[];
  state: CaseState;
}

interface Message {
  readonly name: string;
  readonly correlationKey: string | null;
  readonly variables: Variables;
}

interface Signal {
  readonly id: string;
  readonly name: string;
  readonly variables: Variables;
}

/** The answer to a command, as a scenario sees it: done, or the code of the refusal. */
export type Answer =
  | { readonly done: true; readonly case: WorldCase }
  | { readonly done: false; readonly code: string; readonly message: string };

/**
 * A world in memory: the real write side over a log in memory, with a virtual clock and a virtual bell. What runs here is
 * the code that runs in the server.
 */
export class World {
  readonly #clock;
  readonly #world;
  readonly cases: WorldCase[] = [];
  readonly trace: TraceLine[] = [];
  readonly #bells = new Map<
    string,
    { case: WorldCase; kind: 'timer' | 'deadline'; key: Key; dueAt: string }
  >();
  /** Messages thrown that nobody awaits yet. */
  #buffered: Message[] = [];
  #count = 0;
  readonly #incidents = new Map<string, string>();

  constructor(start: string, catalogue: Catalogue) {
    this.#clock = virtualClock(start);
    this.#world = createInMemoryWorld({
      log: createMemoryLog(),
      clock: this.#clock,
      catalogue,
      calendar: italianCalendar(),
      evaluator: (now) => createEvaluator({ now }),
    });
  }

  get now(): string {
    return this.#clock.now();
  }

  /** Deploys files; nothing is deployed when any of them has an error. */
  async deploy(files: readonly NamedText[]): Promise<readonly Problem[]> {
    return (await this.#world.deploy(files)).problems;
  }

  /** What an incident of a case said. */
  incidentMessage(name: string, key: Key): string {
    return this.#incidents.get(`${name}/${key}`) ?? '';
  }

  definitions(): readonly Definition[] {
    return this.#world.catalog.list();
  }

  /** Somebody who holds a role: one person per role, so that who drafts is never who signs. */
  inRole(role: Role): Principal {
    return this.#world.inRole(role);
  }

  /** Somebody who may take an open task; the desk, when nobody is named. */
  async whoMayTake(it: WorldCase, task: Key): Promise<Principal> {
    return (await this.#world.whoMayTake(it.id, task)) ?? this.inRole('DESK_OPERATOR');
  }

  case(name?: string): WorldCase | undefined {
    return name === undefined ? this.cases[0] : this.cases.find((it) => it.name === name);
  }

  async start(
    process: string,
    principal: Principal,
    variables: Variables,
    by: { readonly message?: string; readonly startElement?: string } = {},
  ): Promise<Answer> {
    const outcome = await this.#world.cases.start({
      process,
      comune: worldComune,
      variables,
      principal,
      ...by,
      ...this.#request('start'),
    });
    if (outcome.outcome !== 'done') return refused(outcome);
    const definition = this.#world.catalog.find(process)!;
    const count = this.cases.filter((it) => it.process === process).length;
    const started: WorldCase = {
      name: `${process}#${count + 1}`,
      id: outcome.caseId,
      process,
      model: definition.model,
      events: [],
      state: emptyState,
    };
    this.cases.push(started);
    await this.#happened(started, outcome);
    return { done: true, case: started };
  }

  async execute(
    it: WorldCase,
    principal: Principal,
    command: Exclude<CaseCommand, { type: 'StartCase' }>,
  ): Promise<Answer> {
    const outcome = await this.#world.cases.execute({
      caseId: it.id,
      command,
      principal,
      reason: 'scenario',
      ...this.#request(command.type),
    });
    if (outcome.outcome !== 'done') return refused(outcome);
    await this.#happened(it, outcome);
    return { done: true, case: it };
  }

  /** Gives a message to the case that awaits it (the oldest first), else starts what starts with it. */
  async send(message: Message, to?: WorldCase): Promise<Answer> {
    const receiver = (to ? [to] : this.cases).find(({ state }) => awaits(state, message));
    if (receiver) {
      return this.execute(receiver, systemPrincipal, {
        type: 'CorrelateMessage',
        messageId: `m-${this.#count}`,
        ...message,
      });
    }
    const definition = this.definitions().find(({ model }) =>
      (model.scopes.get('')?.starts ?? []).some((id) => {
        const event = model.nodes.get(id)?.event;
        return event?.kind === 'message' && event.name.constant === message.name;
      }),
    );
    if (definition && !to)
      return this.start(definition.key, systemPrincipal, message.variables, { message: message.name });
    return {
      done: false,
      code: 'message-not-awaited',
      message: `Nessuno attende il messaggio ${message.name}.`,
    };
  }

  /** Gives a signal to every other case that awaits it, and starts what starts with it. */
  async broadcast({ id, name, variables }: Signal, thrower?: WorldCase): Promise<void> {
    const there = [...this.cases];
    for (const it of there) {
      if (it === thrower || ![...it.state.signals.values()].some((signal) => signal.name === name)) continue;
      await this.execute(it, systemPrincipal, { type: 'ReceiveSignal', name, signalId: id, variables });
    }
    for (const { key, model } of this.definitions()) {
      for (const { node, gateway } of caseStarts(model)) {
        const definitions = node.event.kind === 'multiple' ? node.event.of : [node.event];
        if (!definitions.some((it) => it.kind === 'signal' && it.name.constant === name)) continue;
        if (gateway || node.type === 'bpmn:StartEvent')
          await this.start(key, systemPrincipal, variables, { startElement: node.id });
      }
    }
  }

  /** The bell that rings next, up to an instant. */
  nextBell(until?: string): { readonly dueAt: string; readonly kind: 'timer' | 'deadline' } | null {
    const next = this.#soonest();
    return next && (until === undefined || next.dueAt <= until) ? next : null;
  }

  /** Moves the clock; everything due on the way happens in order. */
  async advance(to: string): Promise<void> {
    for (;;) {
      const bell = this.#soonest();
      if (!bell || bell.dueAt > to) break;
      await this.#ring(bell);
    }
    this.#clock.set(to);
  }

  /** Rings the next timer (or deadline), wherever it is. */
  async ringNext(): Promise<'timer' | 'deadline' | null> {
    const bell = this.#soonest();
    if (bell) await this.#ring(bell);
    return bell?.kind ?? null;
  }

  async #ring(bell: { case: WorldCase; kind: 'timer' | 'deadline'; key: Key; dueAt: string }): Promise<void> {
    if (bell.dueAt > this.now) this.#clock.set(bell.dueAt);
    const id = `${bell.case.name}/${bell.key}`;
    const before = this.#bells.get(id);
    const command =
      bell.kind === 'timer'
        ? { type: 'TriggerTimer' as const, timer: bell.key }
        : { type: 'TriggerDeadline' as const, deadline: bell.key };
    await this.execute(bell.case, systemPrincipal, command);
    // A bell that changed nothing (a suspended case) would ring for ever.
    if (this.#bells.get(id) === before) this.#bells.delete(id);
  }

  #soonest() {
    let soonest: { case: WorldCase; kind: 'timer' | 'deadline'; key: Key; dueAt: string } | null = null;
    for (const bell of this.#bells.values()) if (!soonest || bell.dueAt < soonest.dueAt) soonest = bell;
    return soonest;
  }

  #request(route: string) {
    return { route, idempotencyKey: `world-${++this.#count}` };
  }

  async #happened(it: WorldCase, outcome: Extract<Outcome, { outcome: 'done' }>): Promise<void> {
    it.events.push(...outcome.events);
    const models = (hash: string) => this.#world.catalog.byHash(hash)?.model;
    const thrown: Message[] = [];
    const signals: Signal[] = [];
    for (const event of outcome.events) {
      for (const entry of traceOf(it.state, event, models)) {
        this.trace.push({ n: this.trace.length + 1, at: event.recordedAt, case: it.name, ...entry });
      }
      it.state = evolve(it.state, event);
      for (const change of bellsAfter(event)) {
        if (change.change === 'clear-all') {
          for (const [id, bell] of this.#bells) if (bell.case === it) this.#bells.delete(id);
        } else if (change.change === 'clear') this.#bells.delete(`${it.name}/${change.key}`);
        else
          this.#bells.set(`${it.name}/${change.key}`, {
            case: it,
            kind: change.kind,
            key: change.key,
            dueAt: change.dueAt,
          });
      }
      if (event.type === 'IncidentRaised')
        this.#incidents.set(`${it.name}/${event.data.key}`, event.data.message);
      if (event.type === 'MessageThrown') {
        const { name, correlationKey, variables } = event.data;
        thrown.push({ name, correlationKey, variables });
      }
      if (event.type === 'SignalThrown') signals.push({ ...event.data, id: event.id });
    }
    if (it.state.continuation !== null) await this.execute(it, systemPrincipal, { type: 'ContinueCase' });
    for (const signal of signals) await this.broadcast(signal, it);
    // Whoever starts to wait finds what was thrown before; what nobody awaits waits itself.
    this.#buffered.push(...thrown);
    for (const message of [...this.#buffered]) {
      if (!this.#buffered.includes(message)) continue;
      this.#buffered = this.#buffered.filter((other) => other !== message);
      const answer = await this.send(message);
      if (!answer.done) this.#buffered.push(message);
    }
  }
}

const awaits = (state: CaseState, { name, correlationKey }: Message): boolean =>
  state.status === 'active' &&
  [...state.subscriptions.values()].some(
    (it) =>
      it.name === name &&
      (correlationKey === null || it.correlationKey === null || it.correlationKey === correlationKey),
  );

function refused(outcome: Exclude<Outcome, { outcome: 'done' }>): Answer {
  if (outcome.outcome === 'rejected') return { done: false, ...outcome.rejection };
  return { done: false, code: outcome.outcome, message: `Il comando è stato rifiutato: ${outcome.outcome}.` };
}
