import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ActorRef } from '@iter/event-store';
import type { DeploymentResult, ProcessCatalog } from './catalog.ts';
import { readProcessFolder } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

interface ProcessFolder {
  readonly folder: string;
  readonly files: readonly SourceFile[];
}

/**
 * Deploys every process folder of a directory (`<directory>/<name>/*.bpmn` with `forms/*.json`); what is deployed
 * already in the same bytes stays as it is. Processes that call one another are deployed together, because each may speak
 * of what the other declares.
 * @returns per folder, in the order of names; folders without a diagram are left out
 */
export async function loadFrom(
  catalog: ProcessCatalog,
  directory: string,
  by: { readonly actor: ActorRef; readonly tenant: string },
): Promise<readonly ({ readonly folder: string } & DeploymentResult)[]> {
  const results = new Map<string, { readonly folder: string } & DeploymentResult>();
  const found = await foldersOf(directory);
  for (const group of groupsOf(found)) {
    const { problems, ...result } = await catalog.deploy({
      files: group.flatMap(({ files }) => files),
      ...by,
    });
    for (const { folder } of group) {
      const own = problems.filter(({ file }) => file?.startsWith(`${folder}/`));
      results.set(folder, { folder, ...result, problems: own });
    }
  }
  return found.flatMap(({ folder }) => results.get(folder) ?? []);
}

const places: Readonly<Record<string, string>> = { '.json': 'forms/', '.form': 'forms/', '.md': 'acts/' };

async function foldersOf(directory: string): Promise<readonly ProcessFolder[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const folders: ProcessFolder[] = [];
  for (const folder of entries.flatMap((each) => (each.isDirectory() ? [each.name] : [])).sort()) {
    const read = await readProcessFolder(join(directory, folder));
    if (!read.some(({ name }) => name.endsWith('.bpmn'))) continue;
    const files = read.map(({ name, text }) => ({
      name: `${folder}/${places[extname(name).toLowerCase()] ?? ''}${name}`,
      text,
    }));
    folders.push({ folder, files });
  }
  return folders;
}

/** Folders that call one another, directly or through others, in the order of their first. */
function groupsOf(folders: readonly ProcessFolder[]): readonly (readonly ProcessFolder[])[] {
  const owner = new Map<string, ProcessFolder>();
  for (const it of folders)
    for (const key of named(it, /<(?:\w+:)?process\b[^>]*?\bid="([^"]+)"/g)) owner.set(key, it);
  const neighbours = new Map<ProcessFolder, Set<ProcessFolder>>(folders.map((it) => [it, new Set()]));
  for (const it of folders) {
    for (const key of named(it, /\b(?:processId|calledElement)="([^"=]+)"/g)) {
      const called = owner.get(key);
      if (!called) continue;
      neighbours.get(it)?.add(called);
      neighbours.get(called)?.add(it);
    }
  }
  const grouped = new Set<ProcessFolder>();
  return folders.flatMap((first) => {
    if (grouped.has(first)) return [];
    const group = new Set([first]);
    for (const it of group) for (const other of neighbours.get(it) ?? []) group.add(other);
    for (const it of group) grouped.add(it);
    return [[...group]];
  });
}

const named = ({ files }: ProcessFolder, pattern: RegExp): readonly string[] =>
  files
    .filter(({ name }) => name.endsWith('.bpmn'))
    .flatMap(({ text }) => [...text.matchAll(pattern)].map(([, key = '']) => key));
