import type { Json } from '@iter/process-model';
import type { Variables } from '@iter/engine';
import type { EventLog, JsonObject, StoredEvent } from '@iter/event-store';
import type { Pool } from 'pg';
import type { Effected } from '../effects/drain.ts';
import type { Effect } from '../effects/tries.ts';

/** A message of a case that nobody has taken in yet. */
export interface PendingMessage extends Effect {
  readonly kind: 'message';
  readonly revision: number;
  readonly comune: string;
  readonly correlationKey: string | null;
  readonly thrownAt: string;
}

/** A message on its way. `id` is its idempotency key and what it causes names it as its cause. */
export interface Delivery {
  readonly id: string;
  readonly name: string;
  readonly correlationKey: string | null;
  readonly variables: Variables;
  /** The case it is for; absent: it starts one, of this body. */
  readonly caseId?: string;
  readonly comune: string;
}

export type Delivered = { readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly code: string };

export interface DispatchPorts {
  readonly pool: Pool;
  readonly log: EventLog;
  unseal(event: StoredEvent): Promise<JsonObject>;
  /** Whether a deployed process begins with this message. */
  starts(name: string): Promise<boolean>;
  deliver(delivery: Delivery): Promise<Delivered>;
}

/** A message that nobody awaits is kept so long, then given up. */
const keptMs = 30 * 86_400_000;

/** Messages that nobody has taken in and that do not rest, the oldest first. */
export async function pendingMessages(
  pool: Pool,
  now: string,
  limit: number,
): Promise<readonly PendingMessage[]> {
  const { rows } = await pool.query<PendingMessage>(
    `select m.id, 'message' as kind, m.case_id as "caseId", m.name, m.revision, m.comune,
       m.correlation_key as "correlationKey", m.thrown_at as "thrownAt"
     from reactions.messages m left join effects.tries t on t.id = m.id
     where m.thrown_at > $2 and (t.id is null or t.next_at <= $1)
       and not exists (select from reactions.deliveries d where d.id = m.id)
     order by m.thrown_at, m.id limit $3`,
    [now, new Date(Date.parse(now) - keptMs).toISOString(), limit],
  );
  return rows;
}

/**
 * Brings a message to whom it is for: the case that its correlation key or its variable `caseId` names, the
 * case that awaits it under that key, or a new case of the process that begins with it (a linked case). One
 * that nobody awaits yet waits for its subscription.
 */
export async function dispatch(ports: DispatchPorts, message: PendingMessage): Promise<Effected> {
  const { id, name, comune, correlationKey } = message;
  const variables = await variablesOf(ports, message);
  const to = await addressee(ports, message, variables);
  if (to === 'nobody') return { again: 'message-not-awaited' };
  if (to === 'several') return { again: 'message-ambiguous' };
  const delivery = { id, name, correlationKey, variables, comune };
  const delivered = await ports.deliver(to === 'start' ? delivery : { ...delivery, caseId: to.caseId });
  return delivered.outcome === 'done' ? 'done' : { again: delivered.code };
}

type Addressee = 'start' | 'nobody' | 'several' | { readonly caseId: string };

async function addressee(
  { pool, starts }: DispatchPorts,
  { name, comune, correlationKey }: PendingMessage,
  variables: Variables,
): Promise<Addressee> {
  const named = [correlationKey, variables['caseId']].filter(isCaseId);
  const { rows } = await pool.query<{ case_id: string; named: boolean }>(
    `select distinct case_id, case_id = any($3) as named from reactions.subscriptions
     where name = $1 and (case_id = any($3)
       or (comune = $4 and correlation_key is not distinct from $2))
     order by named desc limit 2`,
    [name, correlationKey, named, comune],
  );
  const [first, second] = rows;
  if (first?.named) return { caseId: first.case_id };
  if (first && second) return 'several';
  if (first) return { caseId: first.case_id };
  return named.length === 0 && (await starts(name)) ? 'start' : 'nobody';
}

const isCaseId = (value: Json | undefined): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

async function variablesOf({ log, unseal }: DispatchPorts, message: PendingMessage): Promise<Variables> {
  const [event] = await log.readStream(`case-${message.caseId}`, { from: message.revision, limit: 1 });
  if (event?.id !== message.id) throw new Error(`the message ${message.id} is not where it was`);
  const data = event.keyId === null ? event.data : await unseal(event);
  return (data['variables'] ?? {}) as Variables;
}

export interface MessageFigures {
  readonly pending: number;
  readonly oldestAt: string | null;
}

export async function messageFigures(pool: Pool, now: string): Promise<MessageFigures> {
  const { rows } = await pool.query<MessageFigures>(
    `select count(*) as pending, min(thrown_at) as "oldestAt" from reactions.messages m
     where m.thrown_at > $1 and not exists (select from reactions.deliveries d where d.id = m.id)`,
    [new Date(Date.parse(now) - keptMs).toISOString()],
  );
  return rows[0]!;
}

/** A case has begun to await something: messages of that name which nobody awaited are tried again at once. */
export async function endPauseOfAwaited(pool: Pool, caseIds: readonly string[]): Promise<void> {
  await pool.query(
    `update effects.tries set next_at = '' where kind = 'message' and error is not null
     and name in (select name from reactions.subscriptions where case_id = any($1))`,
    [caseIds],
  );
}
