import { systemPrincipal } from '@iter/access';
import type { Variables } from '@iter/engine';
import { uuidV5 } from '@iter/platform/ids';
import { caseStream } from '../case/load.ts';
import type { CaseCommands, Outcome } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { processOf } from '@iter/engine/messages';
import type { LiveMessage } from '@iter/engine/messages';
import type { MessageStreams } from './streams.ts';

/** Where a message is that may be on its way to somebody. */
export interface Delivery {
  readonly stream: string;
  readonly tenant: string;
  readonly messageId: string;
}

/**
 * `done`: the case has it. `returned`: the case awaits it no more, the message waits for another. `idle`: it is on its
 * way to nobody. `refused`: the case does not take it now (suspended), or not like this; it stays on its way.
 */
export type DeliveryOutcome =
  | { readonly outcome: 'done'; readonly answer: Extract<Outcome, { outcome: 'done' }> }
  | { readonly outcome: 'idle' | 'returned' }
  | { readonly outcome: 'refused'; readonly code: string };

/** What says that the receiver is no receiver any more, for ever. */
const gone: ReadonlySet<string> = new Set([
  'message-not-awaited',
  'case-not-active',
  'case-not-found',
  'start-element-not-found',
  'definition-not-found',
]);

/**
 * Brings a matched message to its receiver, under a command id that derives from message and receiver: whoever does it
 * again, after a crash or beside another, finds it done. What the case answers is then written into the stream.
 */
export function createDelivery(
  ports: Pick<CasePorts, 'log' | 'sealer'>,
  streams: MessageStreams,
  cases: CaseCommands,
): (delivery: Delivery) => Promise<DeliveryOutcome> {
  return async ({ stream, tenant, messageId }) => {
    const message = (await streams.read(stream)).messages.get(messageId);
    const subscription = message?.matched ?? null;
    if (!message || subscription === null) return { outcome: 'idle' };
    const variables = await contentOf(ports, stream, message);
    const answer = await send(cases, tenant, message, subscription, variables);
    const asked = { stream, tenant, actor, causationId: messageId };
    if (answer.outcome === 'done') {
      await streams.execute({ ...asked, command: { type: 'ConfirmDelivery', messageId, subscription } });
      return { outcome: 'done', answer };
    }
    const code = answer.outcome === 'rejected' ? answer.rejection.code : answer.outcome;
    if (!gone.has(code)) return { outcome: 'refused', code };
    await streams.execute({ ...asked, command: { type: 'ReturnMessage', messageId, subscription, code } });
    return { outcome: 'returned' };
  };
}

/** In whose name messages are brought. */
export const actor = { account: systemPrincipal.account, ...systemPrincipal.grants[0]! };

function send(
  cases: CaseCommands,
  tenant: string,
  message: LiveMessage,
  subscription: string,
  variables: Variables,
): Promise<Outcome> {
  const { messageId, name, thrownBy } = message;
  const request = {
    principal: systemPrincipal,
    route: 'message',
    idempotencyKey: uuidV5(`${messageId}|${subscription}`),
    causationId: messageId,
  };
  const process = processOf(subscription);
  if (process !== null) {
    return cases.start({
      ...request,
      ...{ process, comune: tenant, variables, message: name },
      ...(thrownBy && { startedBy: { case: thrownBy.caseId, element: thrownBy.element } }),
    });
  }
  const dot = subscription.indexOf('.');
  return cases.execute({
    ...request,
    caseId: subscription.slice(0, dot),
    command: {
      type: 'CorrelateMessage',
      ...{ name, messageId, variables },
      correlationKey: null,
      subscription: subscription.slice(dot + 1),
    },
  });
}

/** What the message says: in the case that threw it, else in the stream; nothing when its key was destroyed. */
async function contentOf(
  { log, sealer }: Pick<CasePorts, 'log' | 'sealer'>,
  stream: string,
  { messageId, thrownBy, revision }: LiveMessage,
): Promise<Variables> {
  const [place, from] = thrownBy
    ? ([caseStream(thrownBy.caseId), thrownBy.revision] as const)
    : ([stream, revision] as const);
  const [event] = await log.readStream(place, { from, limit: 1 });
  if (!event || (thrownBy && event.id !== messageId)) {
    throw new Error(`the message ${messageId} is not where it was`);
  }
  const data = event.keyId === null ? event.data : (await sealer.unseal(event.id, event.data)).data;
  return (data['variables'] ?? {}) as Variables;
}
