import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'mail');
/** A certificate for this machine that nothing but tests trusts. */
const cert = readFileSync(join(fixtures, 'server.crt'), 'utf8');
const key = readFileSync(join(fixtures, 'server.key'), 'utf8');

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  /** One line each, unfolded. */
  readonly headers: readonly string[];
  readonly source: string;
  /** The parts' texts, decoded. */
  readonly text: string;
  readonly secure: boolean;
}

export interface MailServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly tls?: 'implicit' | 'starttls';
  /** Wanted from user `iter`. */
  readonly password?: string;
  /** What it answers instead of taking the letter: at the sender, the receiver, or the end of the letter. */
  readonly onMailFrom?: number;
  readonly onRcptTo?: number;
  readonly onData?: number;
  /** Takes the letter and is gone before it answers. */
  readonly dropAfterData?: boolean;
  /** Takes the letter and never answers. */
  readonly hangOnData?: boolean;
}

const words: Readonly<Record<number, string>> = {
  450: '4.2.1 Mailbox <rita@provincia.example> busy',
  451: '4.3.0 Try again',
  550: '5.1.1 No such user <rita@provincia.example>',
  553: '5.7.1 Sender refused',
  554: '5.6.0 Message refused',
};

const refusal = (code: number): Error => Object.assign(new Error(words[code]), { responseCode: code });

/** A mail server in this process: it keeps what it takes. */
export async function mailServer(options: MailServerOptions = {}) {
  const { host = '127.0.0.1', tls, password } = options;
  const letters: Letter[] = [];
  const sockets = new Set<{ destroy(): void }>();
  let given = 0;
  const behaviour = { ...options };
  const server = new SMTPServer({
    secure: tls === 'implicit',
    ...(tls !== undefined && { cert, key }),
    hideSTARTTLS: tls === undefined,
    hideENHANCEDSTATUSCODES: true,
    authOptional: password === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username, password: tried }, _, done) =>
      username === 'iter' && tried === password
        ? done(null, { user: 'iter' })
        : done(Object.assign(new Error('wrong'), { responseCode: 535 })),
    onMailFrom: (_, __, done) =>
      done(behaviour.onMailFrom === undefined ? null : refusal(behaviour.onMailFrom)),
    onRcptTo: (_, __, done) => done(behaviour.onRcptTo === undefined ? null : refusal(behaviour.onRcptTo)),
    onData(stream, { envelope, secure }, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        given++;
        if (behaviour.hangOnData) return;
        if (behaviour.dropAfterData) {
          for (const socket of sockets) socket.destroy();
          return;
        }
        if (behaviour.onData !== undefined) return done(refusal(behaviour.onData));
        const source = Buffer.concat(parts).toString('utf8');
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        letters.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          ...readLetter(source),
          source,
          secure,
        });
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, host, resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `${tls === 'implicit' ? 'smtps' : 'smtp'}://${host}:${port}`,
    port,
    ca: cert,
    letters,
    /** How often a letter was given to it, taken or not. */
    given: () => given,
    /** From now on. */
    behave: (next: Partial<MailServerOptions>) => Object.assign(behaviour, next),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export type MailServer = Awaited<ReturnType<typeof mailServer>>;

function readLetter(source: string): Pick<Letter, 'headers' | 'text'> {
  const [head = '', ...rest] = source.split('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const text = rest
    .join('\r\n\r\n')
    .replace(/=\r\n/g, '')
    .replace(/((?:=[0-9A-F]{2})+)/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    );
  return { headers: headers.map(decodeWords), text };
}

/** Header words in UTF-8. Source: RFC 2047 */
const decodeWords = (line: string): string =>
  line
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, word: string) =>
      decodeURIComponent(word.replaceAll('_', ' ').replace(/%/g, '%25').replace(/=/g, '%')),
    )
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'));
