import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { RecordedEvent } from '@iter/commands';
import type { World, WorldCase } from '../world/world.ts';
import { recountTerms, violationsIn } from './recount.ts';
import type { TermCount } from './recount.ts';

/** What is kept of a case whose history has been looked through. */
export interface Entry {
  readonly id: string;
  readonly process: string;
  readonly isActive: boolean;
  /** As the process says, else the state. */
  readonly outcome: string;
  readonly events: number;
  /** By the deadline's id. */
  readonly terms: ReadonlyMap<string, TermCount>;
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
      packs.push(zstdCompressSync(JSON.stringify(it.events)));
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

function entryOf(it: WorldCase): Entry {
  const { id, process, state, events } = it;
  const outcome = state.root.variables['caseOutcome'];
  return {
    ...{ id, process, isActive: state.status === 'active', events: events.length },
    outcome: typeof outcome === 'string' ? outcome : state.status,
    terms: recountTerms(events),
    history: historyOf(it),
    violations: violationsIn(it),
  };
}

function historyOf({ id, events }: WorldCase): string {
  const hash = createHash('sha256');
  for (const { type, data, recordedAt, actor } of events)
    hash.update(JSON.stringify([id, type, data, recordedAt, actor]));
  return hash.digest('hex');
}
