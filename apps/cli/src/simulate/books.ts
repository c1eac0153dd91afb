import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { RecordedEvent } from '@iter/commands';
import type { Variables } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import { awaitedDefinitions } from '@iter/process-model';
import type { World, WorldCase } from '../world/world.ts';
import { recountEscalations, recountFacts, recountTasks, recountTerms, violationsIn } from './recount.ts';
import type { TermCount } from './recount.ts';

/** What is kept of a case whose history has been looked through. */
export interface Entry {
  readonly id: string;
  readonly process: string;
  /** The message with which it began, empty for a form; null: another case or a timer began it. */
  readonly begunBy: string | null;
  readonly comune: string;
  readonly isActive: boolean;
  readonly state: string;
  /** Day in Rome. */
  readonly startedOn: string;
  /** Day in Rome; null: it goes on. */
  readonly endedOn: string | null;
  /** As the process says, else the state. */
  readonly outcome: string;
  readonly events: number;
  /** Timers that fired, steps of ladders that were reached, terms that were missed: several may share a rest of the system. */
  readonly bells: number;
  /** By the deadline's id. */
  readonly terms: ReadonlyMap<string, TermCount>;
  /** Values of the facts that its process declares, by name; empty: not said. */
  readonly said: ReadonlyMap<string, string>;
  /** User tasks by element and state, escalations by state. */
  readonly tasks: ReadonlyMap<string, number>;
  readonly escalations: ReadonlyMap<string, number>;
  /** What views of services show of it, of the variables that it ended with or has now. */
  readonly facts: Variables;
  /** SHA-256 over all that happened, in clear; keys and seals are new in each log. */
  readonly history: string;
  readonly violations: readonly string[];
}

const packedTogether = 32;

/**
 * The books of a simulation: each case is looked through when it ends, and let go of, so that years need the memory of what is
 * under way. Its sealed events stay in the log.
 */
export class Books {
  readonly #closed = new Map<WorldCase, Entry>();
  /** What cases that go on have gone through, compressed: ten thousand paths of training are under way at a time. */
  readonly #packed = new Map<WorldCase, Buffer[]>();

  constructor(private readonly world: World) {}

  /** Something has happened to a case, and everybody has looked at it. */
  keep(it: WorldCase): void {
    if (it.state.status !== 'active') this.#close(it);
    else if (it.events.length >= packedTogether) {
      const packs = this.#packed.get(it) ?? [];
      packs.push(exact(zstdCompressSync(JSON.stringify(it.events))));
      this.#packed.set(it, packs);
      it.events.length = 0;
    }
  }

  /** A case with its whole history; one that was closed has none any more. */
  whole(it: WorldCase): WorldCase {
    const before = (this.#packed.get(it) ?? []).flatMap(
      (pack) => JSON.parse(zstdDecompressSync(pack).toString()) as RecordedEvent[],
    );
    return { ...it, events: [...before, ...it.events] };
  }

  /** Of all cases, in the order in which they began. */
  entries(): readonly Entry[] {
    return this.world.cases.map((it) => this.#closed.get(it) ?? entryOf(this.whole(it)));
  }

  #close(it: WorldCase): void {
    if (this.#closed.has(it)) return;
    this.#closed.set(it, entryOf(this.whole(it)));
    this.#packed.delete(it);
    this.world.passivate(it);
  }
}

/** Variables that views of services are made of. */
const telling = ['year', 'expectedHours', 'creditedHours', 'certificates', 'theme', 'caseOutcome'];

/** A copy that lies alone: small buffers share slabs, and each keeps the whole of its slab. */
function exact(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}

const rung = new Set<string>(['TimerFired', 'LadderStepReached', 'DeadlineMissed']);

/** A case with its whole history, as the books keep it. */
export function entryOf(it: WorldCase): Entry {
  const { id, process, state, events } = it;
  const { variables } = state.root;
  const outcome = variables['caseOutcome'];
  return {
    begunBy: begunBy(it),
    bells: events.filter(({ type }) => rung.has(type)).length,
    ...{ id, process, comune: state.comune, isActive: state.status === 'active', events: events.length },
    state: state.status === 'active' && state.suspended ? 'suspended' : state.status,
    startedOn: romeDate(events[0]!.recordedAt),
    endedOn: state.status === 'active' ? null : romeDate(events.at(-1)!.recordedAt),
    outcome: typeof outcome === 'string' ? outcome : state.status,
    terms: recountTerms(events),
    said: recountFacts(
      events,
      it.model.facts.map(({ name }) => name),
    ),
    tasks: tally([...recountTasks(events).values()].map((task) => `${task.element} ${task.state}`)),
    escalations: tally([...recountEscalations(events).values()]),
    facts: Object.fromEntries(telling.map((name) => [name, variables[name] ?? null])),
    history: historyOf(it),
    violations: violationsIn(it),
  };
}

function begunBy({ model, events }: WorldCase): string | null {
  const [first] = events;
  const start = first?.type === 'CaseStarted' && model.nodes.get(first.data.startElement);
  const isLinked = events.some(({ type, data }) => type === 'CaseLinked' && data.relation === 'started-by');
  if (!start || isLinked) return null;
  const awaited = awaitedDefinitions(start);
  if (awaited.length === 0) return '';
  const message = awaited.find(({ kind }) => kind === 'message');
  return message?.kind === 'message' && typeof message.name.constant === 'string'
    ? message.name.constant
    : null;
}

/** How often each is there. */
export function tally(names: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function historyOf({ id, events }: WorldCase): string {
  const hash = createHash('sha256');
  for (const { type, data, recordedAt, actor } of events)
    hash.update(JSON.stringify([id, type, data, recordedAt, actor]));
  return hash.digest('hex');
}
