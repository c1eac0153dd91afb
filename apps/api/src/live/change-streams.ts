import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import type { Principal } from '@iter/access';
import type { Position } from '@iter/event-store';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';

/** Someone who watches. */
export interface Watcher {
  readonly account: string;
  /** Who it is now; null: the session is over. */
  who(): Promise<Principal | null>;
  /** The last event that the browser has seen; null: it begins now. */
  readonly since: Position | null;
  readonly response: ServerResponse;
}

const heartbeatMs = 15_000;
const mostPerAccount = 20;
/** A watcher that reads nothing is dropped when so much waits for it: the browser opens a new stream by itself. */
const mostBuffered = 256 * 1024;
const viewsPatienceMs = 5_000;
const pauseAfterFailureMs = 1_000;

/**
 * Tells those who watch which cases changed: once the views show it, and only of cases that they may know of. Nothing else
 * is in an event than case ids, and its id is the log's position.
 */
@Injectable()
export class ChangeStreams implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #watchers = new Set<Watcher>();
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #heartbeat: NodeJS.Timeout | null = null;
  #position: Position | null = null;

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#position = await this.ports.log.lastPosition();
    this.#running = this.#follow();
    this.#heartbeat = setInterval(() => void this.#checkAll(), heartbeatMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    if (this.#heartbeat) clearInterval(this.#heartbeat);
    for (const watcher of this.#watchers) watcher.response.end();
    this.#watchers.clear();
    await this.#running;
  }

  /** @throws Problem 429 when the account watches too often already */
  assertRoom(account: string): void {
    const open = [...this.#watchers].filter((watcher) => watcher.account === account).length;
    if (open >= mostPerAccount) throw new Problem('too-many-streams', { headers: { 'Retry-After': '15' } });
  }

  add(watcher: Watcher): void {
    this.#watchers.add(watcher);
    watcher.response.on('close', () => this.#watchers.delete(watcher));
    write(watcher, 'retry: 3000\n\n');
    // What happened while nobody listened is not told case by case: whoever comes back asks for everything again.
    if (watcher.since !== null && watcher.since !== this.#position && this.#position !== null) {
      write(watcher, eventOf(this.#position, { all: true }));
    }
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        for await (const page of this.ports.log.follow({
          after: this.#position,
          prefixes: ['case-'],
          signal,
        })) {
          const cases = [...new Set(page.events.map(({ stream }) => stream.slice('case-'.length)))];
          if (page.position !== null && cases.length > 0 && this.#watchers.size > 0) {
            await this.ports.views.reach(page.position, viewsPatienceMs);
            await this.#tell(page.position, cases);
          }
          this.#position = page.position ?? this.#position;
        }
      } catch (error) {
        if (signal.aborted) return;
        this.ports.logger.error({ err: error }, 'the stream of changes was interrupted');
        await new Promise((resolve) => setTimeout(resolve, pauseAfterFailureMs));
      }
    }
  }

  async #tell(position: Position, cases: readonly string[]): Promise<void> {
    for (const watcher of this.#watchers) {
      const principal = await watcher.who();
      if (!principal) {
        watcher.response.end();
        continue;
      }
      const visible = await this.ports.views.visible(principal, cases);
      if (visible.length > 0) write(watcher, eventOf(position, { cases: visible }));
    }
  }

  /** Keeps connections open through proxies, and ends those whose session is over. */
  async #checkAll(): Promise<void> {
    for (const watcher of this.#watchers) {
      const principal = await watcher.who().catch(() => undefined);
      if (principal === null) watcher.response.end();
      else write(watcher, ': still here\n\n');
    }
  }
}

const eventOf = (position: Position, data: object): string =>
  `id: ${position}\ndata: ${JSON.stringify(data)}\n\n`;

function write({ response }: Watcher, text: string): void {
  if (response.destroyed || response.writableEnded) return;
  if (response.writableLength > mostBuffered) response.destroy();
  else response.write(text);
}
