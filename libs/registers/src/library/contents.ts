/** The most that a published archive may have, packed. */
export const maxArchiveBytes = 5 * 1024 * 1024;

/** Where what is published lies, by SHA-256 (hex). It is public: nothing of it is sealed. */
export interface PublicContents {
  /** Keeping the same again changes nothing. */
  put(sha256: string, content: Uint8Array): Promise<void>;
  get(sha256: string): Promise<Buffer | null>;
}
