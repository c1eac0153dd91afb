import { judgeReceipt, readDaticert, readPecMail, signedParts } from '@iter/channels/pec';
import type { Daticert, Judgement, PecHeading, SentLetter } from '@iter/channels/pec';
import { checkCms } from '@iter/documents/signatures';
import type { Signature } from '@iter/engine';

/** What a mail, or the certified data of one, is. */
export interface FoundMail {
  /**
   * `receipt` of a provider; `envelope`: what a certified mailbox sent; `anomaly`: what came from outside certified mail;
   * `plain`: no certified mail; `unreadable`: what it is cannot be told.
   */
  readonly kind: 'receipt' | 'envelope' | 'anomaly' | 'plain' | 'unreadable';
  /** Why it is unreadable: a code of the reader. */
  readonly fault: string | null;
  readonly heading: Pick<PecHeading, 'from' | 'subject' | 'answers'> | null;
  readonly daticert: Daticert | null;
  /** Null: it is not signed, so nothing says who made it. */
  readonly signature: Signature | null;
}

/** Reads a mail with the signature of its provider. */
export async function readCertifiedMail(source: Uint8Array): Promise<FoundMail> {
  const [read, signature] = [await readPecMail(source), await providerSignature(source)];
  if (!read.ok) {
    return { kind: 'unreadable', fault: read.fault.code, heading: null, daticert: null, signature };
  }
  const { mail } = read;
  const daticert = mail.kind === 'receipt' || mail.kind === 'envelope' ? mail.daticert : null;
  return { kind: mail.kind, fault: null, heading: mail.heading, daticert, signature };
}

/** Reads `daticert.xml` alone: nobody has signed it as it is. */
export function readCertifiedData(file: Uint8Array): FoundMail {
  const read = readDaticert(file);
  const none = { heading: null, signature: null };
  if (!read.ok) return { kind: 'unreadable', fault: read.fault.code, daticert: null, ...none };
  const kind = read.daticert.kind === 'transport' ? 'envelope' : 'receipt';
  return { kind, fault: null, daticert: read.daticert, ...none };
}

/** Whether what the provider signed is what is there. Whose certificate it is, nobody checks. */
export async function providerSignature(source: Uint8Array): Promise<Signature | null> {
  const parts = signedParts(source);
  if (!parts) return null;
  const { state, signers } = await checkCms(parts.signature, parts.content);
  return { format: 'S/MIME', state, count: signers };
}

/** What a receipt does to a letter; null: it is none of that letter. */
export function judgeFound(found: FoundMail, letter: SentLetter, now: string): Judgement | null {
  if (found.kind !== 'receipt' || !found.daticert) return null;
  const isAltered = found.signature?.state === 'altered';
  return judgeReceipt(letter, found.daticert, { now, isAltered });
}
