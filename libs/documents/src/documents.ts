import type { Label } from '@iter/platform/words';
import { createHash } from 'node:crypto';
import type { ContentStore } from './content-store.ts';
import { safeName } from './file-name.ts';
import { allowedExtensions, fileTypeOf } from './file-type.ts';

/** 25 MB: what a certified mailbox takes, and a scan of a long file needs. */
export const maxDocumentBytes = 25 * 1024 * 1024;

/** Encrypts content with the case's data key; `@iter/platform/sealing` implements it. */
export interface ContentSealer {
  keyFor(group: string): Promise<{ readonly id: string; sealBytes(name: string, plain: Uint8Array): Buffer }>;
  unsealBytes(keyId: string, name: string, box: Uint8Array): Promise<Buffer | null>;
}

/** What a document is, for the command that attaches it (`AttachDocument`). */
export interface KeptDocument {
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Hex; with the case it names the content. */
  readonly sha256: string;
}

export interface DocumentRejection {
  readonly code: 'document-too-large' | 'document-empty' | 'document-type-not-allowed';
  readonly message: Label;
}

export type Keeping =
  | { readonly outcome: 'kept'; readonly document: KeptDocument }
  | { readonly outcome: 'rejected'; readonly rejection: DocumentRejection };

export interface Documents {
  /**
   * Checks a file and keeps its content, encrypted; the log learns of it by the command that follows. Keeping the
   * same content again changes nothing.
   */
  keep(caseId: string, name: string, content: Buffer): Promise<Keeping>;
  /**
   * The content in clear; null when it is not there, or was erased with its key. Who may read is decided before.
   * @throws ContentAltered when what is stored is not what was filed
   */
  read(caseId: string, sha256: string): Promise<Buffer | null>;
  /** Forgets content that no event of the case names: the command that should have attached it was refused. */
  discard(caseId: string, sha256: string): Promise<void>;
}

/** The content does not match its hash, or cannot be decrypted: it was altered after it was filed. */
export class ContentAltered extends Error {
  override readonly name = 'ContentAltered';
}

const sealedName = (caseId: string, sha256: string): string => `document|${caseId}|${sha256}`;

export function createDocuments(ports: {
  readonly store: ContentStore;
  readonly sealer: ContentSealer;
}): Documents {
  const { store, sealer } = ports;
  return {
    async keep(caseId, name, content) {
      const rejection = check(name, content);
      if (rejection) return { outcome: 'rejected', rejection };
      const sha256 = createHash('sha256').update(content).digest('hex');
      const key = await sealer.keyFor(`case-${caseId}`);
      await store.put(caseId, sha256, {
        keyId: key.id,
        box: key.sealBytes(sealedName(caseId, sha256), content),
      });
      const safe = safeName(name);
      const mediaType = fileTypeOf(safe, content) as string;
      return { outcome: 'kept', document: { name: safe, mediaType, sizeBytes: content.length, sha256 } };
    },
    async read(caseId, sha256) {
      const stored = await store.get(caseId, sha256);
      if (!stored) return null;
      let content: Buffer | null;
      try {
        content = await sealer.unsealBytes(stored.keyId, sealedName(caseId, sha256), stored.box);
      } catch (cause) {
        throw new ContentAltered(`document ${sha256} of case ${caseId} was altered`, { cause });
      }
      if (content && createHash('sha256').update(content).digest('hex') !== sha256) {
        throw new ContentAltered(`document ${sha256} of case ${caseId} does not match its hash`);
      }
      return content;
    },
    discard: (caseId, sha256) => store.remove(caseId, sha256),
  };
}

function check(name: string, content: Buffer): DocumentRejection | null {
  if (content.length === 0)
    return { code: 'document-empty', message: { it: 'Il file è vuoto.', en: 'The file is empty.' } };
  if (content.length > maxDocumentBytes) {
    const most = maxDocumentBytes / 1024 / 1024;
    return {
      code: 'document-too-large',
      message: { it: `Il file supera ${most} MB.`, en: `The file is larger than ${most} MB.` },
    };
  }
  if (fileTypeOf(safeName(name), content) !== null) return null;
  const allowed = allowedExtensions.join(', ');
  return {
    code: 'document-type-not-allowed',
    message: {
      it: `Si accettano solo file ${allowed}, con un contenuto che corrisponde all’estensione.`,
      en: `Only files ${allowed} are taken, whose content is what the extension says.`,
    },
  };
}
