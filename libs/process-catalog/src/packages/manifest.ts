import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from '@iter/platform/ids';

/** Who a package comes from: code in the index of public administrations, and name. */
export interface PackageOrigin {
  readonly body: string;
  readonly name: string;
}

/** Another package, for ever: what it was called and exactly what was in it. */
export interface PackageRef {
  readonly origin: PackageOrigin;
  readonly key: string;
  readonly version: string;
  readonly contentHash: string;
}

/** What the authors say of a process in its `package.yaml`. */
export interface PackageDescription {
  /** Semantic version: `1.2.0`. */
  readonly version: string;
  /** SPDX identifier. */
  readonly licence: string;
  readonly origin: PackageOrigin;
  readonly authors: readonly string[];
  readonly summary: { readonly it: string; readonly en: string };
  /** The package that this one was adopted from and adapts; null: it is new. */
  readonly basedOn: PackageRef | null;
}

export interface PackedFile {
  /** Below the archive's root, `/` between names. */
  readonly path: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** `manifest.json` of a package. */
export interface PackageManifest extends PackageDescription {
  readonly format: 'iter-package/1';
  /** Key of the process that the package is about. */
  readonly key: string;
  readonly name: string;
  /** Keys of the processes in it: that one, what it calls, and what its scenarios play with. */
  readonly processes: readonly string[];
  /** Keys of the terms, and names of the ladders, that they use. */
  readonly terms: readonly string[];
  readonly ladders: readonly string[];
  readonly files: readonly PackedFile[];
  /** Of the files alone, whoever packs them: `sha256:…`. */
  readonly contentHash: string;
}

/** `signature.json` of a package: Ed25519 over the canonical JSON (RFC 8785) of its manifest. */
export interface PackageSignature {
  readonly algorithm: 'Ed25519';
  /** SubjectPublicKeyInfo, DER, base64. */
  readonly publicKey: string;
  /** Base64. */
  readonly signature: string;
}

export type PackageFiles = ReadonlyMap<string, Uint8Array>;

export const sha256 = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex');

/** The files of a package as its manifest lists them, by path. */
export const listed = (files: PackageFiles): readonly PackedFile[] =>
  [...files]
    .map(([path, content]) => ({ path, sha256: sha256(content), sizeBytes: content.byteLength }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

/** The same for the same files, wherever and by whomever they are packed. */
export const contentHashOf = (files: readonly PackedFile[]): string =>
  `sha256:${sha256(canonicalJson(files.map(({ path, sha256: hash }) => ({ path, hash }))))}`;

export const signManifest = (manifest: PackageManifest, key: KeyObject): PackageSignature => ({
  algorithm: 'Ed25519',
  publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
  signature: sign(null, Buffer.from(canonicalJson(manifest)), key).toString('base64'),
});

/** Whether somebody who holds the key has signed exactly this manifest. Who that is, the fingerprint says to those who know it. */
export function isSigned(manifest: unknown, { publicKey, signature }: PackageSignature): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, Buffer.from(canonicalJson(manifest)), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** How people tell keys apart: SHA-256 of the public key, in groups of four. */
export const fingerprintOf = ({ publicKey }: PackageSignature): string =>
  sha256(Buffer.from(publicKey, 'base64'))
    .slice(0, 32)
    .replaceAll(/(.{4})(?!$)/g, '$1 ');
