import { openZip, packZip, shownPath } from '@iter/platform/archive';
import type { ArchiveFault } from '@iter/platform/archive';
import { fingerprintOf, isSigned } from '@iter/platform/signatures';
import type { Signature } from '@iter/platform/signatures';
import { readManifest, readSignature } from './description.ts';
import { contentHashOf, listed } from './manifest.ts';
import type { PackageFiles, PackageManifest } from './manifest.ts';

/** What an archive may hold, unpacked. */
export const archiveLimits = { files: 3_000, fileBytes: 5 * 1024 * 1024, bytes: 64 * 1024 * 1024 } as const;

export type ArchiveProblem = {
  readonly code:
    | ArchiveFault['code']
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
  signature: Signature | null,
): Uint8Array {
  const written = (value: unknown): Uint8Array =>
    new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
  const entries: [string, Uint8Array][] = [
    [manifestName, written(manifest)],
    ...(signature ? [[signatureName, written(signature)] as [string, Uint8Array]] : []),
    ...[...files].sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  return packZip(entries);
}

/**
 * Opens an archive and checks that it is whole: every file that the manifest lists is there with its hash, and no other;
 * and that its signature, when it has one, is of this manifest. Nothing of it is trusted before.
 */
export function openArchive(archive: Uint8Array): OpenedPackage | readonly ArchiveProblem[] {
  const unpacked = openZip(archive, archiveLimits);
  if ('fault' in unpacked) return [unpacked.fault];
  const files = new Map(unpacked.entries);
  const text = (name: string): string | null => {
    const content = files.get(name);
    files.delete(name);
    return content ? new TextDecoder().decode(content) : null;
  };
  const [head, signed] = [text(manifestName), text(signatureName)];
  const read = readManifest(head ?? '');
  if ('problem' in read) return [{ code: 'manifest-invalid', message: `manifest.json: ${read.problem}` }];
  const manifest = read.value;
  const problems = filesAgainst(manifest, files);
  if (problems.length > 0) return problems;
  if (signed === null) return { manifest, files, fingerprint: null };
  const signature = readSignature(signed);
  if ('problem' in signature || !isSigned(manifest, signature.value)) {
    return [{ code: 'signature-invalid', message: 'La firma non è di questo contenuto.' }];
  }
  return { manifest, files, fingerprint: fingerprintOf(signature.value) };
}

function filesAgainst(
  { files: expected, contentHash }: PackageManifest,
  files: PackageFiles,
): ArchiveProblem[] {
  const found = new Map(listed(files).map((file) => [file.path, file]));
  const problems = expected.flatMap(({ path, sha256 }): ArchiveProblem[] => {
    const it = found.get(path);
    if (!it) return [{ code: 'file-missing', message: `Manca ${shownPath(path)}.` }];
    return it.sha256 === sha256
      ? []
      : [{ code: 'hash-differs', message: `${shownPath(path)} non è quello dichiarato.` }];
  });
  const known = new Set(expected.map(({ path }) => path));
  for (const path of found.keys()) {
    if (!known.has(path))
      problems.push({ code: 'file-unlisted', message: `${shownPath(path)} non è dichiarato.` });
  }
  if (problems.length === 0 && contentHashOf([...found.values()]) !== contentHash) {
    problems.push({ code: 'hash-differs', message: 'L’impronta del contenuto non è quella dichiarata.' });
  }
  return problems;
}
