import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { madeAt } from './words.ts';

/** The clock that archives show has no zone: the same on every machine. */
const stamp = new Date(2000, 0, 1);

/**
 * An Office file whose bytes depend on what it says alone: its library writes the hour of the making into it and into
 * the archive around it.
 */
export function fixedArchive(file: Uint8Array): Buffer {
  const entries = unzipSync(file);
  const core = entries['docProps/core.xml'];
  const made = madeAt.toISOString().replace('.000', '');
  if (core) {
    entries['docProps/core.xml'] = strToU8(
      strFromU8(core).replaceAll(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${made}`),
    );
  }
  const names = Object.keys(entries).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Buffer.from(
    zipSync(Object.fromEntries(names.map((name) => [name, [entries[name]!, { mtime: stamp, level: 6 }]]))),
  );
}

/** What says which file is which comes first: other programs look for it there. */
const rank = (name: string): number =>
  name === '[Content_Types].xml' ? 0 : name.startsWith('_rels/') ? 1 : 2;
