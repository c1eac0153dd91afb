import { commandBy } from '@iter/access/commands';
import type { Asked, NotDone } from '@iter/access/commands';
import type { EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { decideWebhook, evolveWebhook, webhookClear } from './webhook.ts';
import type { Webhook, WebhookCommand, WebhookEvent, WebhookKind, WebhookRejection } from './webhook.ts';

export interface WebhooksPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  /** A demo: this machine may be a receiver. */
  readonly own: boolean;
  isBody(ipa: string): boolean;
  onFailure?(error: Error): void;
  onTrouble?(trouble: Error | null): void;
}

export interface WebhookRequest extends Asked {
  readonly id: string;
  readonly command: WebhookCommand;
}

export type WebhookOutcome =
  | { readonly outcome: 'done'; readonly webhook: Webhook; readonly position: Position | null }
  | NotDone<WebhookRejection>;

/** Something that was done to a webhook. */
export interface WebhookChange {
  readonly type: WebhookEvent['type'];
  readonly at: string;
  readonly by: string;
  readonly role: string;
  /** Null: the house did it, or nobody was asked. */
  readonly reason: string | null;
  /** What it is told from then on; null: that stayed as it was. */
  readonly kinds: readonly WebhookKind[] | null;
  /** Whether it is told of confidential cases from then on; null: that stayed as it was. */
  readonly confidential: boolean | null;
}

/** Who outside is told of what. */
export interface Webhooks {
  execute(request: WebhookRequest): Promise<WebhookOutcome>;
  find(id: string): Webhook | null;
  /** Those that have ended too, the oldest first. */
  list(): readonly Webhook[];
  /** What was done to one and why, the latest first; of very many the last. */
  history(id: string): readonly WebhookChange[];
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const prefix = 'webhook-';
/** Kept of each; all are in the log. */
const mostChanges = 200;

/** Webhooks as streams `webhook-<id>`, secrets and addresses sealed, kept in memory by following the log. */
export function createWebhooks(ports: WebhooksPorts): Webhooks {
  const { log, clock, own, isBody, requestHash } = ports;
  const ledger = createLedger<Webhook | null, WebhookEvent>(ports, {
    initial: null,
    evolve: evolveWebhook,
    clear: webhookClear,
  });
  const webhooks = new Map<string, Webhook>();
  const histories = new Map<string, readonly WebhookChange[]>();
  const follower = createMemoryIndex({
    log,
    prefixes: [prefix],
    async apply(stored) {
      const id = stored.stream.slice(prefix.length);
      const event = await ledger.open(stored);
      const webhook = evolveWebhook(webhooks.get(id) ?? null, event);
      if (webhook) webhooks.set(id, webhook);
      const { actor, recordedAt: at } = stored;
      const { type, data } = event;
      const change = {
        ...{ type, at, by: actor.account, role: actor.role, reason: data.reason ?? null },
        ...('kinds' in data && webhook
          ? { kinds: webhook.kinds, confidential: webhook.confidential }
          : { kinds: null, confidential: null }),
      };
      histories.set(id, [change, ...(histories.get(id) ?? [])].slice(0, mostChanges));
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });
  const othersOf = (id: string, body: string | null): number =>
    [...webhooks.values()].filter((it) => it.id !== id && it.body === body && it.state !== 'ended').length;

  return {
    async execute({ id, command, ...asked }) {
      const known = webhooks.get(id) ?? (await ledger.load(`${prefix}${id}`));
      const body = command.type === 'SubscribeWebhook' ? command.body : (known?.body ?? null);
      const given = commandBy(asked, {
        ...{ act: 'ManageWebhooks', facts: { reason: command.reason, ...(body !== null && { body }) } },
        ...(body !== null && { tenant: body }),
        ...{ content: command, requestHash },
      });
      if (given.rejection) return { outcome: 'rejected', rejection: given.rejection };
      const result = await ledger.execute<WebhookRejection>({
        ...{ stream: `${prefix}${id}`, ...given.by },
        decide: (webhook) =>
          decideWebhook(webhook, command, {
            ...{ id, own, isBody, now: clock.now(), others: othersOf(id, body) },
          }),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      return { outcome: 'done', webhook: result.state!, position: result.position };
    },
    find: (id) => webhooks.get(id) ?? null,
    list: () => [...webhooks.values()].sort((a, b) => (a.since < b.since ? -1 : 1)),
    history: (id) => histories.get(id) ?? [],
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
