import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OpenedPackage, PackageManifest } from '@iter/process-catalog/packages';
import { parse, parseDocument, stringify } from 'yaml';
import { catalogueFolder } from '../world/files.ts';
import { descriptionFile } from './collect.ts';

/** What an adoption has done, or would not do. */
export interface Adoption {
  readonly written: readonly string[];
  /** There already, and the same. */
  readonly same: readonly string[];
  /** There already, and different: left as they are. */
  readonly kept: readonly string[];
}

/**
 * Puts a package among the processes of a folder. A file that is there and differs is left alone, unless `replace`: whoever
 * adapted it decides. Terms and ladders that the catalogue has are compared entry by entry; those that it lacks are added.
 */
export function adopt({ manifest, files }: OpenedPackage, into: string, replace: boolean): Adoption {
  const done = { written: [] as string[], same: [] as string[], kept: [] as string[] };
  const put = (path: string, content: Uint8Array): void => {
    const place = join(into, path);
    const there = existsSync(place) ? readFileSync(place) : null;
    if (there && Buffer.compare(there, content) === 0) done.same.push(path);
    else if (there && !replace) done.kept.push(path);
    else {
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
      done.written.push(path);
    }
  };
  for (const [path, content] of files) {
    const [top, ...rest] = path.split('/');
    if (top === 'processes') put(rest.join('/'), content);
    else if (top === 'terms' || top === 'ladders') addEntries(into, path, content, replace, done);
  }
  // What a catalogue is checked by lies beside it.
  if (!existsSync(join(into, 'schemas')))
    cpSync(join(catalogueFolder([]), 'schemas'), join(into, 'schemas'), { recursive: true });
  const description = `${manifest.key}/${descriptionFile}`;
  if (!existsSync(join(into, description))) put(description, Buffer.from(stringify(adopted(manifest))));
  return done;
}

/** What the adopter says of the package from now on: the next version is theirs, and from whom it came stays written. */
function adopted({ key, version, licence, origin, authors, summary, contentHash }: PackageManifest) {
  return { version, licence, origin, authors, summary, basedOn: { origin, key, version, contentHash } };
}

type Entry = Readonly<Record<string, unknown>>;

/** Entries of the catalogue by what names them, and when they begin to hold. */
const idOf = (entry: Entry): string =>
  `${String(entry['key'] ?? entry['name'] ?? entry['id'])}${entry['validFrom'] ? `@${String(entry['validFrom'])}` : ''}`;

/** The lists that a file of the catalogue holds. */
const lists = ['terms', 'ladders', 'questions'] as const;

function addEntries(
  into: string,
  path: string,
  content: Uint8Array,
  replace: boolean,
  done: Record<'written' | 'same' | 'kept', string[]>,
): void {
  const place = join(into, path);
  const theirs = parse(Buffer.from(content).toString('utf8'), { schema: 'core' }) as Record<string, Entry[]>;
  const document = existsSync(place) ? parseDocument(readFileSync(place, 'utf8'), { schema: 'core' }) : null;
  const ours = (document?.toJS() ?? {}) as Record<string, Entry[]>;
  let changed = false;
  for (const list of lists) {
    for (const entry of theirs[list] ?? []) {
      const name = `${path} ${idOf(entry)}`;
      const at = (ours[list] ?? []).findIndex((it) => idOf(it) === idOf(entry));
      const own = ours[list]?.[at];
      if (own && JSON.stringify(own) === JSON.stringify(entry)) done.same.push(name);
      else if (own && !replace) done.kept.push(name);
      else {
        if (own) document?.setIn([list, at], document.createNode(entry));
        else document?.addIn([list], document.createNode(entry));
        done.written.push(name);
        changed = true;
      }
    }
  }
  if (!changed) return;
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, document ? document.toString({ lineWidth: 0 }) : content);
}
