import { describe, expect, it } from '@jest/globals';
import { decideMessages, foldMessages } from './decide.ts';
import type { MessageCommand } from './decide.ts';
import { isStart, startOf, startOfProcess, startsIn } from './stream.ts';
import type { MessageEvent, Published } from './stream.ts';

const t = (minute: number): string => `2026-03-06T09:${String(minute).padStart(2, '0')}:00.000Z`;
const message = (messageId: string, expiresAt = t(30)): Published => ({
  ...{
    messageId,
    name: 'n',
    expiresAt,
    keyless: false,
    named: [],
    thrownBy: null,
    bodyHash: `h-${messageId}`,
  },
});
const publish = (id: string, expiresAt?: string): MessageCommand => ({
  type: 'PublishMessage',
  message: message(id, expiresAt),
});
const add = (subscription: string): MessageCommand => ({ type: 'AddSubscription', subscription });
const remove = (subscription: string): MessageCommand => ({ type: 'RemoveSubscription', subscription });
const confirm = (messageId: string, subscription: string): MessageCommand => ({
  ...{ type: 'ConfirmDelivery', messageId, subscription },
});
const giveBack = (messageId: string, subscription: string): MessageCommand => ({
  ...{ type: 'ReturnMessage', messageId, subscription, code: 'message-not-awaited' },
});
const offer = (messageId: string, subscription: string): MessageCommand => ({
  ...{ type: 'OfferMessage', messageId, subscription },
});

/** What the last command adds after the others, one a minute, in short. */
function after(...commands: readonly MessageCommand[]): readonly string[] {
  const events: MessageEvent[] = [];
  let added: readonly MessageEvent[] = [];
  commands.forEach((command, minute) => {
    added = decideMessages(foldMessages(events), command, t(minute));
    events.push(...added);
  });
  return added.map(({ type, data }) =>
    [type, 'messageId' in data && data.messageId, 'subscription' in data && data.subscription]
      .filter(Boolean)
      .join(' '),
  );
}

describe('a message stream', () => {
  it('keeps what nobody awaits, and gives it to the first who does', () => {
    expect(after(publish('a'))).toEqual(['MessagePublished a']);
    expect(after(publish('a'), publish('b'), add('1'))).toEqual([
      'SubscriptionAdded 1',
      'MessageMatched a 1',
    ]);
    expect(after(publish('a'), publish('b'), add('1'), add('2'))).toEqual([
      'SubscriptionAdded 2',
      'MessageMatched b 2',
    ]);
  });

  it('gives a message to whoever waits longest', () => {
    expect(after(add('1'), add('2'), publish('a'))).toEqual(['MessagePublished a', 'MessageMatched a 1']);
    expect(after(add('1'), add('2'), publish('a'), publish('b'))).toEqual([
      'MessagePublished b',
      'MessageMatched b 2',
    ]);
    expect(after(add('1'), publish('a'), publish('b'))).toEqual(['MessagePublished b']);
  });

  it('counts what is said twice once', () => {
    expect(after(publish('a'), publish('a'))).toEqual([]);
    expect(after(publish('a'), add('1'), confirm('a', '1'), publish('a'))).toEqual([]);
    expect(after(add('1'), add('1'))).toEqual([]);
    expect(after(add('1'), remove('1'), add('1'))).toEqual([]);
    expect(after(publish('a'), add('1'), confirm('a', '1'), confirm('a', '1'))).toEqual([]);
    expect(after(publish('a'), add('1'), giveBack('a', '1'), giveBack('a', '1'))).toEqual([]);
  });

  it('remembers a subscription that ended before it came', () => {
    expect(after(remove('1'), add('1'))).toEqual([]);
  });

  it('takes a message back in its old place, and gives it to the next', () => {
    expect(after(publish('a'), publish('b'), add('1'), giveBack('a', '1'), add('2'))).toEqual([
      'SubscriptionAdded 2',
      'MessageMatched a 2',
    ]);
    expect(after(publish('a'), add('1'), add('2'), remove('1'), giveBack('a', '1'))).toEqual([
      'MessageReturned a 1',
      'MessageMatched a 2',
    ]);
  });

  it('does not take a message back from somebody who had it and lost it again', () => {
    expect(
      after(publish('a'), add('1'), add('2'), giveBack('a', '1'), confirm('a', '2'), giveBack('a', '1')),
    ).toEqual([]);
    expect(after(publish('a'), add('1'), add('2'), giveBack('a', '1'), giveBack('a', '1'))).toEqual([]);
  });

  it('believes the case that has a message, and frees who was to get it', () => {
    expect(
      after(publish('a'), add('1'), giveBack('a', '1'), add('2'), publish('b'), confirm('a', '1')),
    ).toEqual(['MessageDelivered a 1', 'MessageMatched b 2']);
  });

  it('ends a message when its time is over, but not while it is on its way', () => {
    const expire: MessageCommand = { type: 'ExpireMessage', messageId: 'a' };
    expect(after(publish('a', t(5)), expire)).toEqual([]);
    expect(after(publish('a', t(1)), expire)).toEqual(['MessageExpired a']);
    expect(after(publish('a', t(1)), expire, add('1'))).toEqual(['SubscriptionAdded 1']);
    expect(after(publish('a', t(1)), add('1'), expire)).toEqual([]);
    expect(after(publish('a', t(0)), add('1'))).toEqual(['SubscriptionAdded 1']);
    expect(after(publish('a', t(1)), add('1'), giveBack('a', '1'))).toEqual([
      'MessageReturned a 1',
      'MessageExpired a',
    ]);
  });

  it('that is not kept goes to who waits now, or to nobody', () => {
    expect(after(publish('a', t(0)))).toEqual(['MessagePublished a', 'MessageExpired a']);
    expect(after(add('1'), publish('a', t(1)))).toEqual(['MessagePublished a', 'MessageMatched a 1']);
  });

  it('can be offered to one who does not subscribe here, and to a process again and again', () => {
    const start = startOfProcess('p');
    expect(after(publish('a'), offer('a', '1'))).toEqual(['MessageMatched a 1']);
    expect(after(publish('a'), offer('a', '1'), offer('a', '2'))).toEqual([]);
    expect(after(publish('a'), publish('b'), offer('a', '1'), offer('b', '1'))).toEqual([]);
    expect(after(publish('a'), offer('a', '1'), giveBack('a', '1'), offer('a', '1'))).toEqual([]);
    expect(after(publish('a'), publish('b'), offer('a', start), offer('b', start))).toEqual([
      `MessageMatched b ${start}`,
    ]);
    expect(after(publish('a'), offer('a', start), giveBack('a', start), offer('a', start))).toEqual([
      `MessageMatched a ${start}`,
    ]);
  });

  it('names all that begins with it in one subscription', () => {
    const starts = [
      { process: 'p', element: null },
      { process: 'q', element: 's_1' },
    ];
    expect(startOf(starts)).toBe('start:p q#s_1');
    expect(startsIn(startOf(starts))).toEqual(starts);
    expect(startsIn(startOfProcess('p'))).toEqual([starts[0]]);
    expect([startsIn('1.k'), isStart('1.k'), isStart(startOf(starts))]).toEqual([[], false, true]);
  });
});
