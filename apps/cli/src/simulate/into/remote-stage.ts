import { setTimeout as sleep } from 'node:timers/promises';
import { systemPrincipal } from '@iter/access';
import type { Principal, Role } from '@iter/access';
import type { RecordedEvent } from '@iter/commands';
import { emptyState, evolveAll } from '@iter/engine';
import type { Key, Variables } from '@iter/engine';
import { Refused } from '../../commands/http.ts';
import type { Remote } from '../../commands/http.ts';
import { collect, pages } from '../../commands/lists.ts';
import { WrongInput } from '../../output.ts';
import { Bells } from '../../world/bells.ts';
import type { Bell } from '../../world/bells.ts';
import type { Answer, World, WorldCase } from '../../world/world.ts';
import type { Stage } from '../stage.ts';
import type { DemoPeople } from './people.ts';

type Command = Parameters<Stage['execute']>[2];

/** How long what follows by itself (a bell, a message, a job of a worker) may take. */
const patienceMs = 60_000;
/** A job that no worker of the system has done by then is left to itself. */
const jobPatienceMs = 3_000;

interface ListedCase {
  readonly id: string;
  readonly process: string;
  readonly startedAt: string;
  readonly revision: number;
}

/**
 * A running demo as a stage: its people act over HTTP, its own bells ring and its own workers work, and after each step this
 * waits until the system is at rest. Cases are folded from the histories that it tells; forms are those of this tool, whose
 * processes must be the ones that are deployed there.
 */
export class RemoteStage implements Stage {
  readonly hasWorkers = true;
  readonly system = systemPrincipal;
  readonly cases: WorldCase[] = [];
  readonly touched = new Set<WorldCase>();
  readonly run: string;
  readonly #bells = new Bells();
  readonly #byId = new Map<string, WorldCase>();
  /** Cases that this run began itself, before their history is read. */
  readonly #begun = new Set<string>();
  readonly #notOurs = new Set<string>();
  readonly #refusals = new Map<string, string>();
  readonly #leftJobs = new Set<string>();

  private constructor(
    private readonly local: World,
    private readonly people: DemoPeople,
    private readonly operator: Remote,
    private readonly desk: Remote,
    private offsetMs: number,
  ) {
    this.from = this.now;
    this.run = `${Math.floor(Date.now() / 1_000) % 100_000}-`;
  }

  /** Instant of the system's clock at which the run began. */
  readonly from: string;

  /**
   * @param local knows the same processes
   * @throws WrongInput when the clock of the system cannot be moved, or its processes are others
   */
  static async open(local: World, people: DemoPeople): Promise<RemoteStage> {
    const operator = await people.as('gestore');
    const clock = await operator.get<{ offsetMs: number }>('/operations/clock').catch((error: unknown) => {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      throw new WrongInput('the clock of that system cannot be moved: years are played into a demo only');
    });
    const deployed = await collect(
      pages<{ key: string; hash: string }>(operator, '/process-definitions', {}),
    );
    for (const { key, hash } of local.definitions()) {
      if (deployed.some((it) => it.key === key && it.hash === hash)) continue;
      throw new WrongInput(`that system has another ${key} than this tool: its forms cannot be filled in`);
    }
    return new RemoteStage(local, people, operator, await people.as('operatore'), clock.offsetMs);
  }

  get now(): string {
    return new Date(Date.now() + this.offsetMs).toISOString();
  }

  nextBell(until?: string): Bell | null {
    const next = this.#bells.soonest();
    return next && (until === undefined || next.dueAt <= until) ? next : null;
  }

  async ringNext(): Promise<Bell['kind'] | null> {
    const bell = this.#bells.soonest();
    if (!bell) return null;
    await this.advance(bell.dueAt);
    // A bell that changed nothing would ring for ever.
    if (this.#bells.isHung(bell)) this.#bells.take(bell.id);
    return bell.kind;
  }

  async advance(to: string): Promise<void> {
    if (to > this.now) {
      const { offsetMs } = await this.operator.post<{ offsetMs: number }>('/operations/clock', { to });
      this.offsetMs = offsetMs;
    }
    await this.settle();
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

  inRole(role: Role, body?: string): Principal {
    return this.people.inRole(role, body);
  }

  whoMayTake(it: WorldCase, key: Key): Promise<Principal> {
    return Promise.resolve(
      this.people.inRole(this.local.roleOf(it, key) as Role, this.local.officeOf(it, key)),
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
    return this.#ask('operatore', '/messages', message);
  }

  async #ask(account: string, path: string, body: object): Promise<Answer> {
    try {
      const remote = await this.people.as(account);
      const { caseId } = await remote.post<{ caseId: string | null }>(path, body);
      if (caseId !== null) this.#begun.add(caseId);
      await this.settle();
      return { done: true, case: this.#byId.get(caseId ?? '') ?? null };
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 401 || error.status >= 500) throw error;
      const { code, message, errors } = error;
      return { done: false, code, message, errors };
    }
  }

  /** Waits until the system has nothing to do, and reads what has happened to the cases of this run. */
  async settle(): Promise<void> {
    const began = performance.now();
    let calm = 0;
    while (calm < 2) {
      const isIdle = await this.#isIdle();
      if (isIdle) await this.#read();
      const waited = performance.now() - began;
      calm = isIdle && !this.#isExpecting(waited > jobPatienceMs) ? calm + 1 : 0;
      if (waited > patienceMs) throw new WrongInput(this.#unrest());
      if (calm < 2) await sleep(20);
    }
    await this.local.advance(this.now);
  }

  /** What was waited for in vain. */
  #unrest(): string {
    const bell = this.nextBell(this.now);
    const silent = bell ? `: ${bell.id}, due at ${bell.dueAt}, has not rung` : '';
    return `the system did not come to rest at ${this.now}${silent}`;
  }

  /** Whether something follows by itself in a case of this run. */
  #isExpecting(leaveJobs: boolean): boolean {
    const active = this.cases.filter(({ state }) => state.status === 'active');
    if (active.some(({ state }) => state.continuation !== null)) return true;
    const bell = this.#bells.soonest();
    if (bell && bell.dueAt <= this.now) return true;
    const jobs = active.flatMap(({ id, state }) => [...state.jobs.keys()].map((key) => `${id}.${key}`));
    const awaited = jobs.filter((job) => !this.#leftJobs.has(job));
    if (!leaveJobs) return awaited.length > 0;
    for (const job of awaited) this.#leftJobs.add(job);
    return false;
  }

  async #isIdle(): Promise<boolean> {
    const [followers, queues] = await Promise.all([
      this.operator.get<{ items: { behind: number }[] }>('/operations/followers'),
      this.operator.get<{ items: { waiting: number; active: number }[] }>('/operations/queues'),
    ]);
    return (
      followers.items.every(({ behind }) => behind === 0) &&
      queues.items.every(({ waiting, active }) => waiting + active === 0)
    );
  }

  async #read(): Promise<void> {
    for await (const listed of pages<ListedCase>(this.desk, '/cases', { state: 'all' }, 50)) {
      // The newest come first.
      if (listed.startedAt < this.from) break;
      if (this.#notOurs.has(listed.id)) continue;
      const known = this.#byId.get(listed.id);
      if (known && known.state.revision >= listed.revision) continue;
      await this.#readCase(listed, known);
    }
  }

  async #readCase({ id, process }: ListedCase, known: WorldCase | undefined): Promise<void> {
    const history = await this.#historyOf(id);
    if (!history) return;
    const it = known ?? this.#adopt(id, process, history);
    if (!it) return;
    const events = history.slice(it.events.length);
    it.events.push(...events);
    it.state = evolveAll(it.state, events);
    for (const event of events) this.#bells.heed(it, event);
    this.touched.add(it);
  }

  /** Null: it may not be read, which is no harm when others began it. */
  async #historyOf(id: string): Promise<readonly RecordedEvent[] | null> {
    try {
      return await collect(pages<RecordedEvent>(this.desk, `/cases/${id}/history`, {}, 1_000));
    } catch (error) {
      if (!(error instanceof Refused) || error.status >= 500) throw error;
      this.#notOurs.add(id);
      this.#refusals.set(id, error.message);
      return null;
    }
  }

  /** What this run began or has read, and cannot read any more: a sentence for each case. */
  unread(): readonly string[] {
    const ours = new Set([...this.#begun, ...this.#byId.keys()]);
    return [...ours]
      .filter((id) => !this.#byId.has(id) || this.#refusals.has(id))
      .map((id) => `the case ${id} cannot be read: ${this.#refusals.get(id) ?? 'it is not listed'}`);
  }

  /** A case that this run began, or that the system did meanwhile; what others begin is theirs. */
  #adopt(id: string, process: string, [first]: readonly RecordedEvent[]): WorldCase | null {
    const definition = this.local.definitions().find(({ key }) => key === process);
    const isOurs = this.#begun.has(id) || first?.actor.account === systemPrincipal.account;
    if (!definition || !isOurs) {
      this.#notOurs.add(id);
      return null;
    }
    const number = this.cases.length;
    const name = `${process}#${this.run}${number + 1}`;
    const it = { name, number, id, process, model: definition.model, events: [], state: emptyState };
    this.cases.push(it);
    this.#byId.set(id, it);
    return it;
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
