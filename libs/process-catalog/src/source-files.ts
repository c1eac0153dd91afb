import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { JsonObject } from '@iter/event-store';
import { canonicalJson } from '@iter/platform/ids';
import type { Problem } from '@iter/process-model';

/** A file to deploy: BPMN (`.bpmn`) or a form-js form (`.form`, `.json`). */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

export interface SortedFiles {
  readonly bpmn: readonly SourceFile[];
  /** By form id. */
  readonly forms: ReadonlyMap<string, { readonly file: string; readonly schema: JsonObject }>;
  readonly problems: readonly Problem[];
}

/** Tells diagrams from forms; everything that is neither is a problem, never ignored. */
export function sortFiles(files: readonly SourceFile[]): SortedFiles {
  const bpmn: SourceFile[] = [];
  const forms = new Map<string, { file: string; schema: JsonObject }>();
  const problems: Problem[] = [];
  const problem = (file: string, rule: string, message: string): void => {
    problems.push({ severity: 'error', file, line: 1, column: 1, element: '', rule, message });
  };
  for (const file of files) {
    const kind = extname(file.name).toLowerCase();
    if (kind === '.bpmn' || kind === '.xml') bpmn.push(file);
    else if (kind === '.form' || kind === '.json') {
      const schema = parseObject(file.text);
      const id = typeof schema?.['id'] === 'string' ? schema['id'] : basename(file.name, extname(file.name));
      if (!schema || !Array.isArray(schema['components'])) {
        problem(file.name, 'form-invalid', 'Il modulo non è un oggetto JSON di form-js con «components».');
      } else if (forms.has(id)) {
        problem(file.name, 'form-duplicate', `Il modulo ${id} è anche in ${forms.get(id)?.file}.`);
      } else forms.set(id, { file: file.name, schema });
    } else problem(file.name, 'file-unknown', 'Si installano file .bpmn e moduli .form o .json.');
  }
  return { bpmn, forms, problems };
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

/** The files of one process folder: `*.bpmn` and `forms/*`. */
export async function readProcessFolder(folder: string): Promise<readonly SourceFile[]> {
  const read = async (path: string, wanted: RegExp): Promise<SourceFile[]> => {
    const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return Promise.all(
      names
        .filter((name) => wanted.test(name))
        .sort()
        .map(async (name) => ({ name, text: await readFile(join(path, name), 'utf8') })),
    );
  };
  return [...(await read(folder, /\.bpmn$/)), ...(await read(join(folder, 'forms'), /\.(json|form)$/))];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The address of a definition: SHA-256, hex, over process key, diagram file and the forms that its tasks name.
 * The same bytes give the same address; a changed form is another definition, because it changes what may be
 * entered. Two processes of one file have addresses of their own.
 */
export const definitionHash = (key: string, xml: string, forms: ReadonlyMap<string, JsonObject>): string =>
  sha256(canonicalJson({ key, xml: sha256(xml), forms: Object.fromEntries(forms) }));
