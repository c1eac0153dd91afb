import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Packages } from '@iter/api';
import type { KnownTerms } from '@iter/process-catalog';
import { loadCatalogueReader } from '@iter/process-catalog/catalogue';
import { signJson } from '@iter/platform/signatures';
import { inspectArchive, packArchive, readDescription } from '@iter/process-catalog/packages';
import { collect, descriptionFile } from '../packages/collect.ts';
import { keyFile, signingKey } from '../packages/keys.ts';
import { readText } from '../world/files.ts';

/**
 * Packages as files of the house.
 * @param folder of the processes that came with it
 * @param home where the key lies with which it signs
 */
export function packagesOf(folder: string, home: string, terms: KnownTerms): Packages {
  const read = loadCatalogueReader(folder);
  const own = readdirSync(folder).flatMap((process) => {
    const file = join(folder, process, descriptionFile);
    if (!existsSync(file)) return [];
    const described = readDescription(readText(file));
    return 'value' in described
      ? [{ process, version: described.value.version, origin: described.value.origin.body }]
      : [];
  });
  return {
    inspect: (archive) => inspectArchive(archive, { read, terms }),
    own: () => own,
    async pack(process) {
      const { manifest, files } = await collect(join(folder, process));
      return packArchive(manifest, files, signJson(manifest, signingKey(keyFile(home))));
    },
  };
}
