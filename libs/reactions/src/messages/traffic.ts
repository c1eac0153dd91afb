import type { Variables } from '@iter/engine';
import type { MessageCommand } from '@iter/engine/messages';

/** In which stream a message and those who await it meet. */
export interface Address {
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
  readonly thrownAt: string;
  readonly variables: Variables;
}

/** What of the write side moves messages; `createMessages` of `libs/commands` fits. Everything here may be done again. */
export interface MessageTraffic {
  streamOf(address: Address, at: string): string;
  publish(message: ThrownMessage): Promise<void>;
  tell(
    stream: string,
    tenant: string,
    command: Exclude<MessageCommand, { type: 'PublishMessage' }>,
    causationId?: string,
  ): Promise<void>;
  /** Brings a message that is on its way to its receiver. */
  deliver(delivery: {
    readonly stream: string;
    readonly tenant: string;
    readonly messageId: string;
  }): Promise<
    | { readonly outcome: 'done' | 'idle' | 'returned' }
    | { readonly outcome: 'refused'; readonly code: string }
  >;
}
