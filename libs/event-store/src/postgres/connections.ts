import { createPool } from '@iter/platform/postgres';
import type { PoolOptions } from '@iter/platform/postgres';
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { planSettings } from './schema.ts';

/** The address with settings that hold for each session. */
function withSettings(url: string): string {
  const address = new URL(url);
  const settings = Object.entries(planSettings).map(([name, value]) => `-c ${name}=${value}`);
  const given = address.searchParams.get('options');
  address.searchParams.set('options', [...(given ? [given] : []), ...settings].join(' '));
  // `URLSearchParams` writes a blank as `+`, which PostgreSQL's addresses take literally.
  address.search = address.search.replaceAll('+', '%20');
  return address.href;
}

/** A pool whose sessions plan as the log needs it. */
export const createLogPool = (url: string, options: Omit<PoolOptions, 'url'>): Pool =>
  createPool({ ...options, url: withSettings(url) });

/** Classes 08 and 57P of PostgreSQL (connection, shutdown), and what sockets and the driver say. */
const isLostConnection = (error: unknown): boolean => {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    /^(08|57P0)/.test(code) ||
    /^(ECONNRESET|EPIPE|ECONNREFUSED)$/.test(code) ||
    /Connection terminated/.test(message)
  );
};

/** Runs a query that changes nothing: when its connection died under it, it is simply asked again, once. */
export async function read<R extends QueryResultRow>(pool: Pool, query: QueryConfig): Promise<R[]> {
  try {
    return (await pool.query<R>(query)).rows;
  } catch (error) {
    if (!isLostConnection(error)) throw error;
    return (await pool.query<R>(query)).rows;
  }
}

export interface KeptConnection {
  /** One query at a time. It is sent in this very turn when there is a connection; one that failed is not used again. */
  query<R extends QueryResultRow>(query: QueryConfig): Promise<QueryResult<R>>;
  release(): void;
}

/**
 * A connection of a pool, kept for as long as it lives. A pool gives its connections out a turn later, when all who were
 * answered have gone on: the server would stand idle while they do.
 */
export function keepConnection(pool: Pool): KeptConnection {
  let kept: PoolClient | null = null;
  const letGo = (client: PoolClient, error?: Error): void => {
    if (kept !== client) return;
    kept = null;
    client.release(error);
  };
  const connect = async (): Promise<PoolClient> => {
    const client = (kept = await pool.connect());
    client.on('error', (error) => letGo(client, error));
    return client;
  };
  return {
    async query(query) {
      const client = kept ?? (await connect());
      try {
        return await client.query(query);
      } catch (error) {
        letGo(client, error as Error);
        throw error;
      }
    },
    release: () => void (kept && letGo(kept)),
  };
}
