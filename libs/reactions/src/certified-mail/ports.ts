import type { CaseState, DeliveryReceipt, DraftedFile, Signature, Variables } from '@iter/engine';
import type { Pool } from 'pg';
import type { JobNow } from '../service-tasks/activate.ts';
import type { JobAnswers } from '../service-tasks/built-in.ts';
import type { CommandSide } from '../through-commands.ts';

/** How a letter leaves and mail comes in; `CertifiedMailChannel` of `@iter/channels` fits. Never throws. */
export interface CertifiedMailbox {
  readonly name: string;
  send(letter: {
    readonly messageId: string;
    readonly to: readonly string[];
    readonly subject: string;
    readonly text: string;
    readonly files: readonly {
      readonly name: string;
      readonly mediaType: string;
      readonly content: Uint8Array;
    }[];
  }): Promise<
    { readonly outcome: 'accepted' } | { readonly outcome: 'refused' | 'later'; readonly code: string }
  >;
  fetch(after: Place | null): Promise<
    | {
        readonly outcome: 'read';
        readonly mails: readonly { readonly place: Place; readonly source: Uint8Array | null }[];
        readonly place: Place;
        readonly more: boolean;
      }
    | { readonly outcome: 'later'; readonly code: string }
  >;
}

export interface Place {
  readonly validity: string;
  readonly uid: number;
}

/** What a mail is, as far as it can be told from itself. */
export interface ReadMail {
  /** `receipt` of a provider; `envelope`: what a certified mailbox sent us; `anomaly`, `plain`: not certified; else why not. */
  readonly kind: string;
  readonly from: string | null;
  readonly subject: string;
  /** The letter that a receipt is about, or those that a message answers, the last first; without angle brackets. */
  readonly about: readonly string[];
  readonly at: string | null;
}

/** What a receipt does to the letter that it is about. */
export interface JudgedReceipt {
  /** The letter has it already. */
  readonly isKnown: boolean;
  readonly receipt: DeliveryReceipt;
  readonly signature: Signature | null;
  /** Null: nothing is decided by it. */
  readonly gives: { readonly message: string; readonly variables: Variables } | null;
}

export interface CertifiedMailPorts {
  readonly mailbox: CertifiedMailbox;
  /** The mailbox's own address: what stands behind its @ ends the message ids. */
  readonly address: string;
  read(source: Uint8Array): Promise<ReadMail>;
  /** @returns null when the mail is no receipt of this letter */
  judge(source: Uint8Array, letter: Letter, now: string): Promise<JudgedReceipt | null>;
  /** Null: there is no such case, or it can no longer be read. */
  caseNow(caseId: string): Promise<CaseState | null>;
  readonly jobNow: JobNow;
  readonly answers: JobAnswers;
  readonly execute: CommandSide['execute'];
  readonly files: {
    read(caseId: string, sha256: string): Promise<Buffer | null>;
    /** @throws when it is nothing that may be filed */
    keep(caseId: string, name: string, content: Buffer): Promise<DraftedFile>;
    discard(caseId: string, sha256: string): Promise<void>;
  };
  readonly vault: MailVault;
  /** How long the answer of a server that fell silent is awaited in the mailbox before the letter is sent again; 2 minutes. */
  readonly graceMs?: number;
  /** How often what is pending is looked through; 5 s. */
  readonly everyMs?: number;
  /** How often the mailbox is read; 20 s. */
  readonly readEveryMs?: number;
}

export interface Letter {
  readonly messageId: string;
  readonly to: readonly string[];
  readonly submittedAt: string;
  readonly receipts: readonly DeliveryReceipt[];
}

/** Mails of which nobody knows yet whose they are, encrypted with a key of their own. */
export interface MailVault {
  seal(name: string, plain: Uint8Array): Promise<{ readonly keyId: string; readonly box: Buffer }>;
  open(name: string, keyId: string, box: Buffer): Promise<Buffer | null>;
}

export interface CertifiedMailParts extends CertifiedMailPorts {
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly worker: string;
}
