import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Names the code that folds cases: a hash of all its files, since any of them may decide what a state is. What other code
 * folded is never read.
 */
export function foldingCode(): string {
  const hash = createHash('sha256');
  for (const folder of [
    dirname(fileURLToPath(import.meta.resolve('@iter/engine'))),
    join(import.meta.dirname, '..', 'case'),
  ]) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(js|ts)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
