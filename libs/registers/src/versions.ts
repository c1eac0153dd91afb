import type { Label } from '@iter/platform/words';
import { hash } from 'node:crypto';
import { canonicalJson } from '@iter/platform/ids';

/** Who changed an entry last, and when. */
export interface Change {
  readonly at: string;
  /** Account. */
  readonly by: string;
  readonly role: string;
}

/** What tells an entry from what it was before: the same content has the same version. Absent: there is none, and its version is empty. */
export const versionOf = (entry: object | null | undefined): string =>
  entry ? hash('sha256', canonicalJson(entry), 'hex').slice(0, 16) : '';

export interface ChangedRejection {
  readonly code: 'register-changed';
  readonly message: Label;
}

/** Somebody was faster: what is decided on the ground of what stood there before is not written over it. */
export const changedMeanwhile: ChangedRejection = {
  code: 'register-changed',
  message: {
    it: 'La voce è cambiata nel frattempo: va riletta.',
    en: 'The entry has changed meanwhile: read it again.',
  },
};
