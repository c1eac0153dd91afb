import { unzipSync, zipSync } from 'fflate';

/** The content of a ZIP, by path: `/` between names. */
export type Entries = ReadonlyMap<string, Uint8Array>;

export interface ArchiveLimits {
  readonly files: number;
  /** Of one file, and of all together, unpacked. */
  readonly fileBytes: number;
  readonly bytes: number;
}

export interface ArchiveFault {
  readonly code: 'archive-unreadable' | 'archive-too-large' | 'path-unsafe';
  /** In Italian, for people. */
  readonly message: string;
}

/** A ZIP with the entries in their order: the same bytes for the same entries. */
export const packZip = (entries: Iterable<readonly [string, Uint8Array]>): Uint8Array =>
  // The earliest date that a ZIP can say: when it was packed is nobody's business.
  zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(1980, 0, 1) });

/**
 * Unpacks a ZIP that anybody may have made: names that lead elsewhere, too many files and too large ones are refused before
 * anything is unpacked. Folders are left out.
 */
export function openZip(
  archive: Uint8Array,
  limits: ArchiveLimits,
): { readonly entries: Entries } | { readonly fault: ArchiveFault } {
  let count = 0;
  let bytes = 0;
  let fault: ArchiveFault | null = null;
  try {
    const entries = unzipSync(archive, {
      filter({ name, size, originalSize }) {
        if (name.endsWith('/')) return false;
        // What is stored as it is takes its own size, whatever else it says; several entries may lie in the same place.
        const unpacked = Math.max(size, originalSize);
        bytes += unpacked;
        if (++count > limits.files || bytes > limits.bytes || unpacked > limits.fileBytes) {
          fault ??= {
            code: 'archive-too-large',
            message: 'L’archivio contiene troppi file, o troppo grandi.',
          };
        } else if (!isSafePath(name)) {
          const message = `L’archivio contiene un percorso non ammesso: ${shownPath(name)}`;
          fault ??= { code: 'path-unsafe', message };
        }
        return fault === null;
      },
    });
    return fault ? { fault } : { entries: new Map(Object.entries(entries)) };
  } catch {
    return { fault: { code: 'archive-unreadable', message: 'Il file non è un archivio ZIP leggibile.' } };
  }
}

/** Names of folders and files that mean the same everywhere, and lead nowhere else. */
const isSafePath = (path: string): boolean =>
  path.length <= 300 && path.split('/').every((name) => /^[A-Za-z0-9_][\w.-]*$/.test(name));

/** A path as a message may show it. */
export const shownPath = (path: string): string => JSON.stringify(path.slice(0, 80));
