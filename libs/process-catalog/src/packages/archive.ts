import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readManifest, readSignature } from './description.ts';
import { contentHashOf, fingerprintOf, isSigned, listed } from './manifest.ts';
import type { PackageFiles, PackageManifest, PackageSignature } from './manifest.ts';

/** What an archive may hold, unpacked. */
export const archiveLimits = { files: 3_000, fileBytes: 5 * 1024 * 1024, bytes: 64 * 1024 * 1024 } as const;

export type ArchiveProblem = {
  readonly code:
    | 'archive-unreadable'
    | 'archive-too-large'
    | 'path-unsafe'
    | 'manifest-invalid'
    | 'file-missing'
    | 'file-unlisted'
    | 'hash-differs'
    | 'signature-invalid';
  readonly message: string;
};

export interface OpenedPackage {
  readonly manifest: PackageManifest;
  /** Without manifest and signature. */
  readonly files: PackageFiles;
  /** How people tell who signed; null: nobody did. */
  readonly fingerprint: string | null;
}

const manifestName = 'manifest.json';
const signatureName = 'signature.json';

/** The archive of a package: the same bytes for the same content. @param signature null: unsigned */
export function packArchive(
  manifest: PackageManifest,
  files: PackageFiles,
  signature: PackageSignature | null,
): Uint8Array {
  const written = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(value, null, 2)}\n`);
  const entries: [string, Uint8Array][] = [
    [manifestName, written(manifest)],
    ...(signature ? [[signatureName, written(signature)] as [string, Uint8Array]] : []),
    ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  // The earliest date that a ZIP can say: when it was packed is nobody's business.
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: new Date(1980, 0, 1) });
}

/**
 * Opens an archive and checks that it is whole: every file that the manifest lists is there with its hash, and no other;
 * and that its signature, when it has one, is of this manifest. Nothing of it is trusted before.
 */
export function openArchive(archive: Uint8Array): OpenedPackage | readonly ArchiveProblem[] {
  const unpacked = unpack(archive);
  if ('problem' in unpacked) return [unpacked.problem];
  const { [manifestName]: head, [signatureName]: signed, ...rest } = unpacked.entries;
  const read = readManifest(head ? strFromU8(head) : '');
  if ('problem' in read) return [{ code: 'manifest-invalid', message: `manifest.json: ${read.problem}` }];
  const manifest = read.value;
  const files = new Map(Object.entries(rest));
  const problems = filesAgainst(manifest, files);
  if (problems.length > 0) return problems;
  if (!signed) return { manifest, files, fingerprint: null };
  const signature = readSignature(strFromU8(signed));
  if ('problem' in signature || !isSigned(manifest, signature.value)) {
    return [{ code: 'signature-invalid', message: 'La firma non è di questo contenuto.' }];
  }
  return { manifest, files, fingerprint: fingerprintOf(signature.value) };
}

type Unpacked =
  { readonly entries: Readonly<Record<string, Uint8Array>> } | { readonly problem: ArchiveProblem };

function unpack(archive: Uint8Array): Unpacked {
  let count = 0;
  let bytes = 0;
  let problem: ArchiveProblem | null = null;
  try {
    const entries = unzipSync(archive, {
      filter({ name, originalSize }) {
        if (name.endsWith('/')) return false;
        bytes += originalSize;
        if (
          ++count > archiveLimits.files ||
          bytes > archiveLimits.bytes ||
          originalSize > archiveLimits.fileBytes
        ) {
          problem ??= {
            code: 'archive-too-large',
            message: 'L’archivio contiene troppi file, o troppo grandi.',
          };
        } else if (!isSafe(name)) {
          problem ??= {
            code: 'path-unsafe',
            message: `L’archivio contiene un percorso non ammesso: ${shown(name)}`,
          };
        }
        return problem === null;
      },
    });
    return problem ? { problem } : { entries };
  } catch {
    const message = 'Il file non è un archivio ZIP leggibile.';
    return { problem: { code: 'archive-unreadable', message } };
  }
}

/** Names of folders and files that mean the same everywhere, and lead nowhere else. */
const isSafe = (path: string): boolean =>
  path.length <= 300 && path.split('/').every((name) => /^[A-Za-z0-9_][\w.-]*$/.test(name));

const shown = (name: string): string => JSON.stringify(name.slice(0, 80));

function filesAgainst(
  { files: expected, contentHash }: PackageManifest,
  files: PackageFiles,
): ArchiveProblem[] {
  const found = new Map(listed(files).map((file) => [file.path, file]));
  const problems = expected.flatMap(({ path, sha256 }): ArchiveProblem[] => {
    const it = found.get(path);
    if (!it) return [{ code: 'file-missing', message: `Manca ${shown(path)}.` }];
    return it.sha256 === sha256
      ? []
      : [{ code: 'hash-differs', message: `${shown(path)} non è quello dichiarato.` }];
  });
  const known = new Set(expected.map(({ path }) => path));
  for (const path of found.keys()) {
    if (!known.has(path))
      problems.push({ code: 'file-unlisted', message: `${shown(path)} non è dichiarato.` });
  }
  if (problems.length === 0 && contentHashOf(listed(files)) !== contentHash) {
    problems.push({ code: 'hash-differs', message: 'L’impronta del contenuto non è quella dichiarata.' });
  }
  return problems;
}
