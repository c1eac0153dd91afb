import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WrongInput } from '../output.ts';

export interface RemoteOptions {
  readonly url: string;
  readonly user: string;
  /** From the environment when absent. */
  readonly password?: string;
  readonly json?: boolean;
}

/** A refusal by the server: its problem in one sentence. */
export class Refused extends WrongInput {
  override readonly name = 'WrongInput';

  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    /** What is wrong with which field. */
    readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[],
  ) {
    super(message);
  }

  override told(): object {
    const { code, status, message, errors } = this;
    return { code, status, message, errors };
  }
}

/** Speaks to a running system as an account. */
export class Remote {
  private constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  /** @throws WrongInput when nothing answers or the account may not sign in */
  static async signIn({ url, user, ...given }: RemoteOptions): Promise<Remote> {
    const password = given.password ?? process.env['ITER_PASSWORD'] ?? process.env['ITER_DEMO_PASSWORD'];
    if (!password) throw new WrongInput('set ITER_PASSWORD to the password of the account');
    const base = `${url.replace(/\/$/, '')}/api/v1`;
    const answer = await call(`${base}/session`, { method: 'POST', body: { username: user, password } });
    return new Remote(base, (answer as { token: string }).token);
  }

  get<T>(path: string): Promise<T> {
    return call(`${this.base}${path}`, { token: this.token }) as Promise<T>;
  }

  /** What a path answers, as it is. */
  async download(path: string): Promise<Uint8Array> {
    const response = await ask(`${this.base}${path}`, { token: this.token });
    if (!response.ok) throw await refusalOf(response);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** The data of Server-Sent Events, as they come, until the line ends or the signal aborts. */
  async *events(path: string, signal: AbortSignal): AsyncGenerator<string> {
    const response = await fetch(`${this.base}${path}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${this.token}` },
      signal,
    });
    if (!response.ok) throw await refusalOf(response);
    let rest = '';
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('data: ')) yield line.slice('data: '.length);
    }
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return call(`${this.base}${path}`, { method: 'POST', token: this.token, body }) as Promise<T>;
  }
}

interface Call {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
}

/** Longer than this nobody waits before asking again. */
const mostPatience = 60;

/** Asks again as soon as the system counts requests anew, when there were too many. */
async function ask(url: string, options: Call): Promise<Response> {
  const response = await askOnce(url, options);
  const seconds = Number(response.headers.get('retry-after'));
  if (response.status !== 429 || !(seconds > 0 && seconds <= mostPatience)) return response;
  await sleep(seconds * 1_000);
  return ask(url, options);
}

async function askOnce(url: string, { method = 'GET', token, body }: Call): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'x-iter-request': 'cli',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new WrongInput(`nothing answers at ${new URL(url).origin}: is the system running?`);
  }
}

async function call(url: string, options: Call): Promise<unknown> {
  const response = await ask(url, options);
  if (response.ok) return contentOf(response);
  throw await refusalOf(response);
}

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

async function refusalOf(response: Response): Promise<Refused> {
  const { title, detail, code, errors } = (await contentOf(response)) as {
    title?: string;
    detail?: string;
    code?: string;
    errors?: { pointer: string; code: string; message: string }[];
  };
  const places = (errors ?? []).map(({ pointer, message }) => `\n  ${pointer}: ${message}`).join('');
  const message = `${response.status} ${code ?? ''} ${detail ?? title ?? ''}${places}`;
  return new Refused(message, response.status, code ?? String(response.status), errors ?? []);
}
