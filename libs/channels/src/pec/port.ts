import type { Sent } from '../channel.ts';

/** What is sent by certified mail. Subject and text go through servers that are not ours: no personal data in them. */
export interface CertifiedLetter {
  /** Ours, stable, without angle brackets: a letter sent again bears the same one, and its receipts name it. */
  readonly messageId: string;
  /** One address each, at least one. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly files: readonly CertifiedFile[];
}

export interface CertifiedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/**
 * How far a mailbox was read. When the server begins to count anew (`validity` changes) everything is read again: who
 * reads must know each mail by what it says.
 */
export interface MailboxPlace {
  readonly validity: string;
  /** The last one read. */
  readonly uid: number;
}

/**
 * `accepted`: the provider's server took it over, no more; whether the provider accepted it is said by the receipt.
 * `notTo` are the addresses of `to` that the server refused: for them no receipt will come.
 */
export type Submitted =
  | { readonly outcome: 'accepted'; readonly notTo: readonly string[] }
  | Exclude<Sent, { readonly outcome: 'accepted' }>;

export interface FetchedMail {
  readonly place: MailboxPlace;
  /** As it came, whole; null when it is larger than a mail of this kind can be. */
  readonly source: Uint8Array | null;
  readonly bytes: number;
}

/** In the order of arrival; `place` is where to go on; `code` says why there was no reading. */
export type Fetched =
  | {
      readonly outcome: 'read';
      readonly mails: readonly FetchedMail[];
      readonly place: MailboxPlace;
      readonly more: boolean;
    }
  | { readonly outcome: 'later'; readonly code: string };

/** A mailbox of certified mail, both ways. An adapter each. */
export interface CertifiedMailChannel {
  /** Where it leads, for operators: hosts and ports, no secret. */
  readonly name: string;
  /** Gives a letter to the provider; answers within `patienceMs`, never throws. */
  send(letter: CertifiedLetter): Promise<Submitted>;
  /** Reads what came after a place, from the beginning without one; changes nothing in the mailbox, never throws. */
  fetch(after: MailboxPlace | null): Promise<Fetched>;
  close(): void;
}
