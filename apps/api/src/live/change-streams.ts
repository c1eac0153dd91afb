import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Principal } from '@iter/access';
import type { Position } from '@iter/event-store';
import { concerns, viewerOf } from '@iter/read-models';
import type { Change, Viewer } from '@iter/read-models';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';

/** Someone who watches. */
export interface Watcher {
  readonly account: string;
  /** Who it is now; null: the session is over. */
  who(): Promise<Principal | null>;
  /** The last event that the browser has seen; null: none yet. */
  readonly since: Position | null;
  /** How long ago it began to ask for what it shows, for one that has seen none. */
  readonly agoMs: number;
  readonly response: ServerResponse;
}

const heartbeatMs = 15_000;
const mostPerAccount = 20;
/** A watcher that reads nothing is dropped when so much waits for it: the browser opens a new stream by itself. */
const mostBuffered = 256 * 1024;

/** Changes whose knowers are remembered: those that other watchers are still to be told. */
const mostRemembered = 200;

/**
 * Tells those who watch which cases changed: when the views show it, and only of cases that they may know of. An event
 * carries ids of cases and names of views, nothing else; its id is the log's position.
 */
@Injectable()
export class ChangeStreams implements OnApplicationShutdown {
  readonly #open = new Map<Watcher, AbortController>();
  /** By case and position. */
  readonly #knowers = new Map<string, Promise<(viewer: Viewer) => boolean>>();

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  /** @throws Problem 429 when the account watches too often already */
  assertRoom(account: string): void {
    const open = [...this.#open.keys()].filter((watcher) => watcher.account === account).length;
    if (open >= mostPerAccount) throw new Problem('too-many-streams', { headers: { 'Retry-After': '15' } });
  }

  add(watcher: Watcher): void {
    const stop = new AbortController();
    this.#open.set(watcher, stop);
    watcher.response.on('close', () => stop.abort());
    write(watcher, 'retry: 3000\n\n');
    // Keeps the connection open through proxies, and ends it when the session is over.
    const heartbeat = setInterval(() => void this.#beat(watcher), heartbeatMs).unref();
    void this.#tell(watcher, stop.signal)
      .catch((error: unknown) =>
        this.ports.logger.error({ err: error }, 'a stream of changes ended in an error'),
      )
      .finally(() => {
        clearInterval(heartbeat);
        this.#open.delete(watcher);
        watcher.response.end();
      });
  }

  onApplicationShutdown(): void {
    for (const stop of this.#open.values()) stop.abort();
  }

  async #tell(watcher: Watcher, signal: AbortSignal): Promise<void> {
    const changes = this.ports.changes.follow({
      signal,
      ...(watcher.since === null ? { agoMs: watcher.agoMs } : { after: watcher.since }),
    });
    for await (const change of changes) {
      const principal = await watcher.who();
      if (!principal) return;
      if (await this.#mayKnow(principal, change)) write(watcher, eventOf(change));
    }
  }

  async #mayKnow(principal: Principal, change: Change): Promise<boolean> {
    const viewer = viewerOf(principal);
    if (!concerns(viewer, change)) return false;
    // The system's operator reads of every case where it stands, never what it says.
    if (change.caseId === null || viewer.comuni === 'all') return true;
    return (await this.#knowersOf(change.caseId, change.position))(viewer);
  }

  /** Asked once for all who watch. */
  #knowersOf(caseId: string, position: Position | null): Promise<(viewer: Viewer) => boolean> {
    const key = `${caseId} ${position ?? ''}`;
    const known = this.#knowers.get(key);
    if (known) return known;
    const asked = this.ports.views.knowers(caseId);
    this.#knowers.set(key, asked);
    asked.catch(() => this.#knowers.delete(key));
    if (this.#knowers.size > mostRemembered) this.#knowers.delete(this.#knowers.keys().next().value!);
    return asked;
  }

  async #beat(watcher: Watcher): Promise<void> {
    const principal = await watcher.who().catch(() => undefined);
    if (principal === null) this.#open.get(watcher)?.abort();
    else write(watcher, ': still here\n\n');
  }
}

function eventOf({ position, caseId, views }: Change): string {
  const data = caseId === null ? { all: true } : { cases: [caseId], views };
  // Without a position the browser keeps the last one: after a break it asks from there on.
  return `${position === null ? '' : `id: ${position}\n`}data: ${JSON.stringify(data)}\n\n`;
}

function write({ response }: Watcher, text: string): void {
  if (response.destroyed || response.writableEnded) return;
  if (response.writableLength > mostBuffered) response.destroy();
  else response.write(text);
}
