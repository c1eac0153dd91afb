import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { parseProcesses } from '@iter/process-model';
import { contentHashOf, listed, readDescription } from '@iter/process-catalog/packages';
import type { PackageFiles, PackageManifest } from '@iter/process-catalog/packages';
import { parseDocument } from 'yaml';
import type { Document } from 'yaml';
import { WrongInput } from '../output.ts';
import { readScenario } from '../scenario/index.ts';
import { catalogueFolder, readText, scenariosBelow, withCalled } from '../world/files.ts';

/** A process with all that belongs to it, as it lies in folders. */
export interface Collected {
  readonly manifest: PackageManifest;
  readonly files: PackageFiles;
}

/** Authors describe their package in this file beside the diagram. */
export const descriptionFile = 'package.yaml';

/**
 * Collects what belongs to the process of a folder: its own files and those of the processes that it calls or that its
 * scenarios play with, the terms and ladders that they name. So it runs, and its scenarios play, wherever it is put (ADR 17).
 * @throws WrongInput when the folder holds no process, or its `package.yaml` is missing or wrong
 */
export async function collect(folder: string): Promise<Collected> {
  const key = basename(resolve(folder));
  const diagram = join(folder, `${key}.bpmn`);
  if (!existsSync(diagram))
    throw new WrongInput(`there is no ${diagram}: a package is about the process of a folder`);
  const described = readDescription(
    existsSync(join(folder, descriptionFile)) ? readText(join(folder, descriptionFile)) : '',
  );
  if ('problem' in described)
    throw new WrongInput(`${join(folder, descriptionFile)} is no description: ${described.problem}`);

  const folders = foldersFor(folder);
  const files = new Map<string, Uint8Array>();
  for (const each of folders) {
    for (const path of filesBelow(each))
      files.set(
        `processes/${basename(each)}/${relative(each, path).replaceAll('\\', '/')}`,
        readFileSync(path),
      );
  }
  const texts = [...files.values()].map((content) => new TextDecoder().decode(content));
  const catalogue = catalogueFolder([diagram]);
  const terms = entries(catalogue, 'terms', 'terms', (name) => texts.some((text) => mentions(text, name)));
  const withTerms = [...texts, ...terms.files.values()];
  const ladders = entries(catalogue, 'ladders', 'ladders', (name) =>
    withTerms.some((text) => mentions(text, name)),
  );
  const questions = entries(catalogue, 'terms', 'questions', (name) =>
    withTerms.some((text) => mentions(text, name)),
  );
  for (const [path, text] of [...terms.files, ...ladders.files, ...questions.files]) {
    files.set(path, new TextEncoder().encode(text));
  }

  const { models } = await parseProcesses(readText(diagram));
  const packed = listed(files);
  const manifest: PackageManifest = {
    format: 'iter-package/1',
    key,
    name: models[0]?.name ?? key,
    ...described.value,
    processes: folders.map((it) => basename(it)).sort(),
    terms: terms.names,
    ladders: ladders.names,
    files: packed,
    contentHash: contentHashOf(packed),
  };
  return { manifest, files };
}

/** The folder of a process, and those of all that it and they call, or name by `with` in their scenarios. */
function foldersFor(folder: string): readonly string[] {
  const found = new Set([resolve(folder)]);
  for (const each of found) {
    const named = scenariosBelow(each).flatMap((file) => readScenario(file, readText(file)).with ?? []);
    for (const { name } of withCalled([join(each, `${basename(each)}.bpmn`)], named))
      if (name.endsWith('.bpmn')) found.add(dirname(resolve(name)));
  }
  return [...found];
}

/** The files of a process: no hidden ones, and not the description, which says who packs it. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && !/(^|\/)\./.test(relative(folder, join(entry.parentPath, entry.name))),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => basename(path) !== descriptionFile && statSync(path).isFile())
    .sort();

/** Whether a text names something, and not only something longer. */
const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`).test(text);

interface Entries {
  readonly names: readonly string[];
  /** By path in the package. */
  readonly files: ReadonlyMap<string, string>;
}

/** The entries of a list of the catalogue that are wanted, in files as they lie there, with their comments. */
function entries(
  catalogue: string,
  kind: 'terms' | 'ladders',
  list: string,
  wanted: (name: string) => boolean,
): Entries {
  const names = new Set<string>();
  const files = new Map<string, string>();
  for (const file of readdirSync(join(catalogue, kind))
    .filter((it) => /\.ya?ml$/.test(it))
    .sort()) {
    const document: Document = parseDocument(readText(join(catalogue, kind, file)), { schema: 'core' });
    const found = document.get(list);
    if (!isSequence(found)) continue;
    found.items = found.items.filter((item) => {
      const name = ['key', 'name', 'id']
        .map((field) => item.get(field))
        .find((it) => typeof it === 'string') as string;
      if (!wanted(name)) return false;
      names.add(name);
      return true;
    });
    if (found.items.length > 0) files.set(`${kind}/${file}`, document.toString({ lineWidth: 0 }));
  }
  return { names: [...names].sort(), files };
}

interface Sequence {
  items: { get(field: string): unknown }[];
}
const isSequence = (value: unknown): value is Sequence =>
  typeof value === 'object' && value !== null && Array.isArray((value as { items?: unknown }).items);
