import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whose files say what a state is: folding cases asks the calendar how many days lie between two. */
const libraries = ['@iter/engine', '@iter/legal-calendar'];

/** Names the code that folds cases: a hash of all its files. What other code folded is never read. */
export function foldingCode(): string {
  const hash = createHash('sha256');
  const folders = libraries.map((name) => dirname(fileURLToPath(import.meta.resolve(name))));
  for (const folder of [...folders, join(import.meta.dirname, '..')]) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(js|ts)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
