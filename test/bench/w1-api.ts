import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/servers.mjs';

const root = join(import.meta.dirname, '..', '..');
export const password = 'prova-di-velocita-1';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The system in a process of its own, as a demo. */
export interface ApiProcess {
  readonly pid: number;
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** @param path below `/api/v1` */
  call(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: object): Promise<Answer>;
  /** @returns the bearer token */
  signIn(username: string): Promise<string>;
  close(): Promise<void>;
}

export interface ApiOptions {
  readonly databaseUrl: string;
  /** Connections at most. */
  readonly callers: number;
  /** The API alone by default; no projector, no worker. */
  readonly roles?: string;
  /** Where it keeps its keys; a folder of its own by default, removed in the end. */
  readonly home?: string;
  readonly nodeOptions?: readonly string[];
}

export async function startApi({
  databaseUrl,
  callers,
  roles = 'api',
  home: given,
  nodeOptions = [],
}: ApiOptions): Promise<ApiProcess> {
  const port = await freePort();
  const home = given ?? mkdtempSync(join(tmpdir(), 'iter-bench-api-'));
  const child = spawn(process.execPath, [...nodeOptions, 'apps/cli/dist/main.js', 'up', '--roles', roles], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...{ PORT: String(port), HOST: '127.0.0.1', ITER_HOME: home, DATABASE_URL: databaseUrl },
      ...{ ITER_DEMO: '1', ITER_DEMO_PASSWORD: password, ITER_REQUESTS_PER_MINUTE: '99999999' },
    },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: callers });

  // As little of a client as there can be: what it costs is measured too.
  const call: ApiProcess['call'] = (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? '' : JSON.stringify(body);
      const all = {
        ...headers,
        ...(payload !== '' && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
      };
      const where = { host: '127.0.0.1', port, path: `/api/v1${path}`, method, agent, headers: all };
      const onAnswer = (response: IncomingMessage): void => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
      };
      request(where, onAnswer).on('error', reject).end(payload);
    });

  const isUp = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error('the API ended at its start');
    await pause(20);
  }

  return {
    pid: child.pid!,
    url: `http://127.0.0.1:${port}`,
    call,
    async signIn(username) {
      const { status, text } = await call(
        'POST',
        '/session',
        { 'x-iter-request': 'bench' },
        { username, password },
      );
      if (status >= 300) throw new Error(`${username} cannot sign in: ${status} ${text}`);
      return (JSON.parse(text) as { token: string }).token;
    },
    async close() {
      agent.destroy();
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      if (given === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
