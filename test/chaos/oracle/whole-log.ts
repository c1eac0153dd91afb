import pg from 'pg';
import { LogCheck } from './log.ts';
import type { LogRow, SeenEvent } from './log.ts';

/** A head as its table has it. */
export interface HeadRow {
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
}

export interface WholeLog {
  readonly events: readonly SeenEvent[];
  /** Positions, revisions, chains, heads, the counter: what does not fit. */
  readonly faults: readonly string[];
}

/** Reads the tables of a log by plain SQL in one snapshot, and checks that they say the same. */
export async function readWholeLog(databaseUrl: string): Promise<WholeLog> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'chaos oracle' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    const log = await client.query<LogRow>(
      'select position::text, first_revision, events from log order by log.position',
    );
    const heads = await client.query<HeadRow>(
      `select stream, revision, encode(hash, 'hex') as hash from stream_heads order by stream`,
    );
    const counter = await client.query<{ position: string }>('select position::text from log_counter');
    return checkLog(log.rows, heads.rows, Number(counter.rows[0]?.position));
  } finally {
    await client.end();
  }
}

export function checkLog(rows: readonly LogRow[], heads: readonly HeadRow[], counter: number): WholeLog {
  const check = new LogCheck();
  for (const row of rows) check.take(row, 0);
  const faults = [...check.faults];
  if (counter !== check.position)
    faults.push(`the counter says ${counter}, the log ends at ${check.position}`);
  const left = new Map(check.heads);
  for (const { stream, revision, hash } of heads) {
    const seen = left.get(stream);
    if (seen?.revision !== revision || seen.hash !== hash) faults.push(`${stream}: the head is not its last`);
    left.delete(stream);
  }
  for (const stream of left.keys()) faults.push(`${stream} has no head`);
  return { events: check.events, faults };
}
