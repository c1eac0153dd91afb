import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
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

/** The files given, and the forms and templates that lie in `forms/` and `acts/` beside a diagram, as authors keep them. */
export function withForms(files: readonly string[]): NamedText[] {
  const given = files.map((name) => ({ name, text: readText(name) }));
  const folders = new Set(files.filter((name) => name.endsWith('.bpmn')).map((name) => dirname(name)));
  const known = new Set(files.map((name) => resolve(name)));
  const beside = [...folders].flatMap((folder) => [
    ...listFiles(join(folder, 'forms'), /\.(json|form)$/),
    ...listFiles(join(folder, 'acts'), /\.md$/),
  ]);
  return [...given, ...beside.filter(({ name }) => !known.has(resolve(name)))];
}

/**
 * What a case of these diagrams needs to run: they themselves with their forms, and each process that they call, or that
 * is named, when it lies beside them as `../<key>/<key>.bpmn`; with its forms and decisions, and what it calls in turn.
 * @param named keys of processes that a message of these starts
 * @throws WrongInput when a process that is named is not there
 */
export function withCalled(files: readonly string[], named: readonly string[] = []): NamedText[] {
  const texts = new Map(withForms(files).map(({ name, text }) => [resolve(name), { name, text }]));
  const diagrams = files.filter((name) => name.endsWith('.bpmn'));
  const wanted = diagrams.flatMap((name) => calledBy(texts.get(resolve(name))?.text ?? '', name));
  for (const key of named) {
    const beside = diagrams.map((name) => placeOf(key, name));
    if (!beside.some(existsSync))
      throw new WrongInput(`there is no process ${key} beside ${diagrams.join(', ')}`);
    wanted.push(...beside);
  }
  for (const place of wanted) {
    if (texts.has(place) || !existsSync(place)) continue;
    const decisions = listFiles(dirname(place), /\.dmn$/).map(({ name }) => name);
    const found = withForms([place, ...decisions]);
    for (const it of found) texts.set(resolve(it.name), it);
    wanted.push(...calledBy(found[0]?.text ?? '', place));
  }
  return [...texts.values()];
}

/**
 * What the references of these files are looked up in: they themselves, all that they call, and the processes beside
 * them that call them, which open the deadlines that a part only changes; each with the decisions beside it.
 */
export function withNeighbours(files: readonly string[]): NamedText[] {
  const diagrams = files.filter((name) => name.endsWith('.bpmn'));
  const callers = diagrams.flatMap((name) => callersOf(name));
  const decisions = [...diagrams, ...callers].flatMap((name) =>
    listFiles(dirname(name), /\.dmn$/).map((it) => it.name),
  );
  const given = new Map(files.map((name) => [resolve(name), name]));
  for (const name of [...decisions, ...callers])
    if (!given.has(resolve(name))) given.set(resolve(name), name);
  return withCalled([...given.values()]);
}

/** Only a process that lies in a folder of its name, as processes are kept, is looked for. */
function callersOf(diagram: string): string[] {
  const folder = dirname(resolve(diagram));
  if (basename(diagram) !== `${basename(folder)}.bpmn`) return [];
  const call = `processId="${basename(folder)}"`;
  return readdirSync(dirname(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== basename(folder))
    .map(({ name }) => join(dirname(folder), name, `${name}.bpmn`))
    .filter((place) => existsSync(place) && readText(place).includes(call));
}

const placeOf = (key: string, beside: string): string => resolve(dirname(beside), '..', key, `${key}.bpmn`);

/** Where the processes that a diagram calls would lie. One whose name is computed cannot be found in advance. */
const calledBy = (text: string, diagram: string): string[] =>
  [...text.matchAll(/<zeebe:calledElement\b[^>]*\bprocessId="([\w.-]+)"/g)].map(([, key = '']) =>
    placeOf(key, diagram),
  );

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

/** What `iter check` judges by itself: diagrams, decisions, forms where they are kept, terms and ladders. */
const isChecked = (folder: string, name: string): boolean =>
  /\.(bpmn|dmn|form)$/.test(name) ||
  (basename(folder) === 'forms' && name.endsWith('.json')) ||
  (/^(terms|ladders)$/.test(basename(folder)) && /\.ya?ml$/.test(name));

/**
 * Files as they are, and of a folder all in it and below that can be checked, sorted by name.
 * @throws WrongInput when a folder has none
 */
export function withFolders(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!existsSync(path) || statSync(path).isFile()) return [path];
    const found = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !relative(path, entry.parentPath).includes('node_modules'))
      .filter(({ parentPath, name }) => isChecked(resolve(parentPath), name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
    if (found.length > 0) return found;
    throw new WrongInput(
      `${path} holds nothing to check: no diagram (.bpmn), decision (.dmn), form (forms/*.json), terms or ladders (terms/*.yaml, ladders/*.yaml)`,
    );
  });
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
