import type { Label } from '@iter/platform/words';

/** How somebody wants what is not peremptory: never by mail, as it comes, or once a day. */
export const deliveries = ['off', 'immediate', 'digest'] as const;
export type Delivery = (typeof deliveries)[number];

/** A calendar address that somebody has made: whoever knows the secret reads the deadlines that its owner may see. */
export interface CalendarFeed {
  readonly id: string;
  readonly name: string;
  /** `mine`: of the cases that the owner takes part in; else the IPA code of a body. */
  readonly scope: string;
  /** SHA-256 of the secret, hex; the secret itself is kept nowhere. */
  readonly secretHash: string;
  readonly createdAt: string;
}

/** How the house reaches a person. */
export interface Contact {
  /** Null: the person has given none. */
  readonly email: string | null;
  readonly delivery: Delivery;
  /** Those in force, oldest first. */
  readonly feeds: readonly CalendarFeed[];
}

export const noContact: Contact = { email: null, delivery: 'immediate', feeds: [] };

export type ContactEvent =
  | { type: 'EmailAddressSet'; data: { email: string | null } }
  | { type: 'DeliveryChosen'; data: { delivery: Delivery } }
  /** The cause of a test mail: its id is the letter's. */
  | { type: 'TestMailAsked'; data: Record<string, never> }
  | { type: 'CalendarFeedCreated'; data: CalendarFeed }
  | { type: 'CalendarFeedRevoked'; data: { id: string } };

/** Addresses and names are sealed. A hash of 256 random bits tells nothing. */
export const contactClearFields: Readonly<Record<ContactEvent['type'], readonly string[]>> = {
  EmailAddressSet: [],
  DeliveryChosen: ['delivery'],
  TestMailAsked: [],
  CalendarFeedCreated: ['id', 'scope', 'secretHash', 'createdAt'],
  CalendarFeedRevoked: ['id'],
};

export type ContactCommand =
  | { type: 'SetContact'; email: string | null; delivery: Delivery }
  | { type: 'AskTestMail' }
  | { type: 'CreateFeed'; id: string; name: string; scope: string; secretHash: string }
  | { type: 'RevokeFeed'; id: string };

export interface ContactRejection {
  readonly code: 'email-invalid' | 'email-missing' | 'feed-not-found' | 'too-many-feeds';
  readonly message: Label;
}

export const mostFeeds = 20;

/**
 * One address as mail servers take it: no name, no group, no list, no sign that means something in a header.
 * Source: RFC 5321 § 4.1.2 (Dot-string), RFC 5321 § 4.5.3.1 for the lengths
 */
export const emailPattern =
  /^(?=.{3,254}$)(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/;

export function evolveContact(contact: Contact, event: ContactEvent): Contact {
  switch (event.type) {
    case 'EmailAddressSet':
      // Absent once the person was erased.
      return { ...contact, email: event.data.email ?? null };
    case 'DeliveryChosen':
      return { ...contact, delivery: event.data.delivery };
    case 'CalendarFeedCreated':
      return { ...contact, feeds: [...contact.feeds, { ...event.data, name: event.data.name ?? '' }] };
    case 'CalendarFeedRevoked':
      return { ...contact, feeds: contact.feeds.filter(({ id }) => id !== event.data.id) };
    default:
      return contact;
  }
}

/** What a command adds; setting what is set already adds nothing. Pure. */
export function decideContact(
  contact: Contact,
  command: ContactCommand,
  now: string,
): readonly ContactEvent[] | ContactRejection {
  switch (command.type) {
    case 'SetContact': {
      const { email, delivery } = command;
      if (email !== null && !emailPattern.test(email)) {
        return refuse('email-invalid', {
          it: 'Non è un indirizzo di posta valido, per esempio nome@ente.it.',
          en: 'Not a valid e-mail address, such as name@body.it.',
        });
      }
      return [
        ...(email === contact.email ? [] : [{ type: 'EmailAddressSet', data: { email } } as const]),
        ...(delivery === contact.delivery ? [] : [{ type: 'DeliveryChosen', data: { delivery } } as const]),
      ];
    }
    case 'AskTestMail':
      if (contact.email === null)
        return refuse('email-missing', {
          it: 'Indicare prima un indirizzo di posta.',
          en: 'Give an e-mail address first.',
        });
      return [{ type: 'TestMailAsked', data: {} }];
    case 'CreateFeed': {
      const { type: _, ...feed } = command;
      if (contact.feeds.some(({ id }) => id === feed.id)) return [];
      if (contact.feeds.length >= mostFeeds) {
        return refuse('too-many-feeds', {
          it: `Al massimo ${mostFeeds} calendari: revocarne uno che non serve più.`,
          en: `At most ${mostFeeds} calendars: revoke one that is no longer needed.`,
        });
      }
      return [{ type: 'CalendarFeedCreated', data: { ...feed, createdAt: now } }];
    }
    case 'RevokeFeed':
      if (contact.feeds.some(({ id }) => id === command.id)) {
        return [{ type: 'CalendarFeedRevoked', data: { id: command.id } }];
      }
      return refuse('feed-not-found', {
        it: 'Il calendario non esiste o è già stato revocato.',
        en: 'The calendar does not exist or was revoked already.',
      });
  }
}

const refuse = (code: ContactRejection['code'], message: Label): ContactRejection => ({ code, message });
