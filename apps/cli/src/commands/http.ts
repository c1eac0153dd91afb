import { randomUUID } from 'node:crypto';
import { WrongInput } from '../output.ts';

export interface RemoteOptions {
  readonly url: string;
  readonly user: string;
  readonly json?: boolean;
}

/** A refusal by the server: its problem in one sentence. */
export class Refused extends WrongInput {
  override readonly name = 'WrongInput';

  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Speaks to a running system as an account. */
export class Remote {
  private constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  /** @throws WrongInput when nothing answers or the account may not sign in */
  static async signIn({ url, user }: RemoteOptions): Promise<Remote> {
    const password = process.env['ITER_PASSWORD'] ?? process.env['ITER_DEMO_PASSWORD'];
    if (!password) throw new WrongInput('set ITER_PASSWORD to the password of the account');
    const base = `${url.replace(/\/$/, '')}/api/v1`;
    const answer = await call(`${base}/session`, { method: 'POST', body: { username: user, password } });
    return new Remote(base, (answer as { token: string }).token);
  }

  get<T>(path: string): Promise<T> {
    return call(`${this.base}${path}`, { token: this.token }) as Promise<T>;
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return call(`${this.base}${path}`, { method: 'POST', token: this.token, body }) as Promise<T>;
  }
}

async function call(
  url: string,
  options: { method?: string; token?: string; body?: unknown },
): Promise<unknown> {
  const { method = 'GET', token, body } = options;
  let response: Response;
  try {
    response = await fetch(url, {
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
  const text = await response.text();
  const content: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  if (response.ok) return content;
  const { title, detail, code, errors } = content as {
    title?: string;
    detail?: string;
    code?: string;
    errors?: { pointer: string; message: string }[];
  };
  const places = (errors ?? []).map(({ pointer, message }) => `\n  ${pointer}: ${message}`).join('');
  throw new Refused(`${response.status} ${code ?? ''} ${detail ?? title ?? ''}${places}`, response.status);
}
