import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { JsonObject } from '@iter/event-store';
import { canonicalJson } from '@iter/platform/ids';
import { readForm } from '@iter/process-model';
import type { Form, Problem } from '@iter/process-model';

/** A file to deploy: BPMN (`.bpmn`), DMN (`.dmn`) or a form-js form (`.form`, `.json`). */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** A form of the files, as authored and as read. */
export interface SourceForm {
  readonly file: string;
  readonly schema: JsonObject;
  readonly form: Form;
}

export interface SortedFiles {
  readonly bpmn: readonly SourceFile[];
  readonly dmn: readonly SourceFile[];
  /** By form id. */
  readonly forms: ReadonlyMap<string, SourceForm>;
  readonly problems: readonly Problem[];
}

/** Tells diagrams, decisions and forms apart and reads the forms; everything that is neither is a problem, never ignored. */
export function sortFiles(files: readonly SourceFile[]): SortedFiles {
  const bpmn: SourceFile[] = [];
  const dmn: SourceFile[] = [];
  const forms = new Map<string, SourceForm>();
  const problems: Problem[] = [];
  const problem = (file: string, rule: string, message: string): void => {
    problems.push({ severity: 'error', file, line: 1, column: 1, element: '', rule, message });
  };
  for (const file of files) {
    const kind = extname(file.name).toLowerCase();
    if (kind === '.bpmn' || kind === '.xml') bpmn.push(file);
    else if (kind === '.dmn') dmn.push(file);
    else if (kind === '.form' || kind === '.json') {
      const { form, problems: found } = readForm(file.text, { file: file.name });
      problems.push(...found);
      const other = form && forms.get(form.id);
      if (other) problem(file.name, 'form-duplicate', `Il modulo ${form.id} è anche in ${other.file}.`);
      else if (form) {
        forms.set(form.id, { file: file.name, form, schema: JSON.parse(file.text) as JsonObject });
      }
    } else problem(file.name, 'file-unknown', 'Si installano file .bpmn e .dmn e moduli .form o .json.');
  }
  return { bpmn, dmn, forms, problems };
}

/** The files of one process folder: `*.bpmn`, `*.dmn` and `forms/*`. */
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
  return [...(await read(folder, /\.(bpmn|dmn)$/)), ...(await read(join(folder, 'forms'), /\.(json|form)$/))];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The address of a definition: SHA-256, hex, over process key, diagram file and the forms that its tasks name.
 * The same bytes give the same address; a changed form is another definition, because it changes what may be
 * entered. Two processes of one file have addresses of their own.
 */
export const definitionHash = (key: string, xml: string, forms: ReadonlyMap<string, JsonObject>): string =>
  sha256(canonicalJson({ key, xml: sha256(xml), forms: Object.fromEntries(forms) }));
