import { createHash } from 'node:crypto';
import pg from 'pg';

/** An event as it lies in the log, and when it was seen there. Read and checked by code of its own, not by that under test. */
export interface SeenEvent {
  /** Number of its append in the log. */
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly commandId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The world's time, ms, when the observer first saw it. */
  readonly seenMs: number;
  readonly hash: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** A row as the table has it. */
export interface LogRow {
  readonly position: string;
  readonly first_revision: number;
  readonly events: string;
}

const noHead = { revision: -1, hash: '0'.repeat(64) };

/** Takes the rows of a log in their order, and checks what it sees: positions, revisions, chains. */
export class LogCheck {
  readonly events: SeenEvent[] = [];
  readonly faults: string[] = [];
  readonly heads = new Map<string, { readonly revision: number; readonly hash: string }>();
  position = 0;

  take({ position: at, first_revision: first, events: text }: LogRow, seenMs: number): void {
    if (Number(at) !== ++this.position) this.faults.push(`position ${at} follows ${this.position - 1}`);
    const { c, e } = JSON.parse(text) as { c: Fields; e: readonly Fields[] };
    e.forEach((own, i) => {
      const envelope = { ...c, ...own, revision: first + i } as unknown as SeenEvent & { prevHash: string };
      const { stream, revision } = envelope;
      const head = this.heads.get(stream) ?? noHead;
      if (revision !== head.revision + 1)
        this.faults.push(`${stream}: revision ${revision} after ${head.revision}`);
      if (envelope.prevHash !== head.hash) this.faults.push(`${stream}: the chain breaks at ${revision}`);
      const hash = createHash('sha256').update(canonical(envelope)).digest('hex');
      this.heads.set(stream, { revision, hash });
      this.events.push({ ...envelope, position: this.position, seenMs, hash });
    });
  }
}

/** Follows the table of the log with a connection of its own, and checks what it sees. */
export class LogObserver {
  readonly #check = new LogCheck();
  readonly events = this.#check.events;
  readonly faults = this.#check.faults;
  readonly #client: pg.Client;
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
    const { rows } = await this.#client.query<LogRow>(
      'select position::text, first_revision, events from log where log.position > $1 order by log.position limit 5000',
      [this.#check.position],
    );
    const seenMs = Date.now();
    for (const row of rows) this.#check.take(row, seenMs);
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
