import { emptyMessages, evolveMessages, isStart } from './stream.ts';
import type { Match, MessageEvent, MessageState, Published } from './stream.ts';

export type MessageCommand =
  | { readonly type: 'PublishMessage'; readonly message: Published }
  /** A case begins to await messages of this stream. */
  | { readonly type: 'AddSubscription'; readonly subscription: string }
  /** It awaits no more, for whatever reason. */
  | { readonly type: 'RemoveSubscription'; readonly subscription: string }
  /** Somebody who does not subscribe here by himself could take this message: a start, or one found by name. */
  | ({ readonly type: 'OfferMessage' } & Match)
  | ({ readonly type: 'ConfirmDelivery' } & Match)
  | ({ readonly type: 'ReturnMessage'; readonly code: string } & Match)
  | { readonly type: 'ExpireMessage'; readonly messageId: string };

/**
 * Decides what a command adds to a stream; nothing when it was done before, so that every command may be repeated
 * and may come late. Pure.
 *
 * The oldest message that waits goes to the subscription that waits longest; a message on its way is nobody else's until
 * its case has taken or refused it.
 * @param now a message whose time is over by then is not matched any more
 */
export function decideMessages(
  state: MessageState,
  command: MessageCommand,
  now: string,
): readonly MessageEvent[] {
  const first = firstOf(state, command, now);
  if (first.length === 0) return [];
  const after = first.reduce(evolveMessages, state);
  return [...first, ...meet(after, now), ...expired(after, command, now)];
}

function firstOf(state: MessageState, command: MessageCommand, now: string): readonly MessageEvent[] {
  switch (command.type) {
    case 'PublishMessage':
      return state.published.has(command.message.messageId)
        ? []
        : [{ type: 'MessagePublished', data: command.message }];
    case 'AddSubscription': {
      const { subscription } = command;
      if (state.subscriptions.has(subscription) || state.gone.has(subscription)) return [];
      return [{ type: 'SubscriptionAdded', data: { subscription } }];
    }
    case 'RemoveSubscription':
      return removed(state, command.subscription);
    case 'OfferMessage':
      return offered(state, command, now);
    case 'ConfirmDelivery':
      return confirmed(state, command);
    case 'ReturnMessage': {
      const { messageId, subscription, code } = command;
      if (state.messages.get(messageId)?.matched !== subscription) return [];
      return [{ type: 'MessageReturned', data: { messageId, subscription, code } }];
    }
    case 'ExpireMessage': {
      const message = state.messages.get(command.messageId);
      const isOver = message && message.matched === null && message.expiresAt <= now;
      return isOver ? [{ type: 'MessageExpired', data: { messageId: message.messageId } }] : [];
    }
  }
}

/** A subscription that never came here is remembered as gone: it may still be on its way. */
function removed(state: MessageState, subscription: string): readonly MessageEvent[] {
  return state.gone.has(subscription) ? [] : [{ type: 'SubscriptionRemoved', data: { subscription } }];
}

function offered(
  state: MessageState,
  { messageId, subscription }: Match,
  now: string,
): readonly MessageEvent[] {
  const message = state.messages.get(messageId);
  if (!message || message.matched !== null || message.expiresAt < now) return [];
  if (state.gone.has(subscription) || isTaken(state, subscription)) return [];
  return [{ type: 'MessageMatched', data: { messageId, subscription } }];
}

/** What the case says counts, also for a message that is on its way to another by now. */
function confirmed(state: MessageState, { messageId, subscription }: Match): readonly MessageEvent[] {
  if (state.messages.has(messageId)) return [{ type: 'MessageDelivered', data: { messageId, subscription } }];
  return isStart(subscription) ? [] : removed(state, subscription);
}

/** The oldest message that waits, with the subscription that waits longest. After one command there is at most one pair. */
function meet(state: MessageState, now: string): readonly MessageEvent[] {
  const free = [...state.subscriptions].find((it) => !isTaken(state, it));
  if (free === undefined) return [];
  for (const { messageId, matched, expiresAt } of state.messages.values()) {
    if (matched !== null || expiresAt < now) continue;
    return [{ type: 'MessageMatched', data: { messageId, subscription: free } }];
  }
  return [];
}

function isTaken({ messages }: MessageState, subscription: string): boolean {
  if (isStart(subscription)) return false;
  for (const { matched } of messages.values()) if (matched === subscription) return true;
  return false;
}

/** A message that is not kept at all, or whose time ran out while it was on its way, ends when nobody takes it. */
function expired(state: MessageState, command: MessageCommand, now: string): readonly MessageEvent[] {
  const id =
    command.type === 'PublishMessage'
      ? command.message.messageId
      : command.type === 'ReturnMessage'
        ? command.messageId
        : null;
  const message = id === null ? undefined : state.messages.get(id);
  if (!message || message.expiresAt > now) return [];
  const isMatched = meet(state, now).some(
    (event) => event.type === 'MessageMatched' && event.data.messageId === message.messageId,
  );
  return isMatched ? [] : [{ type: 'MessageExpired', data: { messageId: message.messageId } }];
}

/** A whole stream, folded. */
export const foldMessages = (events: readonly MessageEvent[]): MessageState =>
  events.reduce(evolveMessages, emptyMessages);
