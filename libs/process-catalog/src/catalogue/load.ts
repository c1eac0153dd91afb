import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogueInvalid, createCatalogue } from './catalogue.ts';
import type { TermCatalogue } from './catalogue.ts';
import { createCatalogueReader } from './read.ts';
import type { ReadCatalogueFile } from './read.ts';

/** The reader for the files of a folder, by the schemas that lie in its `schemas`. */
export function loadCatalogueReader(folder: string): (text: string, file: string) => ReadCatalogueFile {
  const schema = (name: string): object =>
    JSON.parse(readFileSync(join(folder, 'schemas', `${name}.schema.json`), 'utf8')) as object;
  return createCatalogueReader({
    terms: schema('terms'),
    ladders: schema('ladders'),
    questions: schema('questions'),
  });
}

/**
 * The catalogue kept beside the processes: `terms/*.yaml` (with the open questions) and `ladders/*.yaml` of a folder, checked against its `schemas`.
 * @throws CatalogueInvalid with every problem, its file and line
 */
export function loadCatalogue(folder: string): TermCatalogue {
  const read = loadCatalogueReader(folder);
  const files = ['terms', 'ladders'].flatMap((kind) =>
    readdirSync(join(folder, kind))
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => read(readFileSync(join(folder, kind, name), 'utf8'), join(kind, name))),
  );
  const problems = files.flatMap((file) => file.problems);
  if (problems.length > 0) throw new CatalogueInvalid(problems);
  return createCatalogue(
    files.flatMap(({ terms }) => terms),
    files.flatMap(({ ladders }) => ladders),
    files.flatMap(({ questions }) => questions),
  );
}
