import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import type { Outcome, RecordedEvent } from '@iter/commands';
import type { CasePorts } from '@iter/commands';
import { createInMemoryWorld, worldComune } from '@iter/commands/world';
import type { RegisterContents } from '@iter/commands/world';
import {
  deadlineContext,
  emptyState,
  evolve,
  evolveAll,
  legalDates,
  traceOf,
  visibleVariables,
} from '@iter/engine';
import type {
  CaseCommand,
  CaseState,
  Catalogue,
  Env,
  Key,
  Limits,
  TraceEntry,
  Variables,
} from '@iter/engine';
import type { EventLog, JsonObject, StoredEvent } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { italianCalendar } from '@iter/legal-calendar';
import { virtualClock } from '@iter/platform/clock';
import { createEvaluator } from '@iter/platform/feel';
import type { Definition, KnownTerms } from '@iter/process-catalog';
import { peopleStarts, withItalianDates } from '@iter/process-model';
import type { Blank, Form, Problem, ProcessModel } from '@iter/process-model';
import { WrongInput } from '../output.ts';
import { draftIn } from './acts.ts';
import type { Asking } from './acts.ts';
import { Bells } from './bells.ts';
import type { Bell } from './bells.ts';
import { Mail } from './mail.ts';
import type { Message } from './mail.ts';
import type { NamedText } from './files.ts';
import { Starts } from './starts.ts';
import type { Firing, Start } from './starts.ts';

export interface TraceLine extends TraceEntry {
  readonly n: number;
  readonly at: string;
  readonly case: string;
  readonly process: string;
}

/** A case of the world, under the name it has there (`p#1`). */
export interface WorldCase {
  readonly name: string;
  /** Its place among the cases, in the order in which they began. */
  readonly number: number;
  readonly id: string;
  readonly process: string;
  readonly model: ProcessModel;
  /** Its whole history, in clear. */
  readonly events: RecordedEvent[];
  state: CaseState;
}

/** An act that was drafted, and what it leaves to be filled in by hand. */
export interface WorldDraft {
  readonly case: string;
  readonly element: string;
  readonly template: string;
  readonly blanks: readonly Blank[];
}

interface Signal {
  readonly id: string;
  readonly name: string;
  readonly variables: Variables;
}

/** A form as somebody sees it who is about to fill it in. */
export interface OpenForm {
  readonly form: Form;
  /** What its conditions may read beside its own fields. */
  readonly variables: Variables;
  readonly evaluate: Env['evaluate'];
}

export interface WorldOptions {
  readonly limits?: Partial<Limits>;
  /** The terms and ladders that deadlines may name; without, any. */
  readonly terms?: KnownTerms;
  /** What registers hold, by register and key. */
  readonly registers?: RegisterContents;
  /** Whether to keep a line of each step; by default. */
  readonly traces?: boolean;
  /** Where events are kept; a log of the world's own by default. */
  readonly log?: EventLog;
  /** Cases kept folded; 10,000 by default. */
  readonly hotCases?: number;
}

/** Most timers that may fire at one instant. */
const mostAtOnce = 10_000;

/** The answer to a command, as a scenario sees it: done, or the code of the refusal. */
export type Answer =
  /** Null: nothing has begun yet. */
  | { readonly done: true; readonly case: WorldCase | null }
  | {
      readonly done: false;
      readonly code: string;
      readonly message: string;
      /** What is wrong with which field. */
      readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
    };

/**
 * A world in memory: the real write side over a log in memory, with a virtual clock and a virtual bell. What runs here is
 * the code that runs in the server.
 */
export class World {
  readonly #clock;
  readonly #world;
  readonly cases: WorldCase[] = [];
  readonly trace: TraceLine[] = [];
  readonly #bells = new Bells();
  readonly #mail = new Mail();
  readonly #counts = new Map<string, number>();
  readonly #catalogue: Catalogue;
  readonly #calendar = italianCalendar();
  readonly #traces: boolean;
  /** The log itself: sealed events in their chains. */
  readonly log: EventLog;
  /** The case of the last command, as the write side left it. */
  #held: { readonly caseId: string; readonly state: CaseState } | null = null;
  /** Cases to which something has happened, until somebody looks. */
  readonly touched = new Set<WorldCase>();
  readonly #starts = new Starts(() => this.definitions());
  readonly #evaluator: CasePorts['evaluator'] = (now, legal) =>
    createEvaluator({ now, ...(legal && { legal }) });
  #count = 0;
  readonly #incidents = new Map<string, string>();
  /** Acts that could not be drafted, and why. */
  readonly actFailures: string[] = [];
  /** Acts in the order in which they were drafted; where traces are kept. */
  readonly drafts: WorldDraft[] = [];

  #registers: RegisterContents;

  constructor(
    start: string,
    catalogue: Catalogue,
    { limits, terms, registers = {}, traces = true, log = createMemoryLog(), hotCases }: WorldOptions = {},
  ) {
    this.log = log;
    this.#registers = registers;
    this.#catalogue = catalogue;
    this.#traces = traces;
    this.#clock = virtualClock(start);
    this.#world = createInMemoryWorld({
      log: this.log,
      clock: this.#clock,
      catalogue,
      calendar: this.#calendar,
      evaluator: this.#evaluator,
      registers: () => this.#registers,
      witness: ({ caseId, state }) => (this.#held = { caseId, state }),
      ...(limits && { limits }),
      ...(terms && { terms }),
      ...(hotCases !== undefined && { hotCases }),
    });
  }

  /** The data of a sealed event in clear. */
  async unseal({ id, data }: StoredEvent): Promise<JsonObject> {
    return (await this.#world.ports.sealer.unseal(id, data)).data;
  }

  /** Lets go of all that a case that has ended holds in memory: its history stays in the log. */
  passivate(it: WorldCase): void {
    const { status, process, comune } = it.state;
    it.events.length = 0;
    it.state = { ...emptyState, status, process, comune };
  }

  get now(): string {
    return this.#clock.now();
  }

  /** Entries of registers that are others from now on. */
  record(contents: RegisterContents): void {
    for (const [register, entries] of Object.entries(contents))
      this.#registers = { ...this.#registers, [register]: { ...this.#registers[register], ...entries } };
  }

  /** Deploys files; nothing is deployed when any of them has an error. */
  async deploy(files: readonly NamedText[]): Promise<readonly Problem[]> {
    const { problems, deployed } = await this.#world.deploy(files);
    if (deployed) {
      this.#starts.deployed();
      for (const start of this.#starts.timers(this.now, this.#evaluator(this.now)))
        this.#armStart(start, start);
    }
    return problems;
  }

  /** What an incident of a case said. */
  incidentMessage(name: string, key: Key): string {
    return this.#incidents.get(`${name}/${key}`) ?? '';
  }

  definitions(): readonly Definition[] {
    return this.#world.catalog.list();
  }

  /** Somebody who holds a role: one person per role, so that who drafts is never who signs. */
  inRole(role: Role, body?: string): Principal {
    return this.#world.inRole(role, body);
  }

  /** The body whose office does an open task: its own, or that of the case. */
  officeOf({ events, state }: WorldCase, task: Key): string {
    const created = events.findLast((it) => it.type === 'UserTaskCreated' && it.data.key === task);
    return (created?.type === 'UserTaskCreated' && created.data.body) || state.comune;
  }

  /** Somebody who may take an open task; the desk, when nobody is named. */
  async whoMayTake(it: WorldCase, task: Key): Promise<Principal> {
    return (await this.#world.whoMayTake(it.id, task)) ?? this.inRole('DESK_OPERATOR');
  }

  /** The role that takes an open task: of its lane, else the first of its groups, else the desk. */
  roleOf({ events }: WorldCase, task: Key): string {
    const created = events.findLast((it) => it.type === 'UserTaskCreated' && it.data.key === task);
    const { role, candidateGroups } = created?.type === 'UserTaskCreated' ? created.data : {};
    return role ?? candidateGroups?.[0] ?? 'DESK_OPERATOR';
  }

  /** The form of an open task, as the server will judge it; null: it has none. */
  formOf({ state }: WorldCase, key: Key): OpenForm | null {
    const element = state.tasks.get(key)?.element;
    const hash = state.elements.get(key)?.definition ?? state.definition;
    const definition = this.#world.catalog.byHash(hash);
    const formId = element && definition?.model.nodes.get(element)?.userTask?.formId;
    const form = formId ? definition?.readForms.get(formId) : undefined;
    if (!form) return null;
    const variables = { ...visibleVariables(state, key), deadlines: deadlineContext(state) };
    return { form, variables, evaluate: this.evaluatorOf(state.comune) };
  }

  /** The form with which people start a process. */
  startFormOf(process: string, body: string): (OpenForm & { readonly element: string }) | null {
    const definition = this.#world.catalog.find(process);
    const start = definition && peopleStarts(definition.model).find(({ message }) => message === null);
    const form = start?.form ? definition?.readForms.get(start.form) : undefined;
    if (!start || !form) return null;
    const { element } = start;
    return { form, element, variables: { comune: body }, evaluate: this.evaluatorOf(body) };
  }

  /** FEEL as it answers now, with the calendar of a body. */
  evaluatorOf(body: string): Env['evaluate'] {
    return this.#evaluator(this.now, legalDates(this.#catalogue, this.#calendar, body));
  }

  /** A principal for whom a process begins with a message from outside. */
  get system(): Principal {
    return systemPrincipal;
  }

  /** The process that a live element is of: a called one inside a call. */
  processOf({ state }: WorldCase, key: Key): string | undefined {
    const instance = state.elements.get(key);
    return instance && this.#world.catalog.byHash(instance.definition)?.key;
  }

  /** What may be begun in an ad-hoc sub-process. */
  activities({ state }: WorldCase, key: Key): readonly string[] {
    const instance = state.elements.get(key);
    const model = instance && this.#world.catalog.byHash(instance.definition)?.model;
    return (instance && model?.scopes.get(instance.element)?.begins) ?? [];
  }

  case(name?: string): WorldCase | undefined {
    return name === undefined ? this.cases[0] : this.cases.find((it) => it.name === name);
  }

  async start(
    process: string,
    principal: Principal,
    variables: Variables,
    by: {
      readonly message?: string;
      readonly startElement?: string;
      readonly body?: string;
      readonly startedBy?: Message['thrownBy'];
    } = {},
  ): Promise<Answer> {
    const { body = worldComune, startedBy, ...begun } = by;
    const outcome = await this.#world.cases.start({
      process,
      comune: body,
      variables,
      principal,
      ...begun,
      ...(startedBy && { startedBy }),
      ...this.#request('start'),
    });
    if (outcome.outcome !== 'done') return refused(outcome);
    const definition = this.#world.catalog.find(process)!;
    const count = (this.#counts.get(process) ?? 0) + 1;
    this.#counts.set(process, count);
    const started: WorldCase = {
      name: `${process}#${count}`,
      number: this.cases.length,
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

  /** Gives a message to the case that awaits it (the oldest first), else starts a case of each process that starts with it. */
  async send({ body, thrownBy, ...message }: Message, to?: WorldCase): Promise<Answer> {
    const receiver = this.#mail.receiver({ ...message, ...(body !== undefined && { body }) }, to);
    if (receiver) {
      return this.execute(receiver, systemPrincipal, {
        type: 'CorrelateMessage',
        messageId: `m-${this.#count}`,
        ...message,
      });
    }
    const [first, ...others] = to ? [] : this.#starts.awaiting('message', message.name);
    if (first) {
      const answer = await this.#startBy(first, message.variables, { body, startedBy: thrownBy });
      for (const start of others)
        await this.#startBy(start, message.variables, { body, startedBy: thrownBy });
      return answer;
    }
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
    for (const start of this.#starts.awaiting('signal', name)) await this.#startBy(start, variables);
  }

  /** An event of a start has happened: its case begins, unless it needs other events as well. */
  async #startBy(
    start: Start,
    brought: Variables,
    { body, startedBy }: { body?: string | undefined; startedBy?: Message['thrownBy'] } = {},
  ): Promise<Answer> {
    const variables = this.#starts.happened(start, brought);
    if (variables === null) return { done: true, case: null };
    const by = {
      startElement: start.element,
      ...(body !== undefined && { body }),
      ...(startedBy && { startedBy }),
    };
    return this.start(start.process, systemPrincipal, variables, by);
  }

  #armStart(start: Start, firing: Firing): void {
    this.#bells.hang({ id: startBell(start), kind: 'start', start, ...firing });
  }

  /** The bell that rings next, up to an instant. */
  nextBell(until?: string): Bell | null {
    const next = this.#bells.soonest();
    return next && (until === undefined || next.dueAt <= until) ? next : null;
  }

  /**
   * Moves the clock; everything due on the way happens in order.
   * @throws WrongInput when a timer that is due at once comes back again and again: the clock would never move
   */
  async advance(to: string): Promise<void> {
    let at = this.now;
    let rung = 0;
    for (;;) {
      const bell = this.#bells.soonest();
      if (!bell || bell.dueAt > to) break;
      await this.#ring(bell);
      rung = this.now === at ? rung + 1 : 0;
      at = this.now;
      if (rung > mostAtOnce) {
        throw new WrongInput(
          `More than ${mostAtOnce} timers fire at ${at}: is there a circle of timers without a pause?`,
        );
      }
    }
    this.#clock.set(to);
  }

  /** What is due already happens: the clock stands where it stood. */
  async ringDue(): Promise<void> {
    await this.advance(this.now);
  }

  /** Rings the next timer (or deadline), wherever it is. */
  async ringNext(): Promise<Bell['kind'] | null> {
    const bell = this.#bells.soonest();
    if (bell) await this.#ring(bell);
    return bell?.kind ?? null;
  }

  async #ring(bell: Bell): Promise<void> {
    if (bell.dueAt > this.now) this.#clock.set(bell.dueAt);
    if (bell.kind === 'start') {
      await this.#ringStart(bell);
      return;
    }
    const command =
      bell.kind === 'timer'
        ? { type: 'TriggerTimer' as const, timer: bell.key }
        : { type: 'TriggerDeadline' as const, deadline: bell.key };
    await this.execute(bell.case, systemPrincipal, command);
    // A bell that changed nothing would ring for ever.
    if (this.#bells.isHung(bell)) this.#bells.take(bell.id);
  }

  async #ringStart({ start, dueAt, cycle }: Extract<Bell, { kind: 'start' }>): Promise<void> {
    const next = this.#starts.after({ dueAt, cycle });
    if (next) this.#armStart(start, next);
    else this.#bells.take(startBell(start));
    await this.#startBy(start, {});
  }

  async #draft(it: WorldCase, asking: Asking): Promise<void> {
    const ports = {
      definition: (hash: string) => this.#world.catalog.byHash(hash),
      evaluator: this.#evaluator,
      bodies: this.#registers['body'] ?? {},
    };
    const [first] = it.events;
    const drafting = first && draftIn(ports, { id: it.id, startedAt: first.recordedAt }, asking);
    if (!drafting) return;
    const { command, blanks } = drafting;
    if (command.type === 'FailDraft') this.actFailures.push(`${it.name}: ${command.message}`);
    else if (this.#traces)
      this.drafts.push({ case: it.name, element: command.element, template: command.template, blanks });
    // A case that has ended meanwhile takes no draft.
    await this.execute(it, systemPrincipal, command);
  }

  #request(route: string) {
    return { route, idempotencyKey: `world-${++this.#count}` };
  }

  async #happened(it: WorldCase, outcome: Extract<Outcome, { outcome: 'done' }>): Promise<void> {
    it.events.push(...outcome.events);
    this.touched.add(it);
    const models = (hash: string) => this.#world.catalog.byHash(hash)?.model;
    const thrown: Message[] = [];
    const signals: Signal[] = [];
    const asking: Asking[] = [];
    const before = it.state;
    // Folding once more what the write side has folded would cost as much again in time and room: only traces need each step.
    const held = this.#held?.caseId === it.id ? this.#held.state : null;
    if (!this.#traces) it.state = held ?? evolveAll(before, outcome.events);
    for (const [at, event] of outcome.events.entries()) {
      if (this.#traces) {
        for (const entry of traceOf(it.state, event, models))
          this.trace.push({ n: this.trace.length + 1, at: event.recordedAt, case: it.name, ...entry });
        it.state = evolve(it.state, event);
      }
      this.#bells.heed(it, event);
      if (event.type === 'MessageSubscribed')
        this.#mail.subscribed(it, event.data.name, event.data.correlationKey);
      if (event.type === 'UserTaskCreated' || event.type === 'ActsAsked') {
        const { key: task, acts = [] } = event.data;
        const state = acts.length > 0 ? evolveAll(before, outcome.events.slice(0, at + 1)) : before;
        for (const act of acts) asking.push({ state, at: event.recordedAt, task, ...act });
      }
      if (event.type === 'IncidentRaised')
        this.#incidents.set(`${it.name}/${event.data.key}`, event.data.message);
      if (event.type === 'MessageThrown') {
        const { element, name, correlationKey, variables, to: body = it.state.comune } = event.data;
        thrown.push({ name, correlationKey, variables, body, thrownBy: { case: it.id, element } });
      }
      if (event.type === 'SignalThrown') signals.push({ ...event.data, id: event.id });
    }
    for (const each of asking) await this.#draft(it, each);
    if (it.state.continuation !== null) await this.execute(it, systemPrincipal, { type: 'ContinueCase' });
    for (const signal of signals) await this.broadcast(signal, it);
    // Whoever starts to wait finds what was thrown before; what nobody awaits waits itself.
    for (const message of thrown) this.#mail.keep(message);
    for (const message of this.#mail.perhapsAwaited(thrown)) {
      if (!this.#mail.take(message)) continue;
      const answer = await this.send(message);
      if (!answer.done) this.#mail.keep(message);
    }
  }
}

const startBell = ({ process, element, index }: Start): string => `start/${process}/${element}/${index}`;

function refused(outcome: Exclude<Outcome, { outcome: 'done' }>): Answer {
  if (outcome.outcome === 'rejected') {
    const { message, ...rejection } = outcome.rejection;
    return {
      done: false,
      ...rejection,
      message: withItalianDates(message.it),
    };
  }
  return { done: false, code: outcome.outcome, message: `Il comando è stato rifiutato: ${outcome.outcome}.` };
}
