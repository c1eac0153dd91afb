import type { Pool } from 'pg';
import type { Receiver } from './ports.ts';
import { hashOf, keptSince, noteDeliveries, restsOf } from './tables.ts';
import type { DeliveryKind, DeliveryState } from './tables.ts';

/** A message to a receiver, as people see it: nothing of what it says but its kind and its case. */
export interface Delivery {
  /** Of the event, as the receiver knows it. */
  readonly id: string;
  readonly kind: DeliveryKind;
  /** Null: it is about no case. */
  readonly caseId: string | null;
  readonly toldAt: string;
  readonly state: DeliveryState;
  /** Answers, and tries without one, so far. */
  readonly tries: number;
  /** Why the last try failed; null: it did not. */
  readonly code: string | null;
  readonly status: number | null;
  readonly durationMs: number | null;
  readonly triedAt: string | null;
  /** When it is tried again; null: it is not, or as soon as somebody comes to it. */
  readonly nextAt: string | null;
  /** Young enough to be sent again. */
  readonly resendable: boolean;
}

/** A receiver under the address that it has now. */
export type ReceiverAt = Pick<Receiver, 'id' | 'url' | 'state'>;

/** Why a person's press does nothing. */
export interface NotSent {
  readonly code:
    | 'webhook-ended'
    | 'webhook-delivery-not-found'
    | 'webhook-delivery-being-sent'
    | 'webhook-delivery-too-old'
    | 'webhook-paused'
    | 'webhook-resting';
  /** Of `webhook-resting`: so long the receiver asked to be left alone. */
  readonly until: string | null;
}

/** How a webhook is doing. */
export interface WebhookHealth {
  readonly waiting: number;
  /** Of those that wait: tried before, in vain. */
  readonly retrying: number;
  readonly held: number;
  readonly parked: number;
  readonly lastTakenAt: string | null;
  /** The last that was decided was given up: nothing has been taken since. */
  readonly failing: boolean;
  /** The receiver has agreed under the address that it has now. */
  readonly agreed: boolean;
  /** So long its address asks to be left alone; null: it does not. */
  readonly restsUntil: string | null;
}

/** Messages to receivers, for those who look after them. */
export interface Deliveries {
  /** By webhook, of each that is asked for. */
  health(webhooks: readonly ReceiverAt[]): Promise<ReadonlyMap<string, WebhookHealth>>;
  /** Of all webhooks; of what was given up without tests, which nobody needs to send again. */
  figures(): Promise<Readonly<Record<'waiting' | 'held' | 'parked', number>>>;
  /** The latest first. @param after the last one of the page before */
  list(
    webhook: string,
    filter: { readonly state?: string | undefined },
    limit: number,
    after: Pick<Delivery, 'toldAt' | 'id'> | null,
  ): Promise<readonly Delivery[]>;
  /** Sends one again, also one that was taken: it bears the same id. @returns null: it leaves in a moment */
  again(webhook: ReceiverAt, id: string): Promise<NotSent | null>;
  /** Sends all again that failed and are young enough. @returns how many there are */
  allAgain(webhook: ReceiverAt): Promise<NotSent | number>;
  /** Sends an event about nothing; asked again under the same id it is one. @returns null: it leaves in a moment */
  test(webhook: ReceiverAt, id: string): Promise<NotSent | null>;
}

const columns = `d.event_id as id, d.kind, nullif(d.case_id, '') as "caseId", d.told_at as "toldAt", d.state, d.tries, d.code,
  d.status, d.duration_ms as "durationMs", d.tried_at as "triedAt",
  case when d.state = 'waiting' and t.worker is null then t.next_at end as "nextAt"`;

/** What is being sent at this moment stays with its worker. */
const beingSent = `(d.state in ('waiting', 'held') and exists (
  select from effects.tries t where t.id = 'webhook:' || d.id and t.worker is not null and t.next_at > $2))`;

export function createDeliveries({
  pool,
  clock,
}: {
  readonly pool: Pool;
  readonly clock: { now(): string };
}): Deliveries {
  /** Opens some again that are young enough, from the first try on. */
  const open = async (webhook: string, which: string, id: string | null): Promise<number> => {
    const now = clock.now();
    const { rows } = await pool.query<{ count: number }>(
      `with opened as (
         update effects.webhook_deliveries d set state = 'waiting', tries = 0, done_at = null
         where d.webhook = $1 and ($3::text is null or d.event_id = $3) and d.told_at >= $4 and ${which} and not ${beingSent}
         returning 'webhook:' || d.id as id),
       forgotten as (delete from effects.tries where id in (select id from opened))
       select count(*) from opened`,
      [webhook, now, id, keptSince(now)],
    );
    return rows[0]!.count;
  };
  const refuse = (code: NotSent['code'], until: string | null = null): NotSent => ({ code, until });

  /** A person's press would do nothing, or nothing for longer than people wait: it is told so. */
  const stopOf = async (webhook: ReceiverAt): Promise<NotSent | null> => {
    if (webhook.state === 'ended') return refuse('webhook-ended');
    const until = (await restsOf(pool, [webhook], clock.now())).get(webhook.id);
    return until === undefined ? null : refuse('webhook-resting', until);
  };
  return {
    async health(webhooks) {
      const { rows } = await pool.query<WebhookHealth & { readonly webhook: string }>(
        `select w.webhook, coalesce(waiting, 0) as waiting, coalesce(retrying, 0) as retrying, coalesce(held, 0) as held,
           coalesce(parked, 0) as parked, "lastTakenAt",
           coalesce("lastParkedAt" > coalesce("lastTakenAt", ''), false) as failing,
           c.webhook is not null as agreed, r.until as "restsUntil"
         from unnest($1::text[], $2::text[]) as w(webhook, url_hash)
         left join (
           select webhook, count(*) filter (where state = 'waiting') as waiting,
             count(*) filter (where state = 'waiting' and tries > 0) as retrying, count(*) filter (where state = 'held') as held
           from effects.webhook_deliveries where state in ('waiting', 'held') and webhook = any($1) group by webhook) o using (webhook)
         left join (
           select webhook, count(*) as parked, max(done_at) as "lastParkedAt"
           from effects.webhook_deliveries where state = 'parked' and webhook = any($1) group by webhook) p using (webhook)
         cross join lateral (
           select max(done_at) as "lastTakenAt" from effects.webhook_deliveries
           where state = 'taken' and webhook = w.webhook) t
         left join effects.webhook_consents c using (webhook, url_hash)
         left join effects.webhook_rests r on r.webhook = w.webhook and r.url_hash = w.url_hash and r.until > $3`,
        [webhooks.map(({ id }) => id), webhooks.map(({ url }) => hashOf(url)), clock.now()],
      );
      return new Map(rows.map(({ webhook, ...health }) => [webhook, health]));
    },
    async figures() {
      const { rows } = await pool.query<Record<'waiting' | 'held' | 'parked', number>>(
        // Of each part by the index that has it: among all that was sent in a month these are few.
        `select o.waiting, o.held, p.parked
         from (
           select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'held') as held
           from effects.webhook_deliveries where state in ('waiting', 'held')) o,
         (select count(*) as parked from effects.webhook_deliveries where state = 'parked' and kind <> 'test') p`,
      );
      return rows[0]!;
    },
    async list(webhook, { state }, limit, after) {
      const { rows } = await pool.query<Delivery>(
        `select ${columns}, d.told_at >= $6 as resendable from effects.webhook_deliveries d
         left join effects.tries t on t.id = 'webhook:' || d.id
         where d.webhook = $1 and ($2::text is null or d.state = $2)
           and ($3::text is null or (d.told_at, d.event_id) < ($3, $4))
         order by d.told_at desc, d.event_id desc limit $5`,
        [webhook, state ?? null, after?.toldAt ?? null, after?.id ?? null, limit, keptSince(clock.now())],
      );
      return rows;
    },
    async again(webhook, id) {
      const stop = await stopOf(webhook);
      if (stop) return stop;
      const now = clock.now();
      const { rows } = await pool.query<Pick<Delivery, 'kind' | 'toldAt'> & { readonly beingSent: boolean }>(
        `select kind, told_at as "toldAt", ${beingSent} as "beingSent" from effects.webhook_deliveries d
         where d.webhook = $1 and d.event_id = $3`,
        [webhook.id, now, id],
      );
      const [found] = rows;
      if (!found) return refuse('webhook-delivery-not-found');
      if (found.toldAt < keptSince(now)) return refuse('webhook-delivery-too-old');
      // Opened it would be held, even if it was taken before.
      if (webhook.state === 'paused' && found.kind !== 'test') return refuse('webhook-paused');
      // Taken between the two: it is being sent all the same.
      const isOpen = !found.beingSent && (await open(webhook.id, 'true', id)) > 0;
      return isOpen ? null : refuse('webhook-delivery-being-sent');
    },
    async allAgain(webhook) {
      if (webhook.state === 'paused') return refuse('webhook-paused');
      const stop = await stopOf(webhook);
      return stop ?? open(webhook.id, `(d.state = 'parked' or (d.state = 'waiting' and d.tries > 0))`, null);
    },
    async test(webhook, id) {
      const stop = await stopOf(webhook);
      if (stop) return stop;
      await noteDeliveries(pool, [
        {
          ...{ webhook: webhook.id, eventId: id, caseId: '', toldAt: clock.now() },
          told: { kind: 'test', outcome: null, term: null, dueOn: null },
        },
      ]);
      return null;
    },
  };
}
