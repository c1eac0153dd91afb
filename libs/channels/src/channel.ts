/** A letter to one person. Its texts hold no personal data: they go through servers that are not ours. */
export interface Mail {
  /** Stable: the same letter sent again bears the same one, so that the receiver's server or reader can tell. */
  readonly messageId: string;
  /** One address, nothing else. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * What became of a letter: the server answers for it; or it never will take this one (`refused`); or not now, or nobody
 * knows (`later`): the same letter is then sent again. `code` says why, for operators: it never holds an address.
 */
export type Sent =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'later'; readonly code: string };

/** A way out of the house. An adapter each. */
export interface MailChannel {
  /** Where it leads, for operators: host and port, no secret. */
  readonly name: string;
  /** Answers within `patienceMs`, whatever the other side does; never throws. */
  send(mail: Mail): Promise<Sent>;
  close(): void;
}

/** Shorter than the lease under which a letter is sent, so that nobody else sends it meanwhile. */
export const patienceMs = 15_000;
