import type { Variables } from '@iter/engine';
import type { ActorRef } from '@iter/event-store';
import type { CaseCommands } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { messageStream } from './address.ts';
import type { Address } from './address.ts';
import type { MessageCommand } from '@iter/engine/messages';
import { actor, createDelivery } from './deliver.ts';
import type { Delivery, DeliveryOutcome } from './deliver.ts';
import { createMessageStreams } from './streams.ts';
import type { MessageStreams } from './streams.ts';

/** A message that a case threw. */
export interface ThrownMessage extends Address {
  /** Id of the event `MessageThrown`: the message's. */
  readonly id: string;
  readonly caseId: string;
  readonly revision: number;
  readonly element: string;
  readonly thrownAt: string;
  readonly variables: Variables;
}

/** What follows the log does with messages. Everything here may be done again. */
export interface MessageTraffic {
  /** Where messages for this address, published then, meet their receivers. */
  streamOf(address: Address, at: string): string;
  /** Brings what a case threw into its stream. */
  publish(message: ThrownMessage): Promise<void>;
  /** Anything else in a stream. */
  tell(
    stream: string,
    tenant: string,
    command: Exclude<MessageCommand, { type: 'PublishMessage' }>,
    causationId?: string,
  ): Promise<void>;
  /** Brings a message that is on its way to its receiver. */
  deliver(delivery: Delivery): Promise<DeliveryOutcome>;
}

/** A message that nobody takes is kept so long, unless its publisher says otherwise. */
export const keptMs = 30 * 86_400_000;

export function createTraffic(
  ports: CasePorts,
  cases: CaseCommands,
): MessageTraffic & { readonly streams: MessageStreams } {
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
            keyless: correlationKey === null,
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
    deliver: createDelivery(ports, streams, cases),
  };
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
