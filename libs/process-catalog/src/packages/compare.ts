import { createTwoFilesPatch } from 'diff';
import { parse } from 'yaml';
import { parseDecisions } from '@iter/dmn';
import { readAccepted } from '@iter/process-model';
import { changesBetween } from './changes.ts';
import type { Change, Tree } from './changes.ts';
import type { PackageFiles } from './manifest.ts';

/** What a file of a package is to people. */
export type Section =
  'drawing' | 'forms' | 'decisions' | 'acts' | 'terms' | 'ladders' | 'scenarios' | 'texts';

export interface FileChange extends Change {
  readonly section: Section;
  readonly file: string;
  /** Of texts: the lines that differ, as a patch. */
  readonly patch?: string;
}

const sections: readonly (readonly [RegExp, Section])[] = [
  [/\.bpmn$/, 'drawing'],
  [/\/forms\/[^/]+\.(json|form)$/, 'forms'],
  [/\.dmn$/, 'decisions'],
  [/\/acts\/[^/]+\.md$/, 'acts'],
  [/^terms\//, 'terms'],
  [/^ladders\//, 'ladders'],
  [/\.scenario\.ya?ml$/, 'scenarios'],
];

const sectionOf = (path: string): Section => sections.find(([pattern]) => pattern.test(path))?.[1] ?? 'texts';

/** What differs between two packages, drawing by drawing and datum by datum: what files say, not how they are written. */
export async function comparePackages(
  before: PackageFiles,
  after: PackageFiles,
): Promise<readonly FileChange[]> {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const found: FileChange[] = [];
  for (const file of paths) {
    const section = sectionOf(file);
    const [was, is] = [before.get(file), after.get(file)].map(
      (content) => content && new TextDecoder().decode(content),
    );
    if (was === is) continue;
    if (was === undefined) found.push({ section, file, path: '', kind: 'added' });
    else if (is === undefined) found.push({ section, file, path: '', kind: 'removed' });
    else found.push(...(await changesOf(section, file, was, is)));
  }
  return found;
}

async function changesOf(section: Section, file: string, was: string, is: string): Promise<FileChange[]> {
  const [a, b] = [await read(section, was), await read(section, is)];
  if (a === null || b === null) {
    const patch = createTwoFilesPatch(file, file, was, is, '', '', { context: 2 });
    return [{ section, file, path: '', kind: 'changed', patch }];
  }
  return changesBetween(a, b).map((change) => ({ section, file, ...change }));
}

/** What a file says, as a tree; null: it is a text, or cannot be read as what it should be. */
async function read(section: Section, content: string): Promise<Tree | null> {
  try {
    switch (section) {
      case 'drawing':
        return drawn(content);
      case 'decisions': {
        const { definitions } = await parseDecisions(content);
        return definitions && plain(definitions);
      }
      case 'forms':
        return JSON.parse(content) as Tree;
      case 'terms':
      case 'ladders':
      case 'scenarios':
        return parse(content, { schema: 'core' }) as Tree;
      default:
        return null;
    }
  } catch {
    return null;
  }
}

/** A drawing by its elements, each with all that it means, and whether it is drawn otherwise. */
function drawn(xml: string): Tree | null {
  const models = readAccepted(xml);
  if (models.length === 0) return null;
  const meaning = models.map(({ key, name, kind, versionTag, nodes, flows, lanes, personal, facts }) => ({
    ...{ key, name, kind, versionTag, lanes, personal, facts },
    elements: [...nodes.values()],
    flows: [...flows.values()],
  }));
  const layout = xml.slice(Math.max(0, xml.indexOf('<bpmndi:BPMNDiagram'))).replaceAll(/\s+/g, ' ');
  return { processes: plain(meaning), layout };
}

/** Where it stands in the file, and what is derived from other parts, says nothing of what is meant. */
const derived = new Set([
  'place',
  'hash',
  'incoming',
  'outgoing',
  'boundary',
  'scopes',
  'metBy',
  'names',
  'cheap',
  'shapes',
  'calls',
]);

/** Maps and frozen records as plain trees; expressions by their text. */
function plain(value: unknown): Tree {
  if (value === null || value === undefined) return null;
  if (value instanceof Map) return plain(Object.fromEntries(value as Map<string, unknown>));
  if (value instanceof Set) return plain([...value]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return typeof value === 'function' ? null : (value as Tree);
  const record = value as Readonly<Record<string, unknown>>;
  if (typeof record['text'] === 'string' && Array.isArray(record['names'])) return record['text'];
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name, it]) => !derived.has(name) && !isEmpty(it))
      .map(([name, it]) => [name, plain(it)]),
  );
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** Whose change it is, of those since a common origin. */
export type Side = 'ours' | 'theirs' | 'both' | 'conflict';

export interface SidedChange {
  readonly side: Side;
  readonly ours: FileChange | null;
  readonly theirs: FileChange | null;
}

/** What two sides have changed since a common origin; the same place changed otherwise by both is a conflict. */
export async function compareThree(
  origin: PackageFiles,
  ours: PackageFiles,
  theirs: PackageFiles,
): Promise<readonly SidedChange[]> {
  const at = (changes: readonly FileChange[]) => new Map(changes.map((it) => [`${it.file}|${it.path}`, it]));
  const [a, b] = [at(await comparePackages(origin, ours)), at(await comparePackages(origin, theirs))];
  return [...new Set([...a.keys(), ...b.keys()])].sort().map((key) => {
    const [mine, other] = [a.get(key) ?? null, b.get(key) ?? null];
    const agree = mine && other && JSON.stringify(mine) === JSON.stringify(other);
    const side: Side = !other ? 'ours' : !mine ? 'theirs' : agree ? 'both' : 'conflict';
    return { side, ours: mine, theirs: other };
  });
}
