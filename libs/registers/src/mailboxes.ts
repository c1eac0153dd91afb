import type { Label } from '@iter/platform/words';

export const mailboxKinds = ['CERTIFIED_MAIL', 'MAIL'] as const;
/** What a mailbox is for: the protocol's is the body's digital domicile. Norm: D.Lgs. 82/2005 artt. 6-ter, 47. */
export const mailboxPurposes = ['PROTOCOL', 'DISCIPLINE', 'STAFF', 'OTHER'] as const;

/** A mailbox of a body, as the index of public administrations (IPA) has it: public. */
export interface Mailbox {
  /** In small letters; unique in the body. */
  readonly address: string;
  readonly kind: (typeof mailboxKinds)[number];
  readonly purpose: (typeof mailboxPurposes)[number];
}

export const mostMailboxes = 20;

/** Why a mailbox cannot be recorded beside the others; null: it can. */
export function mailboxFault({ address, kind, purpose }: Mailbox, others: readonly Mailbox[]): Label | null {
  if (address.length > 254 || !/^[a-z0-9._%+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(address)) {
    return { it: 'L’indirizzo della casella non è valido.', en: 'The address of the mailbox is not valid.' };
  }
  if (!mailboxKinds.includes(kind))
    return {
      it: `Il tipo della casella è uno di ${mailboxKinds.join(', ')}.`,
      en: `The kind of the mailbox is one of ${mailboxKinds.join(', ')}.`,
    };
  if (!mailboxPurposes.includes(purpose))
    return {
      it: `L’uso della casella è uno di ${mailboxPurposes.join(', ')}.`,
      en: `The use of the mailbox is one of ${mailboxPurposes.join(', ')}.`,
    };
  return others.length >= mostMailboxes
    ? {
        it: `Un ente ha al massimo ${mostMailboxes} caselle.`,
        en: `A body has at most ${mostMailboxes} mailboxes.`,
      }
    : null;
}

/** From where a body sends acts: a certified mailbox, the protocol’s before all others; null: it has none. */
export function sendingMailbox(mailboxes: readonly Mailbox[]): string | null {
  const certified = mailboxes.filter(({ kind }) => kind === 'CERTIFIED_MAIL');
  return (certified.find(({ purpose }) => purpose === 'PROTOCOL') ?? certified[0])?.address ?? null;
}
