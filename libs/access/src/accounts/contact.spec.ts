import { describe, expect, it } from '@jest/globals';
import { decideContact, emailPattern, evolveContact, mostFeeds, noContact } from './contact.ts';
import type { Contact, ContactCommand, ContactEvent } from './contact.ts';
import { withoutLabour } from '../../../../test/support/labour.ts';

const now = '2026-03-06T09:00:00.000Z';
const feed = (id: string): ContactCommand => ({
  type: 'CreateFeed',
  ...{ id, name: 'Le mie', scope: 'mine', secretHash: `hash-${id}` },
});
/** The contact after these commands, each of which must be taken. */
const after = (...commands: ContactCommand[]): Contact =>
  commands.reduce((contact, command) => {
    const decided = decideContact(contact, command, now);
    if (!Array.isArray(decided)) throw new Error(JSON.stringify(decided));
    return (decided as readonly ContactEvent[]).reduce(evolveContact, contact);
  }, noContact);

describe('how the house reaches a person', () => {
  const set: ContactCommand = { type: 'SetContact', email: 'olga@provincia.example', delivery: 'digest' };

  it('is set, taken back, and set twice adds nothing', () => {
    const contact = after(set);
    expect(contact).toMatchObject({ email: 'olga@provincia.example', delivery: 'digest' });
    expect(decideContact(contact, set, now)).toEqual([]);
    expect(decideContact(contact, { ...set, delivery: 'off' }, now)).toEqual([
      { type: 'DeliveryChosen', data: { delivery: 'off' } },
    ]);
    expect(after(set, { ...set, email: null }).email).toBeNull();
  });

  it('is not asked for a test where there is no address', () => {
    expect(decideContact(noContact, { type: 'AskTestMail' }, now)).toMatchObject({ code: 'email-missing' });
    expect(decideContact(after(set), { type: 'AskTestMail' }, now)).toHaveLength(1);
  });

  it('has feeds, made once by the same command, revoked once, and not too many', () => {
    const one = after(feed('a'));
    expect(one.feeds).toEqual([
      { id: 'a', name: 'Le mie', scope: 'mine', secretHash: 'hash-a', createdAt: now },
    ]);
    expect(decideContact(one, feed('a'), now)).toEqual([]);
    expect(after(feed('a'), { type: 'RevokeFeed', id: 'a' }).feeds).toEqual([]);
    expect(decideContact(noContact, { type: 'RevokeFeed', id: 'a' }, now)).toMatchObject({
      code: 'feed-not-found',
    });
    const full = after(...Array.from({ length: mostFeeds }, (_, n) => feed(`f${n}`)));
    expect(decideContact(full, feed('more'), now)).toMatchObject({ code: 'too-many-feeds' });
  });

  it('is forgotten with the key of the person', () => {
    const contact = evolveContact(after(set), { type: 'EmailAddressSet', data: {} as never });
    expect(contact.email).toBeNull();
    const { type: _, name: __, ...rest } = feed('a') as ContactCommand & { type: 'CreateFeed' };
    const erased = evolveContact(noContact, {
      type: 'CalendarFeedCreated',
      data: { ...rest, createdAt: now } as never,
    });
    expect(erased.feeds[0]!.name).toBe('');
  });

  it.each([
    ['olga@provincia.example', true],
    ['o.l-g+a@sub.provincia.example', true],
    [`${'a'.repeat(64)}@b.example`, true],
    [`${'a'.repeat(65)}@b.example`, false],
    [`a@${'b'.repeat(250)}.example`, false],
    ['a@b', false],
    ['a@-b.example', false],
    ['.a@b.example', false],
    ['a..b@c.example', false],
    ['a@b.example ', false],
    ['a@b.example\r\nRCPT TO:<c@d.example>', false],
    ['a@b.example,c@d.example', false],
    ['<a@b.example>', false],
    ['à@b.example', false],
  ])('takes %j as an address: %s', async (text, fits) => {
    expect(await withoutLabour(50, () => emailPattern.test(text))).toBe(fits);
  });
});
