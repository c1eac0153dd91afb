import type { EventStoreDBClient } from '@eventstore/db-client';

/** The official client, loaded only where a log lives in EventStoreDB. */
export const loadClient = () => import('@eventstore/db-client');
export type ClientModule = Awaited<ReturnType<typeof loadClient>>;

/** What the process has of the server: one client, shared by all logs that are open on it. */
export interface Connection {
  readonly module: ClientModule;
  readonly client: EventStoreDBClient;
  /** The server has said something. */
  heard(): void;
  /** A question of that moment (`performance.now()`) was not answered in time. If none was since, the client is replaced. */
  suspect(askedAt: number): void;
  /** The last one who lets go closes it. */
  release(): Promise<void>;
}

interface Shared {
  readonly address: string;
  readonly module: ClientModule;
  client: EventStoreDBClient;
  heardAt: number;
  holders: number;
}

let shared: Shared | null = null;

const flat = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');

/**
 * The connection string as we need it: failed appends are thrown, for the client reports wrong revisions otherwise.
 * @throws Error on credentials without TLS, which the client would leave out without a word; the address is not repeated
 */
export function addressOf(url: string): string {
  const [hosts = '', query = ''] = url.trim().split('?');
  const settings = query
    .split('&')
    .filter((it) => it !== '' && flat(it).split('=')[0] !== 'throwonappendfailure');
  const isPlain = settings.some((it) => flat(it) === 'tls=false');
  if (isPlain && hosts.includes('@'))
    throw new Error('the EventStoreDB address has credentials and tls=false: they are sent over TLS only');
  const named = settings.some((it) => flat(it).startsWith('connectionname=')) ? [] : ['connectionName=iter'];
  return `${hosts}?${[...settings, ...named, 'throwOnAppendFailure=true'].join('&')}`;
}

function open(module: ClientModule, address: string): EventStoreDBClient {
  try {
    return module.EventStoreDBClient.connectionString(address);
  } catch {
    // The client's own message repeats the address, which may hold a password.
    throw new Error('the EventStoreDB address cannot be understood');
  }
}

/**
 * Joins the process's one client. All clients of a process keep the appends that they wait for in one place: an error on
 * one fails those of another, whose late answer then ends the process.
 * @throws Error when the process is connected to another server
 */
export async function connect(url: string): Promise<Connection> {
  const address = addressOf(url);
  const module = await loadClient();
  if (shared && shared.address !== address)
    throw new Error('this process is connected to another EventStoreDB: it can have one only');
  shared ??= { address, module, client: open(module, address), heardAt: performance.now(), holders: 0 };
  const joined = shared;
  joined.holders++;
  let isReleased = false;
  return {
    module,
    get client() {
      return joined.client;
    },
    heard: () => void (joined.heardAt = performance.now()),
    suspect(askedAt) {
      if (joined.heardAt >= askedAt || joined.holders === 0) return;
      // A connection that says nothing at all, or an answer about the server's features that never came and is awaited for ever.
      const silent = joined.client;
      joined.client = open(module, address);
      joined.heardAt = performance.now();
      void silent.dispose().catch(() => undefined);
    },
    async release() {
      if (isReleased) return;
      isReleased = true;
      if (--joined.holders > 0) return;
      if (shared === joined) shared = null;
      await joined.client.dispose();
    },
  };
}
