import { setTimeout as sleep } from 'node:timers/promises';
import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import type { Key, Variables } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import { Refused } from '../../commands/http.ts';
import type { Remote } from '../../commands/http.ts';
import { collect, pages } from '../../commands/lists.ts';
import { WrongInput } from '../../output.ts';
import { Bells } from '../../world/bells.ts';
import type { Bell } from '../../world/bells.ts';
import type { Answer, World, WorldCase } from '../../world/world.ts';
import type { Stage } from '../stage.ts';
import { recordConvention, stopStarts } from './ground.ts';
import { Histories } from './histories.ts';
import { demoProvince } from './people.ts';
import type { DemoPeople } from './people.ts';

type Command = Parameters<Stage['execute']>[2];
type Refusal = Omit<Extract<Answer, { done: false }>, 'done'>;

/** How long what follows by itself (a bell, a message, a job of a worker) may take. */
const patienceMs = 60_000;
/** A job that no worker of the system has done by then is left to itself. */
const jobPatienceMs = 3_000;
/** So long nothing more is heard before all cases are looked at. */
const silenceMs = 5_000;

/** Between two looks at a system that is still at work. */
const [shortPauseMs, longPauseMs] = [25, 100];
/** Nobody looks before so much of the time has passed that rests took of late. */
const firstLook = 0.5;

export interface StageOptions {
  /** The clock of the system, as it was told last. */
  readonly now: string;
  readonly atOnce: number;
}

/**
 * A running demo as a stage: its people act over HTTP, several at a time, its own bells ring and its own workers work, and
 * whoever acts waits until the system is at rest. Cases are folded from the histories that it tells; forms are those of this
 * tool, whose processes must be the ones that are deployed there.
 */
export class RemoteStage implements Stage {
  readonly hasWorkers = true;
  readonly system = systemPrincipal;
  readonly run: string;
  readonly crowd;
  /**
   * The instant to which the play has come. The clock of the system runs on meanwhile: what people write and plan must
   * neither depend on how long it took to answer, nor lie ahead of that clock.
   */
  now: string;
  readonly histories: Histories;
  readonly #bells = new Bells();
  readonly #leftJobs = new Set<string>();
  /** What the clock of the system said, and when it was heard here. */
  #told: { readonly ms: number; readonly heardAtMs: number };
  #inFlight = 0;
  /** Requests that have been answered. */
  #answered = 0;
  /** Requests whose consequences have been read. */
  #seen = -1;
  #resting: Promise<void> | null = null;
  /** How long it took of late until the system was at rest. */
  #usualRestMs = 0;

  private constructor(
    private readonly local: World,
    private readonly people: DemoPeople,
    private readonly operator: Remote,
    readers: readonly Remote[],
    { now, atOnce }: StageOptions,
  ) {
    this.#told = { ms: Date.parse(now), heardAtMs: performance.now() };
    this.now = new Date(now).toISOString();
    this.crowd = { atOnce, nextBellOf: (it: WorldCase) => this.#bells.nextOf(it) };
    this.run = `${Math.floor(Date.now() / 1_000) % 100_000}-`;
    this.histories = new Histories(readers, operator, {
      ...{ run: this.run, from: this.now },
      model: (process) => local.definitions().find(({ key }) => key === process)?.model,
      onEvent: (it, event) => this.#bells.heed(it, event),
    });
  }

  /**
   * @param local knows the same processes
   * @throws WrongInput when the processes of the system are others
   */
  static async open(local: World, people: DemoPeople, options: StageOptions): Promise<RemoteStage> {
    const operator = await people.as('gestore');
    const deployed = await collect(
      pages<{ key: string; hash: string }>(operator, '/process-definitions', {}),
    );
    for (const { key, hash } of local.definitions()) {
      if (deployed.some((it) => it.key === key && it.hash === hash)) continue;
      throw new WrongInput(`that system has another ${key} than this tool: its forms cannot be filled in`);
    }
    const readers = [await people.as('operatore'), await people.as('programma')];
    return new RemoteStage(local, people, operator, readers, options);
  }

  /** What the clock of the system has reached at least: it was this late when its answer was heard. */
  get #systemNow(): string {
    const { ms, heardAtMs } = this.#told;
    return new Date(ms + Math.floor(performance.now() - heardAtMs)).toISOString();
  }

  get cases(): WorldCase[] {
    return this.histories.cases;
  }

  get touched(): Set<WorldCase> {
    return this.histories.touched;
  }

  nextBell(until?: string): Bell | null {
    const next = this.#bells.soonest();
    return next && (until === undefined || next.dueAt <= until) ? next : null;
  }

  async ringNext(limit: string): Promise<Bell['kind'] | null> {
    const bell = this.#bells.soonest();
    if (!bell) return null;
    // All bells of a minute share one rest: those of cases that began together are apart by as much as answers took.
    const endOfMinute = `${bell.dueAt.slice(0, 'YYYY-MM-DDTHH:MM'.length)}:59.999Z`;
    // What is planned within the minute keeps its instant.
    await this.advance(endOfMinute < limit ? endOfMinute : limit);
    await this.settle();
    // A bell that changed nothing would ring for ever.
    if (this.#bells.isHung(bell)) this.#bells.take(bell.id);
    return bell.kind;
  }

  async advance(to: string): Promise<void> {
    if (to > this.#systemNow) await this.#moveClock(to);
    if (to > this.now) this.now = to;
    // What happens meanwhile is read after the next act, or bell.
    await this.local.advance(this.now);
  }

  async #moveClock(to: string): Promise<void> {
    const { now } = await this.operator
      .post<{ now: string }>('/operations/clock', { to })
      .catch((error: unknown) => {
        // It has come there by itself while it was asked.
        if (!(error instanceof Refused) || error.code !== 'clock-goes-forward') throw error;
        return this.operator.get<{ now: string }>('/operations/clock');
      });
    this.#told = { ms: Date.parse(now), heardAtMs: performance.now() };
  }

  startFormOf(process: string, body: string): ReturnType<World['startFormOf']> {
    return this.local.startFormOf(process, body);
  }

  formOf(it: WorldCase, key: Key): ReturnType<World['formOf']> {
    return this.local.formOf(it, key);
  }

  roleOf(it: WorldCase, key: Key): string {
    return this.local.roleOf(it, key);
  }

  inRole(role: Role, body = demoProvince): Principal {
    return this.people.inRole(role, body);
  }

  whoMayTake(it: WorldCase, key: Key): Promise<Principal> {
    const created = it.events.findLast((event) => event.type === 'UserTaskCreated' && event.data.key === key);
    const { assignee, candidateUsers = [] } = created?.type === 'UserTaskCreated' ? created.data : {};
    const named = assignee ?? candidateUsers[0];
    const body = this.local.officeOf(it, key);
    return Promise.resolve(
      named === undefined
        ? this.people.inRole(this.local.roleOf(it, key) as Role, body)
        : this.people.named(named),
    );
  }

  start(process: string, { account }: Principal, variables: Variables, { body }: { body?: string } = {}) {
    return this.#ask(account, '/cases', { process, comune: body, variables });
  }

  execute(it: WorldCase, { account }: Principal, command: Command): Promise<Answer> {
    const [path, body] = requestOf(it, command);
    return this.#ask(account, path, body);
  }

  send({ name, correlationKey, variables, body }: Parameters<Stage['send']>[0], to?: WorldCase) {
    const receiver = to ? { caseId: to.id } : { comune: body };
    const message = { name, correlationKey, variables, timeToLive: 'PT0S', ...receiver };
    const sender = to && this.histories.isOfProgramme(to) ? 'programma' : 'operatore';
    return this.#ask(sender, '/messages', message);
  }

  /** From the day on which it is to hold, or has come to hold. */
  async recordConvention({ state }: WorldCase): Promise<void> {
    const { validFrom } = state.root.variables;
    const from = typeof validFrom === 'string' ? validFrom.slice(0, 10) : romeDate(this.now);
    await recordConvention(this.operator, state.comune, from);
  }

  async stopStarts({ state }: WorldCase, on: string): Promise<void> {
    await stopStarts(this.operator, state.comune, on);
  }

  async #ask(account: string, path: string, body: object): Promise<Answer> {
    const answer = await this.#post(account, path, body);
    if ('code' in answer) return { done: false, ...answer };
    const { caseId } = answer;
    if (caseId !== null) this.histories.began(caseId);
    await this.settle();
    return { done: true, case: this.histories.find(caseId ?? '') };
  }

  async #post(
    account: string,
    path: string,
    body: object,
  ): Promise<{ readonly caseId: string | null } | Refusal> {
    this.#inFlight++;
    try {
      return await (await this.people.as(account)).post<{ caseId: string | null }>(path, body);
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401 || error.status >= 500) throw error;
      const { code, message, errors } = error;
      return { code, message, errors };
    } finally {
      this.#inFlight--;
      this.#answered++;
    }
  }

  /** Waits until nobody asks and the system has nothing to do, and reads what has happened to the cases of this run. */
  async settle(): Promise<void> {
    const answered = this.#answered;
    do await (this.#resting ??= this.#comeToRest().finally(() => (this.#resting = null)));
    while (this.#seen < answered);
  }

  /**
   * Rest is: the followers have read all, then nothing is queued, and then they still stand where they stood. What a job
   * wrote before its queue was found empty would have moved them.
   */
  async #comeToRest(): Promise<void> {
    let began = performance.now();
    let swept = began;
    let answered = -1;
    let pauseMs = shortPauseMs;
    let place: string | null = null;
    for (let isAtRest = false; !isAtRest;) {
      if (this.#inFlight > 0 || answered !== this.#answered) {
        [answered, began, place, pauseMs] = [this.#answered, performance.now(), null, shortPauseMs];
        if (this.#inFlight > 0) {
          await sleep(5);
          continue;
        }
        await sleep(this.#usualRestMs * firstLook);
      }
      place ??= await this.#placeOfFollowers();
      const isCalm: boolean =
        place !== null && (await this.#isNothingQueued()) && (await this.#isReadToTheEnd(began));
      const now = performance.now();
      if (now - swept > silenceMs) {
        this.histories.mistrust();
        swept = now;
      }
      if (now - began > patienceMs) throw new WrongInput(this.#unrest());
      const later: string | null = isCalm ? await this.#placeOfFollowers() : null;
      isAtRest = isCalm && later === place && answered === this.#answered && this.#inFlight === 0;
      // What had changed before may have been told meanwhile.
      if (isAtRest) isAtRest = await this.#isReadToTheEnd(began);
      place = later;
      if (place !== null) continue;
      await sleep(pauseMs);
      pauseMs = Math.min(longPauseMs, pauseMs * 1.3);
    }
    this.#seen = answered;
    const tookMs = Math.min(longPauseMs, performance.now() - began);
    this.#usualRestMs += (tookMs - this.#usualRestMs) / 4;
    // Forms ask what day it is. What begins there by timers is played by nobody.
    await this.local.advance(this.now);
  }

  /** Reads what has happened, and says whether nothing more follows by itself. */
  async #isReadToTheEnd(since: number): Promise<boolean> {
    await this.histories.read();
    return !this.#isExpecting(performance.now() - since > jobPatienceMs);
  }

  /** What was waited for in vain. */
  #unrest(): string {
    const bell = this.nextBell(this.#systemNow);
    const silent = bell ? `: ${bell.id}, due at ${bell.dueAt}, has not rung` : '';
    return `the system did not come to rest at ${this.#systemNow}${silent}`;
  }

  /** Whether something follows by itself in a case of this run. */
  #isExpecting(leaveJobs: boolean): boolean {
    const busy = [...this.histories.busy];
    if (busy.some(({ state }) => state.continuation !== null)) return true;
    if (this.nextBell(this.#systemNow)) return true;
    const jobs = busy.flatMap(({ id, state }) => [...state.jobs.keys()].map((key) => `${id}.${key}`));
    const awaited = jobs.filter((job) => !this.#leftJobs.has(job));
    if (!leaveJobs) return awaited.length > 0;
    for (const job of awaited) this.#leftJobs.add(job);
    return false;
  }

  /** Null: one of them is behind. */
  async #placeOfFollowers(): Promise<string | null> {
    const { items } = await this.operator.get<{ items: { behind: number; position: string | null }[] }>(
      '/operations/followers',
    );
    return items.some(({ behind }) => behind > 0) ? null : items.map(({ position }) => position).join();
  }

  async #isNothingQueued(): Promise<boolean> {
    const { items } = await this.operator.get<{ items: { waiting: number; active: number }[] }>(
      '/operations/queues',
    );
    return items.every(({ waiting, active }) => waiting + active === 0);
  }
}

/** The request that says a command. */
function requestOf({ id }: WorldCase, command: Command): readonly [path: string, body: object] {
  switch (command.type) {
    case 'CompleteUserTask':
      return [`/tasks/${id}.${command.key}/complete`, { variables: command.variables }];
    case 'AcknowledgeEscalation':
      return [`/escalations/${id}.${command.key}/acknowledge`, { note: command.note }];
    case 'ResolveIncident':
      return [`/incidents/${id}.${command.key}/resolve`, { resolution: command.resolution }];
    default:
      throw new TypeError(`nobody gives ${command.type} at a desk`);
  }
}
