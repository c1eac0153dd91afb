import type { EventLog, Position } from '@iter/event-store';
import { createPostgresLog } from '@iter/event-store/postgres';

/** Follows a log from its beginning, now and then from its checkpoint again, and remembers what it was told. */
export class Follower {
  readonly told: string[] = [];
  readonly #log: EventLog;
  readonly #random: () => number;
  readonly #following = new AbortController();
  readonly #done: Promise<void>;

  private constructor(log: EventLog, random: () => number) {
    this.#log = log;
    this.#random = random;
    this.#done = this.#follow();
    // Whoever ends it is told.
    this.#done.catch(() => undefined);
  }

  static async start(databaseUrl: string, random: () => number): Promise<Follower> {
    return new Follower(await createPostgresLog({ url: databaseUrl, lookEveryMs: 500 }), random);
  }

  async #follow(): Promise<void> {
    let after: Position | null = null;
    while (!this.#following.signal.aborted) {
      const limit = 1 + Math.floor(this.#random() * 400);
      const { signal } = this.#following;
      // One in two looks at all, the other at the streams of cases only, which here are all.
      const prefixes = this.#random() < 0.5 ? { prefixes: ['case-'] } : {};
      for await (const page of this.#log.follow({ after, limit, signal, ...prefixes })) {
        this.told.push(...page.events.map(({ id }) => id));
        after = page.position;
        if (this.#random() < 0.02) break;
      }
    }
  }

  async end(): Promise<void> {
    this.#following.abort();
    await this.#done.finally(() => this.#log.close());
  }
}
