import { relative, resolve } from 'node:path';
import { checkEach } from '@iter/process-catalog';
import type { KnownTerms } from '@iter/process-catalog';
import {
  CatalogueInvalid,
  knownTerms,
  loadCatalogue,
  loadCatalogueReader,
} from '@iter/process-catalog/catalogue';
import type { Problem } from '@iter/process-model';
import { findingOf } from '../finding.ts';
import { complain, print, printJson } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { catalogueFolder, withFolders, withForms, withNeighbours } from '../world/files.ts';
import type { NamedText } from '../world/files.ts';

/**
 * Parses and validates diagrams, decisions, forms, templates of acts, terms and ladders as a deployment would, each by itself, and what
 * they refer to among one another; of a folder all that it holds. `0` when no file has an error.
 */
export async function check(
  paths: readonly string[],
  options: { readonly json?: boolean },
): Promise<ExitStatus> {
  const files = withFolders(paths);
  const all = withForms(files);
  const isCatalogue = (name: string): boolean => /\.ya?ml$/i.test(name);
  const others = withNeighbours(files.filter((name) => !isCatalogue(name)));
  const found = new Map<string, readonly Problem[]>([
    ...(await checkEach(others, 'warning', termsFor(files))),
    ...checkCatalogue(all.filter(({ name }) => isCatalogue(name))),
  ]);
  // Templates belong to the diagram that they lie beside, and are judged with it.
  const templates = all.filter(({ name }) => name.endsWith('.md') && !files.includes(name));
  const results = [...files, ...templates.map(({ name }) => shown(name))].map((file) => ({
    file,
    problems: (found.get(file) ?? found.get(resolve(file)) ?? []).map(({ file: _, ...problem }) => problem),
  }));
  if (options.json) printJson({ files: results });
  else {
    for (const { file, problems } of results) {
      for (const problem of problems) print(findingOf(problem, file));
    }
  }
  return results.some(({ problems }) => problems.some(({ severity }) => severity === 'error')) ? 1 : 0;
}

/** The terms that deadlines may name: those of the catalogue beside the files, read when the first is looked up. */
function termsFor(files: readonly string[]): KnownTerms {
  let read: KnownTerms | null = null;
  const terms = (): KnownTerms => (read ??= readTerms(files));
  return {
    hasTerm: (key) => terms().hasTerm(key),
    hasLadder: (name) => terms().hasLadder(name),
    hasBase: (key, name) => terms().hasBase(key, name),
  };
}

function readTerms(files: readonly string[]): KnownTerms {
  try {
    return knownTerms(loadCatalogue(catalogueFolder(files)));
  } catch (error) {
    if (!(error instanceof CatalogueInvalid)) throw error;
    complain(`${error.message}\nTerms of deadlines are not looked up.`);
    return { hasTerm: () => true, hasLadder: () => true, hasBase: () => true };
  }
}

/** Files of terms and ladders, by the tool's own schemas. */
function checkCatalogue(files: readonly NamedText[]): ReadonlyMap<string, readonly Problem[]> {
  if (files.length === 0) return new Map();
  const read = loadCatalogueReader(catalogueFolder([]));
  return new Map(files.map(({ name, text }) => [name, read(text, name).problems]));
}

/** The path from here where there is a short one. */
const shown = (file: string): string => {
  const path = relative('', file);
  return path.startsWith('..') ? file : path;
};
