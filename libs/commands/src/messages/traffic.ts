import type { Variables } from '@iter/engine';
import type { ActorRef } from '@iter/event-store';
import type { Address, Delivery, MessageTraffic } from '@iter/engine/messages';
import type { CaseCommands } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { Starts } from '../starts/starts.ts';
import { keyHashOf, messageStream } from './address.ts';
import { actor, createDelivery } from './deliver.ts';
import type { DeliveryOutcome } from './deliver.ts';
import { createMessageStreams } from './streams.ts';
import type { MessageStreams } from './streams.ts';

/** `MessageTraffic`, telling also what the receiver answered. */
export interface Traffic extends MessageTraffic {
  deliver(delivery: Delivery): Promise<DeliveryOutcome>;
  readonly streams: MessageStreams;
}

/** A message that nobody takes is kept so long, unless its publisher says otherwise. */
export const keptMs = 30 * 86_400_000;

export function createTraffic(ports: CasePorts, receivers: CaseCommands & Starts): Traffic {
  const streams = createMessageStreams(ports);
  const streamOf: MessageTraffic['streamOf'] = (address, at) => messageStream(ports.requestHash, address, at);
  const as: { readonly actor: ActorRef } = { actor };
  return {
    streams,
    streamOf,
    async publish(message) {
      const { id, tenant, name, correlationKey, variables, caseId, revision, element, thrownAt } = message;
      await streams.execute({
        ...as,
        stream: streamOf(message, thrownAt),
        tenant,
        causationId: id,
        command: {
          type: 'PublishMessage',
          message: {
            messageId: id,
            name,
            expiresAt: new Date(Date.parse(thrownAt) + keptMs).toISOString(),
            ...keyOf(ports.requestHash, message),
            named: casesNamed(correlationKey, variables),
            thrownBy: { caseId, revision, element },
            bodyHash: '',
          },
        },
      });
    },
    async tell(stream, tenant, command, causationId) {
      await streams.execute({ ...as, stream, tenant, command, causationId: causationId ?? null });
    },
    deliver: createDelivery(ports, streams, receivers),
  };
}

/** What of its key a message carries. */
export function keyOf(
  hash: (text: string) => string,
  address: Address,
): { readonly keyless: boolean; readonly keyHash?: string } {
  const keyHash = keyHashOf(hash, address);
  return keyHash === null ? { keyless: true } : { keyless: false, keyHash };
}

const caseIdPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Cases that a message names: by its key, or by its variable `caseId`. */
export const casesNamed = (correlationKey: string | null, variables: Variables): readonly string[] => [
  ...new Set(
    [correlationKey, variables['caseId']].filter(
      (it): it is string => typeof it === 'string' && caseIdPattern.test(it),
    ),
  ),
];
