import type { ProcessModel } from '@iter/process-model';
import type { CaseCommand } from '../commands.ts';
import { nextBell } from '../deadline-state.ts';
import { decide } from '../decide.ts';
import type { Decision } from '../decide.ts';
import { defaultLimits } from '../env.ts';
import type { Catalogue, Deployed, Env, Limits } from '../env.ts';
import type { CaseEvent, Instant, Key, Variables } from '../events.ts';
import type { Rejection } from '../rejections.ts';
import { evolve } from '../evolve.ts';
import { emptyState } from '../state.ts';
import type { CaseState, Deadline, Job, UserTask } from '../state.ts';
import { traceOf } from '../trace.ts';
import { calendar, catalogue, evaluator } from './world.ts';

/** Plays a case in a spec: commands one after the other, on a clock that only the spec moves. */
export class Play {
  readonly model: ProcessModel;
  readonly history: CaseEvent[] = [];
  state: CaseState = emptyState;
  now: Instant;
  occurredAt: Instant | null = null;
  /** The absent account in whose place commands are given. */
  onBehalfOf: string | null = null;
  steps = 10_000;
  limits: Partial<Limits> = {};
  deployed: Deployed = { called: () => null, decision: () => null };
  private readonly catalogue: Catalogue;
  private readonly others: readonly ProcessModel[];
  private commands = 0;

  /** @param options `others`: what calls may call */
  constructor(
    model: ProcessModel,
    options: { now?: Instant; catalogue?: Catalogue; others?: readonly ProcessModel[] } = {},
  ) {
    this.model = model;
    this.others = options.others ?? [];
    if (options.others) {
      const called = (key: string) => this.others.find((it) => it.key === key)?.hash ?? null;
      this.deployed = { called, decision: () => null };
    }
    this.now = options.now ?? '2026-01-01T00:00:00.000Z';
    this.catalogue = options.catalogue ?? catalogue([], {});
  }

  env(account = 'operatore'): Env {
    const command = ++this.commands;
    let keys = 0;
    return {
      now: this.now,
      newKey: () => `c${command}-${(keys++).toString(36)}`,
      evaluate: evaluator(this.now),
      calendar,
      catalogue: this.catalogue,
      limits: { ...defaultLimits, steps: this.steps, ...this.limits },
      deployed: this.deployed,
      actor: {
        ...{ account, role: 'DESK_OPERATOR', body: 'p_demo' },
        ...(this.onBehalfOf !== null && { onBehalfOf: this.onBehalfOf }),
      },
      occurredAt: this.occurredAt ?? this.now,
      caseId: 'case-1',
    };
  }

  decide(command: CaseCommand, account?: string): Decision {
    const models = new Map([this.model, ...this.others].map((it) => [it.hash, it]));
    return decide((hash) => models.get(hash), this.state, command, this.env(account));
  }

  /** Does a command that must be accepted. @returns its events */
  do(command: CaseCommand, account?: string): readonly CaseEvent[] {
    const decision = this.decide(command, account);
    if ('rejection' in decision) throw new Error(`${command.type}: ${JSON.stringify(decision.rejection)}`);
    this.state = decision.state;
    this.history.push(...decision.events);
    if (this.state.continuation === null || command.type === 'ContinueCase') return decision.events;
    const all = [...decision.events];
    while (this.state.continuation !== null) all.push(...this.do({ type: 'ContinueCase' }));
    return all;
  }

  /** Does a command that must be refused. */
  refused(command: CaseCommand, account?: string): Rejection['code'] {
    const decision = this.decide(command, account);
    if (!('rejection' in decision)) throw new Error(`${command.type} was accepted`);
    return decision.rejection.code;
  }

  start(variables: Variables = {}, startElement?: string): readonly CaseEvent[] {
    return this.do({
      type: 'StartCase',
      process: this.model.key,
      version: 1,
      definition: this.model.hash,
      comune: 'c_borgo',
      businessKey: null,
      variables,
      ...(startElement === undefined ? {} : { startElement }),
    });
  }

  complete(element: string, variables: Variables = {}, account?: string): readonly CaseEvent[] {
    return this.do({ type: 'CompleteUserTask', key: this.task(element).key, variables }, account);
  }

  completeJob(element: string, variables: Variables = {}): readonly CaseEvent[] {
    return this.do({ type: 'CompleteJob', key: this.job(element).key, variables });
  }

  message(
    name: string,
    variables: Variables = {},
    correlationKey: string | null = null,
  ): readonly CaseEvent[] {
    return this.do({ type: 'CorrelateMessage', name, correlationKey, messageId: 'm', variables });
  }

  resolve(resolution = 'mended'): readonly CaseEvent[] {
    const [incident] = this.state.incidents.keys();
    return this.do({ type: 'ResolveIncident', key: incident ?? '', resolution });
  }

  task(element: string): UserTask {
    return one([...this.state.tasks.values()], element);
  }

  job(element: string): Job {
    return one([...this.state.jobs.values()], element);
  }

  /** The deadline of this id that was opened last. */
  deadline(id: string): Deadline {
    const found = [...this.state.deadlines.values()].filter((it) => it.id === id).at(-1);
    if (!found) throw new Error(`No deadline ${id}`);
    return found;
  }

  /** Moves the clock; every bell on the way rings at its instant, earliest first. */
  advanceTo(to: Instant): readonly CaseEvent[] {
    const before = this.history.length;
    for (;;) {
      const bell = this.bells().find(({ at }) => at <= to);
      if (!bell || this.state.status !== 'active') break;
      if (bell.at > this.now) this.now = bell.at;
      this.do(bell.command);
    }
    this.now = to;
    return this.history.slice(before);
  }

  private bells(): { at: Instant; command: CaseCommand }[] {
    const bells: { at: Instant; command: CaseCommand }[] = [];
    for (const { key: timer, dueAt } of this.state.timers.values()) {
      if (!this.state.suspended) bells.push({ at: dueAt, command: { type: 'TriggerTimer', timer } });
    }
    for (const deadline of this.state.deadlines.values()) {
      const at = nextBell(deadline);
      if (at !== null) bells.push({ at, command: { type: 'TriggerDeadline', deadline: deadline.key } });
    }
    return bells.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  }

  /** Elements of the live instances. */
  live(): readonly string[] {
    return [...this.state.elements.values()].map(({ element }) => element).sort();
  }

  timer(element: string): Key {
    return one([...this.state.timers.values()], element).key;
  }
}

function one<T extends { readonly element: string }>(all: readonly T[], element: string): T {
  const found = all.find((it) => it.element === element);
  if (!found)
    throw new Error(`Nothing open at ${element}; there is: ${all.map((it) => it.element).join(', ')}`);
  return found;
}

/** Events in short: the type, and the element, flow or deadline that it is about. */
export function short(events: readonly CaseEvent[]): readonly string[] {
  return events.map(({ type, data }) => {
    const about = data as { element?: unknown; flow?: unknown; id?: unknown; code?: unknown };
    const what = about.element ?? about.flow ?? about.id;
    const code = type === 'IncidentRaised' || type === 'ErrorThrown' ? [about.code] : [];
    return [type, ...(typeof what === 'string' ? [what] : []), ...code].join(' ');
  });
}

/** What happened to elements from the beginning of a case, as `iter run` prints it. */
export function trace(model: ProcessModel, history: readonly CaseEvent[]): readonly string[] {
  let state = emptyState;
  return history.flatMap((event) => {
    const entries = traceOf(state, event, (hash) => (hash === model.hash ? model : undefined));
    state = evolve(state, event);
    return entries.map(({ event: what, element }) => `${what} ${element ?? ''}`);
  });
}
