import { createHash } from 'node:crypto';
import pg from 'pg';

/** An event as it lies in the log, and when it was seen there. Read and checked by code of its own, not by that under test. */
export interface SeenEvent {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The world's time, ms, when the observer first saw it. */
  readonly seenMs: number;
  readonly hash: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Follows the table of the log with a connection of its own, and checks what it sees: positions, revisions, chains. */
export class LogObserver {
  readonly events: SeenEvent[] = [];
  readonly faults: string[] = [];
  readonly #client: pg.Client;
  readonly #heads = new Map<string, { revision: number; hash: string }>();
  #position = 0;
  #stopping = false;
  #loop: Promise<void> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async start(databaseUrl: string): Promise<LogObserver> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'chaos observer' });
    await client.connect();
    const observer = new LogObserver(client);
    observer.#loop = (async () => {
      while (!observer.#stopping) {
        await observer.look();
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    })();
    return observer;
  }

  /** Takes in what is new; one look at a time. */
  look(): Promise<void> {
    return (this.#looking = this.#looking.then(() => this.#takeNew()));
  }

  async #takeNew(): Promise<void> {
    const { rows } = await this.#client.query<{ position: string; first_revision: number; events: string }>(
      'select position::text, first_revision, events from log where log.position > $1 order by log.position limit 5000',
      [this.#position],
    );
    const seenMs = Date.now();
    for (const row of rows) {
      if (Number(row.position) !== ++this.#position)
        this.faults.push(`position ${row.position} follows ${this.#position - 1}`);
      this.#take(row.events, row.first_revision, seenMs);
    }
    if (rows.length === 5000) await this.#takeNew();
  }

  async query<R extends pg.QueryResultRow>(sql: string): Promise<R[]> {
    return (await this.#client.query<R>(sql)).rows;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#loop;
    await this.#client.end();
  }

  #take(text: string, first: number, seenMs: number): void {
    const { c, e } = JSON.parse(text) as { c: Fields; e: readonly Fields[] };
    e.forEach((own, i) => {
      const envelope = { ...c, ...own, revision: first + i } as unknown as SeenEvent & { prevHash: string };
      const { stream, revision } = envelope;
      const head = this.#heads.get(stream) ?? { revision: -1, hash: '0'.repeat(64) };
      if (revision !== head.revision + 1)
        this.faults.push(`${stream}: revision ${revision} after ${head.revision}`);
      if (envelope.prevHash !== head.hash) this.faults.push(`${stream}: the chain breaks at ${revision}`);
      const hash = createHash('sha256').update(canonical(envelope)).digest('hex');
      this.#heads.set(stream, { revision, hash });
      this.events.push({ ...envelope, seenMs, hash });
    });
  }
}

/** JSON in the form of RFC 8785: names sorted by their UTF-16 units, nothing else between. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
