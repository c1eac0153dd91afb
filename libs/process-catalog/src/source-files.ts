import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { JsonObject } from '@iter/event-store';
import { canonicalJson } from '@iter/platform/ids';
import { readAct, readForm } from '@iter/process-model';
import type { ActTemplate, Form, Problem } from '@iter/process-model';
import { once } from './once.ts';

/** A file to deploy: BPMN (`.bpmn`), DMN (`.dmn`), a form-js form (`.form`, `.json`) or the template of an act (`.md`). */
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

/** The template of an act, as authored and as read. */
export interface SourceAct {
  readonly file: string;
  readonly text: string;
  readonly act: ActTemplate;
}

/** Templates by folder and name; null: it is there, and has an error. */
export type SourceActs = ReadonlyMap<string, SourceAct | null>;

/**
 * The template of a name that a diagram's tasks draft from: of `acts/` in the folder of the diagram, or of no folder, since
 * two processes may have templates of one name.
 */
export function actOf(acts: SourceActs, diagram: string, template: string): SourceAct | null | undefined {
  return acts.get(placeOfAct(folderOf(diagram), template)) ?? acts.get(placeOfAct('', template));
}

const placeOfAct = (folder: string, name: string): string => `${folder}|${name}`;

const folderOf = (file: string): string => file.replaceAll('\\', '/').replace(/\/?[^/]*$/, '');

export interface SortedFiles {
  readonly bpmn: readonly SourceFile[];
  readonly dmn: readonly SourceFile[];
  /** By form id. */
  readonly forms: ReadonlyMap<string, SourceForm>;
  readonly acts: SourceActs;
  readonly problems: readonly Problem[];
}

// What lies beside many diagrams is read once for all of them.
const formIn = once(({ name: file, text }: SourceFile) => {
  const { form, problems } = readForm(text, { file });
  return { form: form && { file, form, schema: JSON.parse(text) as JsonObject }, problems };
});

const actIn = once(({ name: file, text }: SourceFile) => {
  const folder = folderOf(file);
  const name = basename(file.slice(folder.length), '.md');
  const place = placeOfAct(folder.replace(/(^|\/)acts$/, ''), name);
  const { act, problems } = readAct(text, name, { file });
  return { name, place, act: act && { file, text, act }, problems };
});

/** Tells diagrams, decisions, forms and templates apart and reads the last two; everything else is a problem, never ignored. */
export function sortFiles(files: readonly SourceFile[]): SortedFiles {
  const bpmn: SourceFile[] = [];
  const dmn: SourceFile[] = [];
  const forms = new Map<string, SourceForm>();
  const acts = new Map<string, SourceAct | null>();
  const problems: Problem[] = [];
  const problem = (file: string, rule: string, message: string): void => {
    problems.push({
      severity: 'error',
      file,
      line: 1,
      column: 1,
      element: '',
      rule,
      message,
      language: 'it',
    });
  };
  for (const file of files) {
    const kind = extname(file.name).toLowerCase();
    if (kind === '.bpmn' || kind === '.xml') bpmn.push(file);
    else if (kind === '.dmn') dmn.push(file);
    else if (kind === '.form' || kind === '.json') {
      const { form: read, problems: found } = formIn(file);
      problems.push(...found);
      if (!read) continue;
      const { id } = read.form;
      const other = forms.get(id);
      if (other) problem(file.name, 'form-duplicate', `Il modulo ${id} è anche in ${other.file}.`);
      else forms.set(id, read);
    } else if (kind === '.md') {
      const { name, place, act, problems: found } = actIn(file);
      problems.push(...found);
      if (acts.has(place))
        problem(file.name, 'act-duplicate', `Il modello di atto ${name} è in più di un file.`);
      else acts.set(place, act);
    } else {
      const message = 'Si installano file .bpmn e .dmn, moduli .form o .json e modelli di atti .md.';
      problem(file.name, 'file-unknown', message);
    }
  }
  return { bpmn, dmn, forms, acts, problems };
}

/** The files of one process folder: `*.bpmn`, `*.dmn`, `forms/*` and `acts/*`. */
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
  return [
    ...(await read(folder, /\.(bpmn|dmn)$/)),
    ...(await read(join(folder, 'forms'), /\.(json|form)$/)),
    ...(await read(join(folder, 'acts'), /\.md$/)),
  ];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The address of a definition: SHA-256, hex, over process key, diagram file, the forms that its tasks name and the templates
 * of the acts that they draft. The same bytes give the same address; a changed form is another definition, because it
 * changes what may be entered, and a changed template, because it changes what is said. Two processes of one file have
 * addresses of their own.
 */
export const definitionHash = (
  key: string,
  xml: string,
  forms: ReadonlyMap<string, JsonObject>,
  acts: ReadonlyMap<string, string> = new Map(),
): string =>
  sha256(
    canonicalJson({
      key,
      xml: sha256(xml),
      forms: Object.fromEntries(forms),
      // Left out where there are none: such definitions have had their address for longer than there are acts.
      ...(acts.size > 0 && { acts: Object.fromEntries(acts) }),
    }),
  );
