import { useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import { useCommand } from './commands.ts';
import type { QueryOf } from './model.ts';
import { keys, useList } from './queries.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type Webhook = Schemas['WebhookDto'];
export type WebhookTerms = Schemas['ChangeWebhookDto'];
export type WebhookKind = Webhook['kinds'][number];
export type Delivery = Schemas['DeliveryDto'];
export type DeliveryFilter = Pick<QueryOf<'/api/v1/webhooks/{id}/deliveries'>, 'state'>;

/** In the order in which they are told apart. */
export const webhookKinds: readonly WebhookKind[] = [
  ...(['case.opened', 'case.ended', 'term.opened', 'term.escalated', 'term.missed', 'act.sent'] as const),
];

const webhooks = [...keys.operations, 'webhooks'];
/** What is sent moves by itself, and no event of the log says so. */
const machine = { refetchInterval: 5_000 };

/** Those that have ended are apart: there are more and more of them. */
export const useWebhooks = (state: 'open' | 'ended') =>
  useList(
    [...webhooks, 'list', state],
    (cursor) => body(api.GET('/api/v1/webhooks', { params: { query: { state, cursor, limit: 50 } } })),
    true,
    machine,
  );

/** Of whose cases a new one may tell. */
export const useWebhookBodies = (isAsked: boolean) =>
  useQuery({
    queryKey: [...webhooks, 'bodies'],
    queryFn: () => body(api.GET('/api/v1/webhooks/bodies')),
    enabled: isAsked,
  });

export const useWebhook = (id: string) =>
  useQuery({
    queryKey: [...webhooks, id],
    queryFn: () => body(api.GET('/api/v1/webhooks/{id}', { params: { path: { id } } })),
    ...machine,
  });

export const useDeliveries = (id: string, filter: DeliveryFilter) =>
  useList(
    [...webhooks, id, 'deliveries', filter],
    (cursor) =>
      body(
        api.GET('/api/v1/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { ...filter, cursor, limit: 50 } },
        }),
      ),
    true,
    machine,
  );

/** The latest first. @param id null: of none yet */
export const useWebhookHistory = (id: string | null) =>
  useQuery({
    queryKey: [...webhooks, id, 'history'],
    enabled: id !== null,
    queryFn: () => body(api.GET('/api/v1/webhooks/{id}/history', { params: { path: { id: id ?? '' } } })),
    select: (answer) => answer.items,
  });

interface SaveWebhook extends WebhookTerms {
  readonly id: string | null;
  /** As it was read; null: there is none to be read. */
  readonly version: number | null;
  readonly of: string | null;
}

/** Without an id it is made, else changed. */
export const useSaveWebhook = () =>
  useCommand(async ({ id, of, version, ...terms }: SaveWebhook, intention) => {
    const header = { ...intention, ...(version !== null && { 'If-Match': `"${version}"` }) };
    if (id === null)
      return body(api.POST('/api/v1/webhooks', { params: { header }, body: { ...terms, body: of } }));
    await body(api.PUT('/api/v1/webhooks/{id}', { params: { path: { id }, header }, body: terms }));
    return null;
  });

/** What is recorded with a reason. */
export type WebhookAct = 'pause' | 'resume' | 'end' | 'rotate-secret';

/** @returns the new secret, where one was made */
export const useWebhookAct = (id: string) =>
  useCommand(async ({ act, reason }: { readonly act: WebhookAct; readonly reason: string }, intention) => {
    const of = { params: { path: { id }, header: { ...intention } }, body: { reason } };
    switch (act) {
      case 'pause':
        await body(api.POST('/api/v1/webhooks/{id}/pause', of));
        return null;
      case 'resume':
        await body(api.POST('/api/v1/webhooks/{id}/resume', of));
        return null;
      case 'end':
        await body(api.POST('/api/v1/webhooks/{id}/end', of));
        return null;
      case 'rotate-secret':
        return (await body(api.POST('/api/v1/webhooks/{id}/rotate-secret', of))).secret;
    }
  });

export const useTestWebhook = (id: string) =>
  useCommand(async (_: null, intention) =>
    body(api.POST('/api/v1/webhooks/{id}/test', { params: { path: { id }, header: { ...intention } } })),
  );

/** @param delivery null: all that failed */
export const useDeliverAgain = (id: string) =>
  useCommand(async (delivery: string | null, intention) => {
    const header = { ...intention };
    return delivery === null
      ? body(api.POST('/api/v1/webhooks/{id}/deliveries/retry', { params: { path: { id }, header } }))
      : body(
          api.POST('/api/v1/webhooks/{id}/deliveries/{delivery}/retry', {
            params: { path: { id, delivery }, header },
          }),
        );
  });
