import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWebhookChannel, signatureOf } from '@iter/channels/webhooks';
import type { StoredEvent } from '@iter/event-store';
import { virtualClock } from '@iter/platform/clock';
import { createPool, migrate } from '@iter/platform/postgres';
import {
  certifiedMailMigrations,
  createDeliveries,
  createOutside,
  webhooksMigrations,
} from '@iter/reactions';
import type { Outside, Receiver } from '@iter/reactions';
import { effectsMigrations } from '../../libs/reactions/src/effects/tries.ts';
import { noticesMigrations } from '../../libs/reactions/src/notices/tables.ts';
import { createTestDatabase } from './database.ts';

type Pool = ReturnType<typeof createPool>;
type OutsidePorts = Parameters<typeof createOutside>[0];

export const start = '2026-03-06T09:00:00.000Z';
export const seconds = 1_000;
export const minutes = 60 * seconds;
export const hours = 60 * minutes;
export const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();
/** With it messages are signed. */
export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

interface Taken {
  readonly id: string;
  readonly body: string;
  readonly isSigned: boolean;
}

export type OutsideServer = Awaited<ReturnType<typeof outsideServer>>;

/** A receiver outside, which agrees and answers as it is told. */
async function outsideServer() {
  const messages: Taken[] = [];
  let asked = 0;
  let behave: (n: number) => { status: number; retryAfter?: string } | 'hang' | 'drop' = () => ({
    status: 204,
  });
  let allow: string | null = '*';
  const server = createServer((request, reply) => {
    if (request.method === 'OPTIONS') {
      asked++;
      reply.writeHead(200, allow === null ? {} : { 'WebHook-Allowed-Origin': allow }).end();
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { 'webhook-id': id, 'webhook-timestamp': sentAt } = request.headers as Record<string, string>;
      const signed = signatureOf({ id: id!, sentAt: Number(sentAt), body }, [secret]);
      messages.push({ id: id!, body, isSigned: request.headers['webhook-signature'] === signed });
      const answer = behave(messages.length);
      if (answer === 'hang') return;
      if (answer === 'drop') return void request.socket.destroy();
      const { status, retryAfter } = answer;
      reply.writeHead(status, retryAfter === undefined ? {} : { 'Retry-After': retryAfter }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    messages,
    asked: () => asked,
    behave: (as: typeof behave) => void (behave = as),
    allow: (origin: string | null) => void (allow = origin),
    close(): Promise<unknown> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The case `secret` is a confidential one. */
export const processOf = (stream: string): string =>
  stream === 'case-secret' ? 'disciplinary-ordinary' : 'selection-interpello';
export const event = (
  id: string,
  type: string,
  data: object = {},
  more: Partial<StoredEvent> = {},
): StoredEvent =>
  ({
    ...{ id, type, stream: 'case-1', tenant: 'c_borgo', recordedAt: start, data },
    ...more,
  }) as unknown as StoredEvent;
export const opened = (id: string, more: Partial<StoredEvent> = {}) =>
  event(id, 'CaseStarted', { process: processOf(more.stream ?? 'case-1') }, more);
export const sent = (id: string, more: Partial<StoredEvent> = {}) => event(id, 'DeliverySent', {}, more);

/** On a machine that is busy a short patience ends before the answer comes, and what was sent rests. */
export const channelOf = (patienceMs: number) =>
  createWebhookChannel({
    ...{ publicUrl: 'https://iter.example', own: true, patienceMs, nowS: () => 1_772_787_600 },
  });

/** A webhook `w1` to a server, what tells it, and those who look after it; the case `gone` cannot be read. */
function worldOf(
  pool: Pool,
  server: OutsideServer,
  more: Partial<Receiver> = {},
  ports: Partial<OutsidePorts> = {},
) {
  const clock = virtualClock(start);
  const receivers: Receiver[] = [
    {
      ...{ id: 'w1', body: null, url: server.url, state: 'active', since: start },
      kinds: ['case.opened', 'case.ended', 'term.opened', 'term.escalated', 'term.missed', 'act.sent'],
      confidential: false,
      ...more,
    },
  ];
  let code = 'PD-2026-001';
  const make = (worker: string): Outside =>
    createOutside({
      ...{ pool, clock, worker },
      receivers: {
        list: () => receivers,
        find: (id) => receivers.find((it) => it.id === id) ?? null,
        catchUp: async () => undefined,
      },
      channel: channelOf(60_000),
      secretsOf: () => [secret],
      processOf: async (id) => (id === 'gone' ? null : processOf(`case-${id}`)),
      caseNow: async (id) =>
        id === 'gone' ? null : { code, process: processOf(`case-${id}`), comune: 'c_borgo' },
      end: async (id) => {
        const at = receivers.findIndex((it) => it.id === id);
        receivers[at] = { ...receivers[at]!, state: 'ended' };
      },
      random: () => 0.5,
      ...ports,
    });
  const outside = make('spec');
  const work = async (of = outside): Promise<void> => {
    await of.work(new AbortController().signal);
    await of.settled();
  };
  const change = (to: Partial<Receiver>, at = 0) => void (receivers[at] = { ...receivers[at]!, ...to });
  const rename = (to: string) => void (code = to);
  return {
    clock,
    receivers,
    outside,
    work,
    make,
    change,
    rename,
    deliveries: createDeliveries({ pool, clock }),
  };
}

export type WebhookHouse = Awaited<ReturnType<typeof openWebhookHouse>>;

/** A database of its own, for the specs of one file; what came of one is cleared before the next. */
export async function openWebhookHouse() {
  const database = await createTestDatabase();
  const pool = createPool({ url: database.url, max: 20 });
  await migrate(pool, [
    ...effectsMigrations,
    ...noticesMigrations,
    ...certifiedMailMigrations,
    ...webhooksMigrations,
  ]);
  const servers: OutsideServer[] = [];
  return {
    pool,
    async server(): Promise<OutsideServer> {
      const server = await outsideServer();
      servers.push(server);
      return server;
    },
    world: (server: OutsideServer, more?: Partial<Receiver>, ports?: Partial<OutsidePorts>) =>
      worldOf(pool, server, more, ports),
    /** Of every message, by `<webhook>.<event>`. */
    async statesOf(): Promise<Record<string, string>> {
      const { rows } = await pool.query<{ id: string; state: string }>(
        'select id, state from effects.webhook_deliveries order by id',
      );
      return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
    },
    async clear(): Promise<void> {
      for (const server of servers.splice(0)) await server.close();
      await pool.query(
        'truncate effects.tries, effects.webhook_deliveries, effects.webhook_consents, effects.webhook_rests',
      );
    },
    async close(): Promise<void> {
      await pool.end();
      await database.drop();
    },
  };
}
