import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { WrongInput } from '../output.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Reads a file of the command line. @throws WrongInput when it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongInput(
      `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown error'}`,
    );
  }
}

const listFiles = (folder: string, pattern: RegExp): NamedText[] =>
  existsSync(folder) && statSync(folder).isDirectory()
    ? readdirSync(folder)
        .filter((name) => pattern.test(name))
        .sort()
        .map((name) => ({ name: join(folder, name), text: readText(join(folder, name)) }))
    : [];

/** The files given, and the forms that lie in `forms/` beside a diagram, as authors keep them. */
export function withForms(files: readonly string[]): NamedText[] {
  const given = files.map((name) => ({ name, text: readText(name) }));
  const folders = new Set(
    files.filter((name) => name.endsWith('.bpmn')).map((name) => join(dirname(resolve(name)), 'forms')),
  );
  const known = new Set(files.map((name) => resolve(name)));
  const beside = [...folders].flatMap((folder) => listFiles(folder, /\.(json|form)$/));
  return [...given, ...beside.filter(({ name }) => !known.has(resolve(name)))];
}

const builtIn = resolve(import.meta.dirname, '..', '..', '..', '..', 'processes');

/** What a catalogue is made of. */
const parts = ['terms', 'ladders', 'schemas'];

/**
 * The folder with `terms`, `ladders` and their `schemas` that belongs to some files: the nearest one at or above them, else
 * the tool's own.
 */
export function catalogueFolder(files: readonly string[]): string {
  for (const file of files) {
    for (let folder = dirname(resolve(file)); folder !== dirname(folder); folder = dirname(folder)) {
      if (parts.every((part) => existsSync(join(folder, part)))) return folder;
    }
  }
  return builtIn;
}

/** The scenario files at or below a folder or file, sorted by name. */
export function scenariosBelow(path: string): string[] {
  if (!existsSync(path)) throw new WrongInput(`${path} does not exist`);
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.scenario\.ya?ml$/.test(entry.name) && !entry.parentPath.includes('node_modules'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
