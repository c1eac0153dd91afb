import type { Pool } from 'pg';
import { noteDeliveries } from './tables.ts';
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
}

/** How a webhook is doing. */
export interface WebhookHealth {
  readonly waiting: number;
  readonly held: number;
  readonly parked: number;
  readonly lastTakenAt: string | null;
  /** The last that was decided was given up: nothing has been taken since. */
  readonly failing: boolean;
  /** The receiver has agreed under some address. */
  readonly agreed: boolean;
}

/** Messages to receivers, for those who look after them. */
export interface Deliveries {
  /** By webhook; one without messages is not among them. */
  health(webhooks: readonly string[]): Promise<ReadonlyMap<string, WebhookHealth>>;
  /** The latest first. @param after the last one of the page before */
  list(
    webhook: string,
    filter: { readonly state?: string | undefined },
    limit: number,
    after: Pick<Delivery, 'toldAt' | 'id'> | null,
  ): Promise<readonly Delivery[]>;
  /** Sends one again, also one that was taken: it bears the same id. @returns false: there is none, or it is being sent */
  again(webhook: string, id: string): Promise<boolean>;
  /** Sends all again that failed. @returns how many there are */
  allAgain(webhook: string): Promise<number>;
  /** Sends an event about nothing; asked again under the same id it is one. */
  test(webhook: string, id: string): Promise<void>;
}

const columns = `d.event_id as id, d.kind, nullif(d.case_id, '') as "caseId", d.told_at as "toldAt", d.state, d.tries, d.code,
  d.status, d.duration_ms as "durationMs", d.tried_at as "triedAt",
  case when d.state = 'waiting' and t.worker is null then t.next_at end as "nextAt"`;

/** What is being sent at this moment stays with its worker. */
const free = `(d.state not in ('waiting', 'held') or not exists (
  select from effects.tries t where t.id = 'webhook:' || d.id and t.worker is not null and t.next_at > $2))`;

export function createDeliveries({
  pool,
  clock,
}: {
  readonly pool: Pool;
  readonly clock: { now(): string };
}): Deliveries {
  /** Opens some again, from the first try on. */
  const open = async (webhook: string, which: string, id: string | null): Promise<number> => {
    const { rows } = await pool.query<{ count: number }>(
      `with opened as (
         update effects.webhook_deliveries d set state = 'waiting', tries = 0, done_at = null
         where d.webhook = $1 and ($3::text is null or d.event_id = $3) and ${which} and ${free}
         returning 'webhook:' || d.id as id),
       forgotten as (delete from effects.tries where id in (select id from opened))
       select count(*) from opened`,
      [webhook, clock.now(), id],
    );
    return rows[0]!.count;
  };
  return {
    async health(webhooks) {
      const { rows } = await pool.query<WebhookHealth & { readonly webhook: string }>(
        `select w.webhook, coalesce(waiting, 0) as waiting, coalesce(held, 0) as held, coalesce(parked, 0) as parked,
           "lastTakenAt", coalesce("lastParkedAt" > coalesce("lastTakenAt", ''), false) as failing,
           c.webhook is not null as agreed
         from unnest($1::text[]) as w(webhook)
         left join (
           select webhook, count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'held') as held,
             count(*) filter (where state = 'parked') as parked,
             max(done_at) filter (where state = 'taken') as "lastTakenAt",
             max(done_at) filter (where state = 'parked') as "lastParkedAt"
           from effects.webhook_deliveries where webhook = any($1) group by webhook) d using (webhook)
         left join effects.webhook_consents c using (webhook)`,
        [webhooks],
      );
      return new Map(rows.map(({ webhook, ...health }) => [webhook, health]));
    },
    async list(webhook, { state }, limit, after) {
      const { rows } = await pool.query<Delivery>(
        `select ${columns} from effects.webhook_deliveries d
         left join effects.tries t on t.id = 'webhook:' || d.id
         where d.webhook = $1 and ($2::text is null or d.state = $2)
           and ($3::text is null or (d.told_at, d.event_id) < ($3, $4))
         order by d.told_at desc, d.event_id desc limit $5`,
        [webhook, state ?? null, after?.toldAt ?? null, after?.id ?? null, limit],
      );
      return rows;
    },
    again: async (webhook, id) => (await open(webhook, 'true', id)) > 0,
    allAgain: (webhook) =>
      open(webhook, `(d.state = 'parked' or (d.state = 'waiting' and d.tries > 0))`, null),
    async test(webhook, id) {
      await noteDeliveries(pool, [
        {
          ...{ webhook, eventId: id, caseId: '', toldAt: clock.now() },
          told: { kind: 'test', outcome: null, term: null, dueOn: null },
        },
      ]);
    },
  };
}
