import { isAbsolute, resolve } from 'node:path';

/** Everything that the environment decides, read once at the start. */
export interface Config {
  /** Absent: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Absent: the log is tables in PostgreSQL. */
  readonly eventStore: EventStoreConfig | null;
  /** Absent: BullMQ runs on PostgreSQL. */
  readonly redisUrl: string | null;
  /** Absolute folder of keys, embedded data and documents. */
  readonly home: string;
  readonly host: string;
  readonly port: number;
  /** Demo bodies, people and processes, local accounts, and the clock that can be moved. */
  readonly demo: boolean;
  /** Absent: one is made and printed. */
  readonly demoPassword: string | null;
  /** 32 bytes that wrap the data keys; absent: a private file below `home`. */
  readonly masterKey: Uint8Array | null;
  /** Pages served over TLS: cookies are marked secure. */
  readonly secureCookies: boolean;
  /** Proxies in front whose forwarded addresses are believed. */
  readonly trustProxy: boolean;
  /** Requests that one account (or address, when nobody is signed in) may make in a minute. */
  readonly requestsPerMinute: number;
  /** Where people reach the desk, without a slash at the end; links in mails and calendars begin with it. */
  readonly publicUrl: string;
  /** Null: no mail is sent. */
  readonly mail: MailConfig | null;
  /** Null: the house has no certified mailbox; what goes by certified mail is sent by people. */
  readonly certifiedMail: CertifiedMailConfig | null;
  readonly accessibility: { readonly statementUrl: string | null; readonly feedbackEmail: string | null };
  readonly logLevel: string;
  /** The share of traces that is given to the collector which OpenTelemetry's own variables name; null: no collector. */
  readonly tracedShare: number | null;
}

export interface EventStoreConfig {
  /** Connection string of a server or a cluster. */
  readonly url: string;
  /** What this installation's streams begin with: several may share a cluster. */
  readonly namespace: string;
}

export interface MailConfig {
  /** `smtp://` or `smtps://`, with user and password when the server asks for them. */
  readonly url: string;
  /** `Name <address>` or an address. */
  readonly from: string;
  /** To another machine also without TLS. */
  readonly plaintext: boolean;
}

export interface CertifiedMailConfig {
  /** `smtps://` or `smtp://` with STARTTLS: where letters go in. */
  readonly smtpUrl: string;
  /** `imaps://` or `imap://` with STARTTLS: where receipts come out. */
  readonly imapUrl: string;
  /** The mailbox's own address. */
  readonly address: string;
}

/** The environment says something that cannot be meant; the message names the variable and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

function url(env: Environment, name: string, protocols: readonly string[]): string | null {
  const text = env[name]?.trim();
  if (!text) return null;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    // The value may hold a password: it is not repeated.
    throw new ConfigError(
      `${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
    );
  }
  return text;
}

function flag(env: Environment, name: string, fallback: boolean): boolean {
  const text = env[name]?.trim();
  if (!text) return fallback;
  if (text !== '0' && text !== '1') throw new ConfigError(`${name} must be 0 or 1, not "${text}".`);
  return text === '1';
}

function port(env: Environment): number {
  const text = env['PORT']?.trim() || '3000';
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535)
    throw new ConfigError(`PORT must be a number up to 65535, not "${text}".`);
  return value;
}

function count(env: Environment, name: string, fallback: number): number {
  const text = env[name]?.trim();
  if (!text) return fallback;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new ConfigError(`${name} must be a whole number from 1 on, not "${text}".`);
  return Number(text);
}

/** Connection strings name several hosts, which no URL does: the client reads the rest. */
function eventStore(env: Environment): EventStoreConfig | null {
  const url = env['EVENTSTORE_URL']?.trim();
  if (!url) return null;
  if (!/^(esdb|kurrentdb)(\+discover)?:\/\/[^\s/?]/.test(url)) {
    throw new ConfigError(
      'EVENTSTORE_URL must be a connection string that begins with esdb:// or kurrentdb://, or with either and +discover.',
    );
  }
  if (/^[^?]*@.*[?&]tls=false/i.test(url)) {
    throw new ConfigError('EVENTSTORE_URL has a user and tls=false: a password is sent over TLS only.');
  }
  const namespace = env['EVENTSTORE_NAMESPACE']?.trim() || 'iter';
  if (!/^[a-z][a-z0-9_-]{0,49}$/.test(namespace)) {
    throw new ConfigError('EVENTSTORE_NAMESPACE must be up to 50 small letters and digits, a letter first.');
  }
  return { url, namespace };
}

function tracedShare(env: Environment): number | null {
  const collectors = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (collectors.every((name) => url(env, name, ['https:', 'http:']) === null)) return null;
  const text = env['OTEL_TRACES_SAMPLER_ARG']?.trim() || '1';
  if (!/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/.test(text))
    throw new ConfigError(`OTEL_TRACES_SAMPLER_ARG must be a share from 0 to 1, not "${text}".`);
  return Number(text);
}

/** An address that stands for the whole installation: nothing of a page, of a question or of a person in it. */
function publicUrl(env: Environment, host: string, port: number): string {
  const text = url(env, 'PUBLIC_URL', ['https:', 'http:']);
  if (text === null) return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const { origin, pathname, search, hash, username } = new URL(text);
  if (search || hash || username) {
    throw new ConfigError('PUBLIC_URL is the address of the desk only: no user, question or fragment.');
  }
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

const sender = /^(?:[^<>"\r\n,;@]{0,80}<[^<>@\s,;]+@[^<>@\s,;]+>|[^<>@\s,;]+@[^<>@\s,;]+)$/;

function mail(env: Environment): MailConfig | null {
  const address = url(env, 'SMTP_URL', ['smtp:', 'smtps:']);
  if (address === null) return null;
  const from = env['MAIL_FROM']?.trim() ?? '';
  if (!sender.test(from)) {
    throw new ConfigError('MAIL_FROM must say who sends, such as "Iter <iter@provincia.example>".');
  }
  if (!env['PUBLIC_URL']?.trim()) {
    throw new ConfigError('SMTP_URL also needs PUBLIC_URL: the links in mails begin with it.');
  }
  return { url: address, from, plaintext: flag(env, 'ITER_SMTP_PLAINTEXT', false) };
}

function certifiedMail(env: Environment): CertifiedMailConfig | null {
  const smtpUrl = url(env, 'PEC_SMTP_URL', ['smtps:', 'smtp:']);
  const imapUrl = url(env, 'PEC_IMAP_URL', ['imaps:', 'imap:']);
  const address = env['PEC_ADDRESS']?.trim() || null;
  if (smtpUrl === null && imapUrl === null && address === null) return null;
  if (smtpUrl === null || imapUrl === null || address === null) {
    throw new ConfigError(
      'PEC_SMTP_URL, PEC_IMAP_URL and PEC_ADDRESS go together: set all of them, or none.',
    );
  }
  if (!/^[^<>@\s,;"]+@[a-z0-9.-]+$/i.test(address)) {
    throw new ConfigError('PEC_ADDRESS must be the address of the mailbox, such as "provincia@pec.example".');
  }
  return { smtpUrl, imapUrl, address };
}

function masterKey(env: Environment): Uint8Array | null {
  const text = env['ITER_MASTER_KEY']?.trim();
  if (!text) return null;
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32)
    throw new ConfigError(
      'ITER_MASTER_KEY must be 32 bytes in base64, as `openssl rand -base64 32` makes them.',
    );
  return key;
}

/**
 * Reads the configuration.
 * @throws ConfigError with a sentence for the operator
 */
export function readConfig(env: Environment, folder: string): Config {
  const demoPassword = env['ITER_DEMO_PASSWORD'] || null;
  if (demoPassword !== null && demoPassword.length < 8) {
    throw new ConfigError('ITER_DEMO_PASSWORD must have at least 8 characters.');
  }
  const host = env['HOST']?.trim() || '127.0.0.1';
  const home = env['ITER_HOME']?.trim() || './var';
  return {
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    eventStore: eventStore(env),
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:']),
    home: isAbsolute(home) ? home : resolve(folder, home),
    host,
    port: port(env),
    demo: flag(env, 'ITER_DEMO', true),
    demoPassword,
    masterKey: masterKey(env),
    secureCookies: flag(env, 'ITER_SECURE_COOKIES', false),
    trustProxy: flag(env, 'ITER_TRUST_PROXY', false),
    requestsPerMinute: count(env, 'ITER_REQUESTS_PER_MINUTE', 3_000),
    publicUrl: publicUrl(env, host, port(env)),
    mail: mail(env),
    certifiedMail: certifiedMail(env),
    accessibility: {
      statementUrl: url(env, 'ITER_ACCESSIBILITY_STATEMENT_URL', ['https:', 'http:']),
      feedbackEmail: env['ITER_ACCESSIBILITY_FEEDBACK_EMAIL']?.trim() || null,
    },
    logLevel: env['ITER_LOG_LEVEL']?.trim() || 'info',
    tracedShare: tracedShare(env),
  };
}
