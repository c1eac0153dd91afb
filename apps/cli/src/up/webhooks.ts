import { systemPrincipal } from '@iter/access';
import { createWebhookChannel } from '@iter/channels/webhooks';
import { codeOfCase, createDeliveries } from '@iter/reactions';
import type { WebhookPorts } from '@iter/reactions';
import { goodSecrets } from '@iter/registers/webhooks';
import type { House } from './house.ts';

/** Who outside is told of what, and the way there. */
export function webhookPorts({ config, log, webhooks, cases }: House): WebhookPorts {
  return {
    receivers: webhooks,
    channel: createWebhookChannel({ publicUrl: config.publicUrl, own: config.demo }),
    secretsOf(id, at) {
      const webhook = webhooks.find(id);
      return webhook ? goodSecrets(webhook, at) : [];
    },
    async processOf(caseId) {
      const [begun] = await log.readStream(`case-${caseId}`, { limit: 1 });
      return begun?.type === 'CaseStarted' ? String(begun.data['process']) : null;
    },
    async caseNow(caseId) {
      const reading = await cases.readState({ caseId, principal: systemPrincipal });
      if (reading.outcome !== 'read') return null;
      const { process, comune } = reading.state;
      return { code: codeOfCase(caseId, reading.state), process, comune };
    },
    async end(id, because) {
      const by = { principal: systemPrincipal, route: 'webhook', idempotencyKey: because };
      await webhooks.execute({ ...by, id, command: { type: 'EndWebhook', why: 'gone', reason: null } });
    },
  };
}

/** How many webhooks there are, and the names of those whose messages are given up. */
export function webhooksStanding({
  webhooks,
  pool,
  clock,
}: Pick<House, 'webhooks' | 'pool' | 'clock'>): () => Promise<{
  readonly count: number;
  readonly failing: readonly string[];
}> {
  const deliveries = createDeliveries({ pool, clock });
  return async () => {
    const alive = webhooks.list().filter(({ state }) => state !== 'ended');
    const health = await deliveries.health(alive);
    return {
      count: alive.length,
      failing: alive.filter(({ id }) => health.get(id)?.failing).map(({ name }) => name),
    };
  };
}
