import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryHome } from '@iter/platform/embedded-postgres';
import { slowDownViews } from './database.ts';
import { eventStoreOf, usualStore } from './logs.ts';
import type { Store } from './logs.ts';
import { freePort } from './servers.mjs';

const root = join(import.meta.dirname, '..', '..');
const main = 'apps/cli/dist/main.js';
export const password = 'prova-di-sistema-1';

/** The system's Chromium, as `npm test` installs it. */
export function chromiumPath(): string {
  const found = ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => ['/usr/bin', '/usr/local/bin', '/snap/bin'].map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
  if (!found)
    throw new Error('The tests need Chromium: on Debian or Ubuntu, `sudo apt-get install chromium`.');
  return found;
}

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Someone signed in, over HTTP as any outside program would be. Reads wait for what they wrote. */
export class Person {
  readonly url: string;
  readonly name: string;
  readonly token: string;
  #position: string | null = null;

  constructor(url: string, name: string, token: string) {
    this.url = url;
    this.name = name;
    this.token = token;
  }

  async call<T = never>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...(this.#position ? { 'iter-position': this.#position } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    this.#position = response.headers.get('iter-position') ?? this.#position;
    const content = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(content) : content) as T,
    };
  }

  /** What others wrote is to be seen as well. */
  sees(other: Person): this {
    this.#position = other.#position ?? this.#position;
    return this;
  }

  async get<T>(path: string): Promise<T> {
    return expectStatus(await this.call<T>('GET', path), 200, `${this.name} GET ${path}`).body;
  }

  /** A file, byte for byte. */
  async download(path: string): Promise<Buffer> {
    const headers = { authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.url}${path}`, { headers });
    if (response.status !== 200) throw new Error(`${this.name} GET ${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    const answer = await this.call<T>('POST', path, body);
    if (answer.status >= 300)
      throw new Error(`${this.name} POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

function expectStatus<T>(answer: Answer<T>, status: number, what: string): Answer<T> {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

export interface SystemOptions {
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** Where the log is; in the database by default. */
  readonly log?: Store;
  readonly home?: string;
  readonly port?: number;
  readonly env?: Record<string, string>;
  /** What `iter up` is told beside. */
  readonly options?: readonly string[];
}

/** The whole system as `npm start` runs it, in a process of its own that can be killed. */
export class System {
  readonly url: string;
  readonly home: string;
  readonly #env: Record<string, string>;
  readonly #options: readonly string[];
  #child: ChildProcess | null = null;
  #output = '';

  private constructor(url: string, home: string, env: Record<string, string>, options: readonly string[]) {
    this.url = url;
    this.home = home;
    this.#env = env;
    this.#options = options;
  }

  static async start(options: SystemOptions = {}): Promise<System> {
    const port = options.port ?? (await freePort());
    const home = options.home ?? temporaryHome('iter-e2e');
    const store = options.log ?? usualStore;
    const eventStore = store === 'eventstoredb' ? eventStoreOf(options.databaseUrl ?? home) : null;
    const env = {
      PORT: String(port),
      HOST: '127.0.0.1',
      ITER_HOME: home,
      ITER_DEMO: '1',
      ITER_DEMO_PASSWORD: password,
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
      ...(eventStore && { EVENTSTORE_URL: eventStore.url, EVENTSTORE_NAMESPACE: eventStore.namespace }),
      ...options.env,
    };
    const system = new System(`http://127.0.0.1:${port}`, home, env, options.options ?? []);
    await system.restart();
    return system;
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  async restart(): Promise<void> {
    const { NODE_OPTIONS: _, DATABASE_URL: __, REDIS_URL: ___, ...inherited } = process.env;
    const child = spawn(process.execPath, ['--enable-source-maps', main, 'up', ...this.#options], {
      cwd: root,
      env: { ...inherited, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (said: string) => (this.#output += said));
    }
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the system ended at its start:\n${this.#output}`);
      const ready = await fetch(`${this.url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return this.#lag();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Where `ITER_E2E_LAG` is set, each page of events is seen that many milliseconds later in every view. */
  async #lag(): Promise<void> {
    const milliseconds = Number(process.env['ITER_E2E_LAG'] ?? 0);
    if (milliseconds > 0 && this.#env['DATABASE_URL'])
      await slowDownViews(this.#env['DATABASE_URL'], milliseconds);
  }

  /** Runs the tool where this system keeps its data. */
  async iter(...command: readonly string[]): Promise<{ status: number; out: string; err: string }> {
    const child = spawn(process.execPath, [main, ...command], {
      ...{ cwd: root, env: { ...process.env, NODE_OPTIONS: '', ...this.#env } },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err, ended] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    return { status: ended[0] as number, out, err };
  }

  async signIn(username: string): Promise<Person> {
    const response = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-iter-request': 'test' },
      body: JSON.stringify({ username, password }),
    });
    const body = (await response.json()) as { token: string };
    if (!response.ok) throw new Error(`${username} cannot sign in: ${JSON.stringify(body)}`);
    return new Person(`${this.url}/api/v1`, username, body.token);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** As a power cut takes the process: nothing is flushed, nobody is told. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Before it ends, what it shows of its cases is compared with the log. */
  async stop(): Promise<void> {
    try {
      await this.#compare();
    } finally {
      await this.#end('SIGTERM');
      rmSync(this.home, { recursive: true, force: true });
    }
  }

  async #compare(): Promise<void> {
    const { DATABASE_URL: databaseUrl, EVENTSTORE_URL: eventStoreUrl } = this.#env;
    if (databaseUrl === undefined || this.#child?.exitCode !== null || this.#child.signalCode !== null)
      return;
    const { compareViews } = await import('./shadow/views.ts');
    await compareViews(databaseUrl, this.home, eventStoreUrl ? 'eventstoredb' : 'postgres');
  }
}

/** Repeats a question until its answer is not null; fails with the last thing seen. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > giveUpAt) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
