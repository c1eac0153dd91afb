/** Content of a document, sealed. */
export interface SealedContent {
  readonly keyId: string;
  /** iv, ciphertext and tag. */
  readonly box: Buffer;
}

/** Where sealed content lies: by case and SHA-256 of the plain content. The same content in a case is kept once. */
export interface ContentStore {
  put(caseId: string, sha256: string, content: SealedContent): Promise<void>;
  get(caseId: string, sha256: string): Promise<SealedContent | null>;
  remove(caseId: string, sha256: string): Promise<void>;
  /** All that lies there of some cases. */
  removeAll(caseIds: readonly string[]): Promise<void>;
}

/** For tests and worlds in memory. */
export function createMemoryContents(): ContentStore {
  const contents = new Map<string, SealedContent>();
  const name = (caseId: string, sha256: string): string => `${caseId}/${sha256}`;
  return {
    put: async (caseId, sha256, content) => void contents.set(name(caseId, sha256), content),
    get: async (caseId, sha256) => contents.get(name(caseId, sha256)) ?? null,
    remove: async (caseId, sha256) => void contents.delete(name(caseId, sha256)),
    async removeAll(caseIds) {
      for (const it of contents.keys()) if (caseIds.includes(it.split('/')[0]!)) contents.delete(it);
    },
  };
}
