import { randomUUID } from 'node:crypto';
import type { createPool } from '@iter/platform/postgres';

type Pool = ReturnType<typeof createPool>;

/** One durable write; resolves when it is committed. */
export type Write = () => Promise<void>;

/** The table of both anchors: one row per event, as plainly as one would do it. Source: reference/performance.md. */
export const anchorTable = `
  create table if not exists anchor (
    position bigint generated always as identity primary key,
    stream text not null,
    revision integer not null,
    data jsonb not null,
    unique (stream, revision)
  )`;

const padding = 'x'.repeat(250);
const event = (): string => JSON.stringify({ id: randomUUID(), what: 'something happened', text: padding });

/** A: one append of 3 events of 300 B = one statement = one commit. A writer of one stream. */
export function singleAppends(pool: Pool): () => Write {
  return () => {
    const stream = randomUUID();
    let revision = 0;
    return async () => {
      await pool.query({
        name: 'anchor-a',
        text: 'insert into anchor (stream, revision, data) values ($1, $2, $3), ($1, $2 + 1, $4), ($1, $2 + 2, $5)',
        values: [stream, revision, event(), event(), event()],
      });
      revision += 3;
    };
  };
}

/** B: the same rows by a batching writer: what arrives while a statement is in flight goes into the next one. */
export function batchedAppends(pool: Pool): () => Write {
  let waiting: { rows: [string, number, string][]; resolve: () => void; reject: (error: Error) => void }[] =
    [];
  let flying = false;
  const fly = async (): Promise<void> => {
    flying = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const rows = batch.flatMap((item) => item.rows);
      try {
        await pool.query({
          name: 'anchor-b',
          text: `insert into anchor (stream, revision, data)
            select * from unnest($1::text[], $2::integer[], $3::jsonb[])`,
          values: [0, 1, 2].map((column) => rows.map((row) => row[column])),
        });
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error as Error);
      }
    }
    flying = false;
  };
  return () => {
    const stream = randomUUID();
    let revision = 0;
    return () =>
      new Promise((resolve, reject) => {
        const rows = [0, 1, 2].map((i): [string, number, string] => [stream, revision + i, event()]);
        revision += 3;
        waiting.push({ rows, resolve, reject });
        if (!flying) void fly();
      });
  };
}
