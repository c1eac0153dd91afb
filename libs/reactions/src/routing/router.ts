import { setTimeout as pause } from 'node:timers/promises';
import type { EventLog, JsonObject, Position, StoredEvent } from '@iter/event-store';
import { LogWasRestored } from '@iter/event-store';
import { describeError, readCheckpoint } from '@iter/event-store/following';
import type { LoopLogger } from '@iter/event-store/following';
import { SealBroken } from '@iter/platform/sealing';
import type { Pool, PoolClient } from 'pg';
import type { CaseSeen } from '../case-event.ts';
import { linkCases } from '../links/link.ts';
import type { LinkCase, StartedCase } from '../links/link.ts';
import { messageMoves, routeMessages } from '../messages/route.ts';
import type { MessageTraffic, ThrownMessage } from '@iter/engine/messages';
import { reactionsSchema } from '../schema.ts';
import { addressSignal } from '../signals/fan-out.ts';
import type { StartSource } from '../starts/starts.ts';

export interface RouterPorts {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly logger: LoopLogger;
  unseal(event: StoredEvent): Promise<JsonObject>;
  readonly traffic: MessageTraffic;
  readonly definitions: StartSource;
  readonly link: LinkCase;
  /** Notes what people, and programs outside, are to be told. */
  note(events: readonly StoredEvent[]): Promise<void>;
  /** A signal has receivers. */
  onSignal(): void;
  /** A process was deployed. */
  onDeployed(): Promise<void>;
}

/** Events a page. */
const pageSize = 1_000;
const name = 'messages and signals';
/** Any number that nobody else locks. */
const lock = 7_114_025_533;
const routed: ReadonlySet<string> = new Set(messageMoves);

/**
 * Follows the log, dispatches, then moves its checkpoint: messages into the streams in which they meet, signals to whom
 * they are for, and to cases which others they have started. All of it may be done again after a crash, and beside another router; one at a time does it, so that it
 * is not done twice for nothing. What was altered under seal is told and passed over: nobody else waits for it.
 */
export async function route(router: RouterPorts, signal: AbortSignal, alive: () => void): Promise<void> {
  const { pool, log } = router;
  const ports = passingOver(router);
  const turn = await takeTurn(pool, signal);
  if (!turn) return;
  try {
    const { rows } = await pool.query<{ position: string | null }>(
      'select position from effects.routers where name = $1',
      [name],
    );
    const after = rows[0]?.position ?? null;
    const prefixes = ['case-', 'signal-', 'definition-', 'webhook-'];
    for await (const page of log.follow({ after, prefixes, limit: pageSize, signal })) {
      await dispatch(ports, page.events, signal);
      if (signal.aborted) return;
      await moveTo(pool, page.position);
      alive();
    }
  } catch (error) {
    // Everything is looked at again: what was done before adds nothing.
    if (error instanceof LogWasRestored) await moveTo(pool, null);
    throw error;
  } finally {
    turn.release(true);
  }
}

/** The ports, of which nothing throws for what was altered under seal: there is no data, and nothing is done. */
function passingOver(ports: RouterPorts) {
  const { logger, link, traffic } = ports;
  const passed = async <T>(what: object, done: Promise<T>): Promise<T | null> => {
    try {
      return await done;
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      logger.error({ ...what, error: describeError(error) }, 'what was altered is not passed on');
      return null;
    }
  };
  return {
    ...ports,
    unseal: (event: StoredEvent) => passed({ eventId: event.id }, ports.unseal(event)),
    link: async (started: StartedCase) => void (await passed({ caseId: started.by.case }, link(started))),
    traffic: {
      ...traffic,
      publish: async (message: ThrownMessage) =>
        void (await passed({ messageId: message.id }, traffic.publish(message))),
      tell: async (...it: Parameters<MessageTraffic['tell']>) =>
        void (await passed({ stream: it[0] }, traffic.tell(...it))),
    },
  };
}

async function moveTo(pool: Pool, position: Position | null): Promise<void> {
  await pool.query(
    `insert into effects.routers (name, position) values ($1, $2)
     on conflict (name) do update set position = excluded.position`,
    [name, position],
  );
}

/** The connection that holds the turn; it is given up with it. */
async function takeTurn(pool: Pool, signal: AbortSignal): Promise<PoolClient | null> {
  const client = await pool.connect();
  try {
    while (!signal.aborted) {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
        lock,
      ]);
      if (rows[0]?.mine) return client;
      await pause(1_000, undefined, { signal }).catch(() => undefined);
    }
  } catch (error) {
    client.release(true);
    throw error;
  }
  client.release(true);
  return null;
}

async function dispatch(
  ports: ReturnType<typeof passingOver>,
  events: readonly StoredEvent[],
  signal: AbortSignal,
): Promise<void> {
  const { pool, traffic, unseal } = ports;
  await ports.note(events);
  const moves = events.filter(({ type, stream }) => routed.has(type) && stream.startsWith('case-'));
  const opened = await Promise.all(
    moves.map(async (event) => {
      const isOpen =
        event.keyId === null || event.type === 'MessageUnsubscribed' || event.type === 'MessageCorrelated';
      const data = isOpen ? event.data : await unseal(event);
      return data && ({ ...event, data } as unknown as CaseSeen);
    }),
  );
  const seen = opened.filter((event) => event !== null);
  if (seen.length > 0) await routeMessages(pool, traffic, seen);
  await linkCases(ports.link, events);
  for (const event of events) {
    if (event.type !== 'SignalThrown' || signal.aborted) continue;
    await untilSeen(ports, event.position, signal);
    await addressSignal(ports, { ...event, name: String(event.data['name']) });
    ports.onSignal();
  }
  if (events.some(({ type }) => type === 'DefinitionDeployed')) await ports.onDeployed();
}

/** Resolves when the views of who awaits what have reached a position. */
async function untilSeen(
  { pool, log }: Pick<RouterPorts, 'pool' | 'log'>,
  position: Position,
  signal: AbortSignal,
): Promise<void> {
  for (let ms = 10; !signal.aborted; ms = Math.min(ms * 2, 500)) {
    const at = (await readCheckpoint(pool, reactionsSchema))?.position ?? null;
    if (at !== null && reached(log, at, position)) return;
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }
}

function reached(log: EventLog, at: Position, position: Position): boolean {
  try {
    return log.comparePositions(at, position) >= 0;
  } catch (error) {
    // The views are of another life of the log: they are about to be made anew.
    if (error instanceof LogWasRestored) return false;
    throw error;
  }
}
