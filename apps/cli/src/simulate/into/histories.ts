import { programmeProcesses, systemPrincipal } from '@iter/access';
import type { RecordedEvent } from '@iter/commands';
import { emptyState, evolveAll } from '@iter/engine';
import type { ProcessModel } from '@iter/process-model';
import { Refused } from '../../commands/http.ts';
import type { Remote } from '../../commands/http.ts';
import { collect, pages } from '../../commands/lists.ts';
import type { WorldCase } from '../../world/world.ts';
import { inTurns } from './in-turns.ts';
import { Changes } from './changes.ts';

interface ListedCase {
  readonly id: string;
  readonly startedAt: string;
  readonly revision: number;
}

interface Reading {
  readonly run: string;
  /** Instant of the system's clock at which the run began. */
  readonly from: string;
  model(process: string): ProcessModel | undefined;
  onEvent(it: WorldCase, event: RecordedEvent): void;
}

const readersAtOnce = 6;
const mostOfPage = 1_000;

/** The cases of a run, folded from what a running system tells of them. */
export class Histories {
  readonly cases: WorldCase[] = [];
  readonly touched = new Set<WorldCase>();
  /** Those in which something is to follow by itself, bells aside. */
  readonly busy = new Set<WorldCase>();
  readonly #byId = new Map<string, WorldCase>();
  readonly #readers = new Map<string, Remote>();
  /** Cases that this run began itself. */
  readonly #begun = new Set<string>();
  readonly #notOurs = new Set<string>();
  readonly #refusals = new Map<string, string>();
  /** Cases to which something has happened since they were read. */
  readonly #toRead = new Set<string>();
  readonly #changes: Changes;
  readonly #line = new AbortController();
  #isSure = false;

  /**
   * @param readers who may read the cases, each some
   * @param everywhere who is told that something has happened to a case, whosever it is
   */
  constructor(
    readonly readers: readonly Remote[],
    everywhere: Remote,
    private readonly about: Reading,
  ) {
    this.#changes = new Changes(everywhere);
    void this.#changes.follow(this.#line.signal);
  }

  close(): void {
    this.#line.abort();
  }

  find(id: string): WorldCase | null {
    return this.#byId.get(id) ?? null;
  }

  /** Who may read a case of the run. */
  readonly readerOf = ({ id }: WorldCase): Remote => this.#readers.get(id) ?? this.readers[0]!;

  /** Somebody of this run has begun a case, or done something in it. */
  began(id: string): void {
    this.#begun.add(id);
    this.#toRead.add(id);
  }

  /** Next time all cases are looked at, also those of which nothing was heard. */
  mistrust(): void {
    this.#isSure = false;
  }

  isOfProgramme({ process }: WorldCase): boolean {
    return (programmeProcesses as readonly string[]).includes(process);
  }

  /** Reads what has happened since the last time. */
  async read(): Promise<void> {
    const changed = this.#changes.take();
    if (changed === null || !this.#isSure) await this.#sweep();
    this.#isSure = true;
    for (const id of changed ?? []) if (!this.#notOurs.has(id)) this.#toRead.add(id);
    const ids = [...this.#toRead];
    this.#toRead.clear();
    await inTurns(ids, readersAtOnce, (id) => this.#readCase(id));
  }

  /** What this run began or has read, and cannot read any more: a sentence for each case. */
  unread(): readonly string[] {
    const ours = new Set([...this.#begun, ...this.#byId.keys()]);
    return [...ours]
      .filter((id) => !this.#byId.has(id) || this.#refusals.has(id))
      .map((id) => `the case ${id} cannot be read: ${this.#refusals.get(id) ?? 'it is not listed'}`);
  }

  async #sweep(): Promise<void> {
    for (const reader of this.readers) {
      for await (const { id, startedAt, revision } of pages<ListedCase>(reader, '/cases', { state: 'all' })) {
        // The newest come first.
        if (startedAt < this.about.from) break;
        const known = this.#byId.get(id);
        if (!this.#notOurs.has(id) && !(known && known.state.revision >= revision)) this.#toRead.add(id);
      }
    }
  }

  async #readCase(id: string): Promise<void> {
    const known = this.#byId.get(id);
    const events = await this.#historyOf(id, known?.state.revision);
    if (!events) return;
    const it = known ?? this.#adopt(id, events);
    if (!it || events.length === 0) return;
    it.events.push(...events);
    it.state = evolveAll(it.state, events);
    for (const event of events) this.about.onEvent(it, event);
    this.touched.add(it);
    const isBusy = it.state.status === 'active' && (it.state.continuation !== null || it.state.jobs.size > 0);
    if (isBusy) this.busy.add(it);
    else this.busy.delete(it);
  }

  /**
   * What has happened after a revision, by whoever may read it. Null: nobody may, which is no harm when others began the case.
   * @param after the last revision that is known; absent: none
   */
  async #historyOf(id: string, after?: number): Promise<readonly RecordedEvent[] | null> {
    const known = this.#readers.get(id);
    const fields = { after: after?.toString() };
    for (const reader of known ? [known] : this.readers) {
      try {
        const path = `/cases/${id}/history`;
        const events = await collect(pages<RecordedEvent>(reader, path, fields, mostOfPage));
        this.#readers.set(id, reader);
        return events;
      } catch (error) {
        if (!(error instanceof Refused) || error.status >= 500) throw error;
        this.#refusals.set(id, error.message);
      }
    }
    this.#notOurs.add(id);
    return null;
  }

  /** A case that this run began, or that the system did meanwhile; what others begin is theirs. */
  #adopt(id: string, [first]: readonly RecordedEvent[]): WorldCase | null {
    const process = first?.type === 'CaseStarted' ? first.data.process : '';
    const model = this.about.model(process);
    const isOurs = this.#begun.has(id) || first?.actor.account === systemPrincipal.account;
    this.#refusals.delete(id);
    if (!model || !isOurs || first!.recordedAt < this.about.from) {
      this.#notOurs.add(id);
      return null;
    }
    const number = this.cases.length;
    const name = `${process}#${this.about.run}${number + 1}`;
    const it = { name, number, id, process, model, events: [], state: emptyState };
    this.cases.push(it);
    this.#byId.set(id, it);
    return it;
  }
}
