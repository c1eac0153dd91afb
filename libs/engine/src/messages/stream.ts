/**
 * What happens in a `message-…` stream, where messages and those who await them meet. A message is owned by exactly
 * one stream from its publication on; a subscription is owned by its case, which has the last word on every match.
 */
export type MessageEvent =
  | {
      readonly type: 'MessagePublished';
      readonly data: {
        readonly messageId: string;
        readonly name: string;
        /** Nobody gets it later than this. RFC 3339 instant in UTC. */
        readonly expiresAt: string;
        /** Published without a key: it is for whoever awaits its name. */
        readonly keyless: boolean;
        /** Keyed hash of body and key, whatever the name: with what other messages it begins a case. Absent: no key. */
        readonly keyHash?: string;
        /** Cases that it names as its receiver, whatever their key. */
        readonly named: readonly string[];
        /** The case that threw it: its content stays there. Null: it came from outside. */
        readonly thrownBy: Thrown | null;
        /** Keyed hash of the request from outside: the same id with another body is another message. */
        readonly bodyHash: string;
        /** Of a message from outside; sealed. */
        readonly variables?: object;
      };
    }
  | { readonly type: 'SubscriptionAdded'; readonly data: { readonly subscription: string } }
  | { readonly type: 'SubscriptionRemoved'; readonly data: { readonly subscription: string } }
  /** The message is on its way to this subscription (or start), and to no other. */
  | { readonly type: 'MessageMatched'; readonly data: Match }
  /** The case has it: message and subscription are used up. */
  | { readonly type: 'MessageDelivered'; readonly data: Match }
  /** The case awaits it no more: the message waits again, in its old place. */
  | { readonly type: 'MessageReturned'; readonly data: Match & { readonly code: string } }
  | { readonly type: 'MessageExpired'; readonly data: { readonly messageId: string } };

/** Where in the log the content of a message lies. */
export interface Thrown {
  readonly caseId: string;
  readonly revision: number;
  readonly element: string;
}

export interface Match {
  readonly messageId: string;
  /** `<caseId>.<key>`, or what `startOf` gives. */
  readonly subscription: string;
}

export type Published = Extract<MessageEvent, { type: 'MessagePublished' }>['data'];

/** Fields that stay readable in the log. */
export const clearMessageFields = {
  MessagePublished: ['messageId', 'name', 'expiresAt', 'keyless', 'keyHash', 'named', 'thrownBy', 'bodyHash'],
  SubscriptionAdded: ['subscription'],
  SubscriptionRemoved: ['subscription'],
  MessageMatched: ['messageId', 'subscription'],
  MessageDelivered: ['messageId', 'subscription'],
  MessageReturned: ['messageId', 'subscription', 'code'],
  MessageExpired: ['messageId'],
} as const satisfies Readonly<Record<MessageEvent['type'], readonly string[]>>;

export interface LiveMessage extends Published {
  /** To whom it is on its way; null: it waits. */
  readonly matched: string | null;
  /** Of its publication in the stream: where a message from outside has its content. */
  readonly revision: number;
}

/** One stream, folded. Maps are in the order of arrival; what is settled is only known by its id. */
export interface MessageState {
  readonly messages: ReadonlyMap<string, LiveMessage>;
  readonly subscriptions: ReadonlySet<string>;
  /** Every message that was ever published here, with the hash of its body. */
  readonly published: ReadonlyMap<string, string>;
  /** Every subscription that was here and has gone: it never comes back. */
  readonly gone: ReadonlySet<string>;
}

export const emptyMessages: MessageState = {
  messages: new Map(),
  subscriptions: new Set(),
  published: new Map(),
  gone: new Set(),
};

/** An event as the stream has it; one that is only being decided has no revision yet. */
export type MessageSeen = MessageEvent & { readonly revision?: number };

/** The stream after one more event. Pure. */
export function evolveMessages(
  state: MessageState,
  { type, data, revision = -1 }: MessageSeen,
): MessageState {
  switch (type) {
    case 'MessagePublished':
      return {
        ...state,
        messages: new Map(state.messages).set(data.messageId, { ...data, matched: null, revision }),
        published: new Map(state.published).set(data.messageId, data.bodyHash),
      };
    case 'SubscriptionAdded':
      return { ...state, subscriptions: new Set(state.subscriptions).add(data.subscription) };
    case 'SubscriptionRemoved':
      return remove(state, data.subscription);
    case 'MessageMatched':
      return match(state, data.messageId, data.subscription);
    case 'MessageDelivered':
      return remove(settle(state, data.messageId), data.subscription);
    case 'MessageReturned':
      return remove(match(state, data.messageId, null), data.subscription);
    case 'MessageExpired':
      return settle(state, data.messageId);
  }
}

function match(state: MessageState, id: string, matched: string | null): MessageState {
  const message = state.messages.get(id);
  return message ? { ...state, messages: new Map(state.messages).set(id, { ...message, matched }) } : state;
}

function settle(state: MessageState, id: string): MessageState {
  const messages = new Map(state.messages);
  messages.delete(id);
  return { ...state, messages };
}

function remove(state: MessageState, subscription: string): MessageState {
  const subscriptions = new Set(state.subscriptions);
  subscriptions.delete(subscription);
  // A process starts again and again by the same name.
  const gone = isStart(subscription) ? state.gone : new Set(state.gone).add(subscription);
  return { ...state, subscriptions, gone };
}

const startPrefix = 'start:';

/** A process that begins with a message. */
export interface MessageStart {
  readonly process: string;
  /** The start that needs other events as well; null: the message begins a case by itself. */
  readonly element: string | null;
}

/**
 * All that begins with a message, as one subscription that is never used up: the message is used up once each has got it.
 * `start:<process>`, or `start:<process>#<element>`; several are parted by spaces, which no id holds.
 */
export const startOf = (starts: readonly MessageStart[]): string =>
  startPrefix +
  starts.map(({ process, element }) => (element === null ? process : `${process}#${element}`)).join(' ');

export const startOfProcess = (process: string): string => startOf([{ process, element: null }]);

export const isStart = (subscription: string): boolean => subscription.startsWith(startPrefix);

/** What a matched start is of; empty: it is a case's subscription. */
export const startsIn = (subscription: string): readonly MessageStart[] =>
  isStart(subscription)
    ? subscription
        .slice(startPrefix.length)
        .split(' ')
        .map((it) => {
          const [process = '', element = null] = it.split('#');
          return { process, element };
        })
    : [];
