import { createHash } from 'node:crypto';
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
