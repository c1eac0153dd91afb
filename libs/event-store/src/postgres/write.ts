import type { Pool, QueryConfig } from 'pg';
import { keepConnection } from './connections.ts';
import type { KeptConnection } from './connections.ts';
import type { Entry } from './batcher.ts';
import { logChannel, separator } from './schema.ts';

/** What became of an append. */
export type Written =
  | { readonly outcome: 'appended'; readonly number: number }
  | { readonly outcome: 'conflict'; readonly actualRevision: number }
  | { readonly outcome: 'broken-chain' };

function written(answer: number): Written {
  if (answer > 0) return { outcome: 'appended', number: answer };
  if (answer === 0) return { outcome: 'broken-chain' };
  return { outcome: 'conflict', actualRevision: -2 - answer };
}

const joined = (entries: readonly Entry[], field: 'stream' | 'events'): string =>
  entries.map((entry) => entry[field]).join(separator);
const hashes = (entries: readonly Entry[], field: 'prevHash' | 'hash'): Buffer =>
  Buffer.from(entries.map((entry) => entry[field]).join(''), 'hex');

/** Writes a batch in one statement and one commit, see `append_batch`. */
async function writeBatch(
  connection: KeptConnection,
  entries: readonly Entry[],
  notify: boolean,
  timeoutMs: number,
): Promise<Written[]> {
  const query: QueryConfig & { query_timeout: number } = {
    name: 'append_batch',
    text: 'select append_batch($1, $2, $3, $4, $5, $6, $7)::text as answers',
    values: [
      joined(entries, 'stream'),
      entries.map(({ expected }) => expected),
      entries.map(({ count }) => count),
      hashes(entries, 'prevHash'),
      hashes(entries, 'hash'),
      joined(entries, 'events'),
      notify,
    ],
    query_timeout: timeoutMs,
  };
  const { rows } = await connection.query<{ answers: string }>(query);
  return rows[0]!.answers.slice(1, -1).split(',').map(Number).map(written);
}

/** Followers in other processes are told about so often at most: a notice costs as much as half an append. */
const noticeEveryMs = 20;

export interface Writer {
  write(entries: readonly Entry[]): Promise<readonly Written[]>;
  /** Tells at once what followers have not been told yet, and lets go of the connection. */
  close(): Promise<void>;
}

/**
 * Writes batches. The first after a pause carries the notification in its own commit; those right behind it are told
 * together, by a later batch or a moment after the last. Were that lost, followers look by themselves every few seconds.
 * @param writer the connection that writes; notices on their own go through `reader`, so that no batch waits for them
 */
export function createWriter(writer: Pool, reader: Pool, timeoutMs: number): Writer {
  const connection = keepConnection(writer);
  let noticedAt = -Infinity;
  let reached = 0;
  let owed: NodeJS.Timeout | null = null;

  const settle = (): void => {
    if (owed) clearTimeout(owed);
    owed = null;
    noticedAt = performance.now();
  };
  const tell = async (): Promise<void> => {
    settle();
    const values = [logChannel, String(reached)];
    await reader
      .query({ name: 'log_notice', text: 'select pg_notify($1, $2)', values })
      .catch(() => undefined);
  };

  return {
    async write(entries) {
      const notify = performance.now() - noticedAt >= noticeEveryMs;
      if (notify) settle();
      let isTold = false;
      try {
        const answers = await writeBatch(connection, entries, notify, timeoutMs);
        for (const answer of answers)
          if (answer.outcome === 'appended') reached = Math.max(reached, answer.number);
        isTold = notify;
        return answers;
      } finally {
        if (!isTold) owed ??= setTimeout(() => void tell(), 2 * noticeEveryMs);
      }
    },
    async close() {
      connection.release();
      if (owed) await tell();
    },
  };
}
