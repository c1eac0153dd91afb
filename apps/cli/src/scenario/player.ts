import { roles, systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import { addDuration, parseDuration, visibleVariables } from '@iter/engine';
import type { CaseCommand, Variables } from '@iter/engine';
import { startsOn } from '@iter/commands';
import { caseStarts } from '@iter/process-model';
import { romeDate } from '@iter/legal-calendar';
import { WrongInput } from '../output.ts';
import type { Answer, World, WorldCase } from '../world/world.ts';
import { deadlineName, failuresOf } from './expectations.ts';
import type { Scenario, Step } from './scenario.ts';

/** Most timers that `auto` lets fire. */
const mostTimers = 10_000;

const notThere = (code: string, message: string): Answer => ({ done: false, code, message });

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

const elementOf = (reference: string): string => reference.slice(reference.indexOf('/') + 1);

/** The schema of scenarios lets only durations pass. @throws WrongInput beyond the range of dates */
function later(instant: string, duration: string): string {
  const parsed = parseDuration(duration);
  const at = parsed && addDuration(instant, parsed);
  if (!at) throw new WrongInput(`${duration} does not lead to a date`);
  return at;
}

/** Days as a number or as a duration of whole days. */
function wholeDays(value: string | number): number {
  if (typeof value === 'number') return value;
  const parsed = parseDuration(value);
  if (!parsed || parsed.months !== 0 || parsed.ms !== 0)
    throw new WrongInput(`extend takes whole days (P14D), not ${value}`);
  return parsed.days;
}

/** Plays steps in a world and says which expectations failed. */
export class Player {
  #last: Answer | null = null;
  /** The last refusal was looked at by an expectation. */
  #expected = true;
  readonly failures: string[] = [];
  #signals = 0;

  constructor(private readonly world: World) {}

  async play(scenario: Scenario): Promise<void> {
    if (scenario.start !== null) {
      await this.#keep(
        'start',
        await this.#start({ start: { process: scenario.process, ...scenario.start } }),
      );
    }
    await this.#goOn(scenario.auto);
    for (const [i, step] of scenario.steps.entries()) {
      const place = `step ${i + 1}`;
      if (step.expect) {
        this.#expect(place, step);
        continue;
      }
      await this.#keep(place, await this.#do(step));
      await this.#goOn(scenario.auto);
    }
    this.#complainOfRefusal();
    this.failures.push(...this.world.actFailures);
  }

  /** What happens by itself: all that can, or what is due already. */
  async #goOn(auto: boolean): Promise<void> {
    if (auto) await this.auto();
    else await this.world.ringDue();
  }

  async #keep(place: string, answer: Answer | null): Promise<void> {
    this.#complainOfRefusal();
    this.#last = answer;
    this.#expected = !answer || answer.done;
    if (answer && !answer.done) this.#refusal = `${place} was refused: ${answer.code}: ${answer.message}`;
  }
  #refusal = '';

  /** A refusal that nobody expects is a failure. */
  #complainOfRefusal(): void {
    if (!this.#expected) this.failures.push(this.#refusal);
    this.#expected = true;
  }

  #expect(place: string, step: Step): void {
    const expectation = step.expect!;
    if (expectation.rejected !== undefined) {
      const code = this.#last && !this.#last.done ? this.#last.code : null;
      if (code !== expectation.rejected) {
        this.failures.push(`${place}: expected a refusal ${expectation.rejected}, got ${code ?? 'none'}`);
      }
      this.#expected = true;
    }
    this.#complainOfRefusal();
    const it = this.world.case(step.case ?? expectation.case);
    if (!it) {
      if (Object.keys(expectation).some((key) => key !== 'rejected' && key !== 'case'))
        this.failures.push(`${place}: there is no such case`);
      return;
    }
    this.failures.push(...failuresOf(this.world, it, expectation).map((failure) => `${place}: ${failure}`));
  }

  #start({ start: { process, message, variables = {} } = {}, as }: Step): Promise<Answer> {
    const model = this.world.definitions().find(({ key }) => key === process)?.model;
    if (!model) throw new WrongInput(`there is no process ${process}`);
    const begins = caseStarts(model).find(({ node }) =>
      message === undefined
        ? node.type === 'bpmn:StartEvent' && node.event.kind === 'none'
        : startsOn(node, message),
    )?.node;
    return this.world.start(process!, this.#actor(as, begins?.role), variables, {
      ...(message !== undefined && { message }),
    });
  }

  async #do(step: Step): Promise<Answer | null> {
    if (step.start) return this.#start(step);
    if (step.advance !== undefined) {
      const to =
        typeof step.advance === 'string'
          ? later(this.world.now, step.advance)
          : new Date(step.advance.to).toISOString();
      if (to < this.world.now)
        throw new WrongInput(`the clock stands at ${this.world.now} and does not go back to ${to}`);
      await this.world.advance(to);
      return null;
    }
    if (step.registers) {
      this.world.record(step.registers);
      return null;
    }
    if (step.signal !== undefined) {
      await this.world.broadcast({
        id: `scenario-${++this.#signals}`,
        name: step.signal,
        variables: step.variables ?? {},
      });
      return null;
    }
    if (step.message !== undefined && !step.failJob && !step.throwError) {
      const message = {
        name: step.message,
        correlationKey: step.correlationKey ?? null,
        variables: step.variables ?? {},
      };
      return this.world.send(message, step.case === undefined ? undefined : this.#case(step));
    }
    return this.#inCase(this.#case(step), step);
  }

  /** Whoever holds the role named, else the one of the lane, else the desk. */
  #actor(role: string | undefined, laneRole?: string | null, body?: string): Principal {
    const wanted = role ?? laneRole ?? 'DESK_OPERATOR';
    if (!isRole(wanted)) throw new WrongInput(`there is no role ${wanted}`);
    return this.world.inRole(wanted, body);
  }

  #case(step: Step): WorldCase {
    const it = this.world.case(step.case);
    if (!it) throw new WrongInput(`there is no case ${step.case ?? ''}`);
    return it;
  }

  async #inCase(it: WorldCase, step: Step): Promise<Answer> {
    const { state } = it;
    const nth = <T>(items: Iterable<T>, is: (item: T) => boolean): T | undefined =>
      [...items].filter(is)[(step.at ?? 1) - 1];
    const meant = (reference: string) => (work: { readonly key: string; readonly element: string }) =>
      work.element === elementOf(reference) &&
      (!reference.includes('/') || this.world.processOf(it, work.key) === reference.split('/')[0]);
    const system = (command: Exclude<CaseCommand, { type: 'StartCase' }>) =>
      this.world.execute(it, systemPrincipal, command);
    const variables = step.variables ?? {};
    if (step.complete !== undefined) {
      const task = nth(state.tasks.values(), meant(step.complete));
      if (!task) return notThere('task-not-found', `${step.complete} is not open`);
      const who =
        step.as === undefined
          ? await this.world.whoMayTake(it, task.key)
          : this.#actor(step.as, null, this.world.officeOf(it, task.key));
      return this.world.execute(it, who, { type: 'CompleteUserTask', key: task.key, variables });
    }
    for (const verb of ['completeJob', 'failJob', 'throwError'] as const) {
      const reference = step[verb];
      if (reference === undefined) continue;
      const job = nth(state.jobs.values(), meant(reference));
      if (!job) return notThere('job-not-found', `${reference} has no open job`);
      const { key } = job;
      if (verb === 'completeJob') return system({ type: 'CompleteJob', key, variables });
      const message = step.message ?? '';
      if (verb === 'failJob') return system({ type: 'FailJob', key, retries: step.retries ?? 0, message });
      return system({ type: 'ThrowJobError', key, code: step.code ?? '', message, variables });
    }
    if (step.deadline !== undefined) return this.#deadline(it, step, step.deadline);
    if (step.set) {
      const supervisor = this.world.inRole('DESK_SUPERVISOR');
      return this.world.execute(it, supervisor, {
        type: 'SetVariables',
        variables: step.set,
        reason: step.reason ?? 'scenario',
      });
    }
    if (step.resolveIncident !== undefined) {
      const wanted = elementOf(step.resolveIncident);
      const incident = nth(
        state.incidents.values(),
        ({ element, code }) => element === wanted || code === wanted,
      );
      if (!incident) return notThere('incident-not-found', `${wanted} has no open incident`);
      return this.world.execute(it, this.world.inRole('DESK_SUPERVISOR'), {
        type: 'ResolveIncident',
        key: incident.key,
        resolution: step.reason ?? 'scenario',
      });
    }
    if (step.suspend !== undefined || step.resume !== undefined) {
      const type = step.suspend !== undefined ? 'SuspendCase' : 'ResumeCase';
      const reason = step.reason ?? 'scenario';
      return this.world.execute(it, this.world.inRole('DESK_SUPERVISOR'), { type, reason });
    }
    if (step.startActivity !== undefined) {
      const element = elementOf(step.startActivity);
      const within = [...state.elements.values()].find(
        ({ begun, key }) => begun !== null && this.world.activities(it, key).includes(element),
      );
      if (!within) return notThere('element-not-found', `${element} is in no open ad-hoc sub-process`);
      return this.world.execute(it, this.world.inRole('DESK_OPERATOR'), {
        type: 'StartAdHocActivity',
        key: within.key,
        element,
      });
    }
    if (step.cancel)
      return this.world.execute(it, this.world.inRole('DESK_SUPERVISOR'), {
        type: 'CancelCase',
        reason: step.reason ?? 'scenario',
      });
    throw new WrongInput('a step has none of the verbs');
  }

  #deadline(it: WorldCase, step: Step, name: string): Promise<Answer> | Answer {
    const { id, instance } = deadlineName(name);
    const found = [...it.state.deadlines.values()].findLast(
      (candidate) => candidate.id === id && candidate.instance === (step.key ?? instance),
    );
    if (!found) return notThere('deadline-not-found', `${name} is not there`);
    const deadline = found.key;
    const reason = step.reason ?? 'scenario';
    const today = romeDate(this.world.now);
    const on = (value: unknown): string => (typeof value === 'string' ? value : (step.on ?? today));
    const baseName = step.base ?? found.bases[0]?.name ?? '';
    const command = ((): Exclude<CaseCommand, { type: 'StartCase' }> => {
      if (step.suspend !== undefined)
        return { type: 'SuspendDeadline', deadline, on: on(step.suspend), reason };
      if (step.resume !== undefined) return { type: 'ResumeDeadline', deadline, on: on(step.resume), reason };
      if (step.extend !== undefined)
        return { type: 'ExtendDeadline', deadline, days: wholeDays(step.extend), reason };
      if (step.interrupt !== undefined)
        return { type: 'InterruptDeadline', deadline, base: on(step.interrupt), reason };
      if (step.rebase !== undefined)
        return { type: 'RebaseDeadline', deadline, baseName, date: on(step.rebase), reason };
      if (step.rectify !== undefined)
        return { type: 'RectifyDeadline', deadline, on: on(step.rectify), reason };
      if (step.prove !== undefined)
        return { type: 'ProveDeadline', deadline, baseName, proof: String(step.prove) };
      throw new WrongInput(`what is to be done with ${name}?`);
    })();
    return this.world.execute(it, this.#actor(step.as ?? 'DESK_SUPERVISOR', null), command);
  }

  /** Tasks and jobs complete by themselves with no output, and timers fire in order, until nothing is left to do. */
  async auto(): Promise<void> {
    let timers = 0;
    for (;;) {
      if (await this.#completeAll()) continue;
      if (timers >= mostTimers) return;
      const rung = await this.world.ringNext();
      if (rung === null) return;
      timers++;
    }
  }

  async #completeAll(): Promise<boolean> {
    let did = false;
    for (const it of [...this.world.cases]) {
      for (const { key } of [...it.state.tasks.values()]) {
        if (!it.state.tasks.has(key)) continue;
        const who = await this.world.whoMayTake(it, key);
        const answer = await this.world.execute(it, who, { type: 'CompleteUserTask', key, variables: {} });
        if (answer.done) did = true;
      }
      for (const { key } of [...it.state.jobs.values()]) {
        if (!it.state.jobs.has(key)) continue;
        const answer = await this.world.execute(it, systemPrincipal, {
          type: 'CompleteJob',
          key,
          variables: {},
        });
        if (answer.done) did = true;
      }
    }
    return did;
  }
}

/** The case's own variables. */
export const variablesOf = (it: WorldCase): Variables => visibleVariables(it.state, null);
