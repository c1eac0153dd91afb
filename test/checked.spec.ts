import { expect, it } from '@jest/globals';
import { join } from 'node:path';
import { checkEach } from '@iter/process-catalog';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import { withFolders, withNeighbours } from '../apps/cli/src/world/files.ts';

const processes = join(import.meta.dirname, '..', 'processes');

// What is found is told at every start: a warning that always stands there hides those that matter.
it('finds nothing to say of the processes that come with a release', async () => {
  const files = withNeighbours(withFolders([processes]).filter((name) => !/\.ya?ml$/.test(name)));
  const found = await checkEach(files, 'error', knownTerms(loadCatalogue(processes)));
  expect(found.size).toBeGreaterThan(100);
  expect([...found.values()].flat()).toEqual([]);
});
