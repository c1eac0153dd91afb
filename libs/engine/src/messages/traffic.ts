import type { Variables } from '../events.ts';
import type { MessageCommand } from './decide.ts';

/** What decides in which stream a message and those who await it meet. */
export interface Address {
  /** Body within which the key counts. */
  readonly tenant: string;
  readonly name: string;
  readonly correlationKey: string | null;
}

/** A message that a case threw. */
export interface ThrownMessage extends Address {
  /** Id of the event `MessageThrown`: the message's. */
  readonly id: string;
  readonly caseId: string;
  readonly revision: number;
  readonly element: string;
  /** RFC 3339 instant in UTC. */
  readonly thrownAt: string;
  readonly variables: Variables;
}

/** Where a message is that may be on its way to somebody. */
export interface Delivery {
  readonly stream: string;
  readonly tenant: string;
  readonly messageId: string;
}

/**
 * `done`: whoever it was for has it. `returned`: he awaits it no more, the message waits for another. `idle`: it is on its
 * way to nobody. `refused`: he does not take it now (suspended), or not like this; it stays on its way.
 */
export type Delivered =
  { readonly outcome: 'done' | 'idle' | 'returned' } | { readonly outcome: 'refused'; readonly code: string };

/** What is done with messages by whoever follows the log. Everything here may be done again. */
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
  deliver(delivery: Delivery): Promise<Delivered>;
}
