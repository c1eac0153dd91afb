import { loadClient } from './client.ts';
import type { ClientModule, StoreClient } from './client.ts';

/** What the process has of the server: one client, shared by all logs that are open on it. */
export interface Connection {
  readonly module: ClientModule;
  /** The client of now; while it is being replaced, the next one. */
  client(): Promise<StoreClient>;
  /** Told when the client is replaced: nothing more comes of what was asked of the old one. @returns ends it */
  onReplace(listener: () => void): () => void;
  /** The server has answered a question of this kind. */
  heard(kind: Question): void;
  /** A question of that moment (`performance.now()`) was not answered. If none of its kind was since, the client is replaced. */
  suspect(kind: Question, askedAt: number): void;
  /** The last one who lets go closes it. */
  release(): Promise<void>;
}

/** Apart, for appends can be stuck alone: the client remembers for ever that asking for the server's features failed. */
export type Question = 'append' | 'read';

interface Shared {
  readonly address: string;
  readonly module: ClientModule;
  client: StoreClient;
  replacing: Promise<void> | null;
  readonly listeners: Set<() => void>;
  readonly heardAt: Record<Question, number>;
  holders: number;
}

let shared: Shared | null = null;

/** A client that is given up has so long to end its calls. */
const farewellMs = 1_000;

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

function open(module: ClientModule, address: string): StoreClient {
  try {
    return module.clientOf(address);
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
  const module = await loadClient(address);
  if (shared && shared.address !== address)
    throw new Error('this process is connected to another EventStoreDB: it can have one only');
  shared ??= {
    ...{ address, module, client: open(module, address), replacing: null, listeners: new Set(), holders: 0 },
    heardAt: { append: performance.now(), read: performance.now() },
  };
  const joined = shared;
  joined.holders++;
  let isReleased = false;
  return {
    module,
    async client() {
      await joined.replacing;
      return joined.client;
    },
    onReplace(listener) {
      joined.listeners.add(listener);
      return () => joined.listeners.delete(listener);
    },
    heard: (kind) => void (joined.heardAt[kind] = performance.now()),
    suspect(kind, askedAt) {
      if (joined.heardAt[kind] < askedAt && joined.holders > 0) joined.replacing ??= replace(joined);
    },
    async release() {
      if (isReleased) return;
      isReleased = true;
      if (--joined.holders > 0) return;
      if (shared === joined) shared = null;
      await joined.replacing;
      await farewell(joined.client);
    },
  };
}

/** The next client begins when the calls of the old one have ended, for they would take those of the next with them. */
async function replace(joined: Shared): Promise<void> {
  for (const listener of [...joined.listeners]) listener();
  await farewell(joined.client);
  joined.client = open(joined.module, joined.address);
  joined.heardAt.append = joined.heardAt.read = performance.now();
  joined.replacing = null;
}

async function farewell(client: StoreClient): Promise<void> {
  await Promise.race([
    client.dispose().catch(() => undefined),
    new Promise((resolve) => setTimeout(resolve, farewellMs).unref()),
  ]);
}
