import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActorRef } from '@iter/event-store';
import type { DeploymentResult, ProcessCatalog } from './catalog.ts';
import { readProcessFolder } from './source-files.ts';

/**
 * Deploys every process folder of a directory (`<directory>/<name>/*.bpmn` with `forms/*.json`); what is deployed
 * already in the same bytes stays as it is.
 * @returns per folder, in the order of names; folders without a diagram are left out
 */
export async function loadFrom(
  catalog: ProcessCatalog,
  directory: string,
  by: { readonly actor: ActorRef; readonly tenant: string },
): Promise<readonly ({ readonly folder: string } & DeploymentResult)[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const results = [];
  for (const entry of entries
    .filter((each) => each.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = await readProcessFolder(join(directory, entry.name));
    if (!files.some(({ name }) => name.endsWith('.bpmn'))) continue;
    results.push({ folder: entry.name, ...(await catalog.deploy({ files, ...by })) });
  }
  return results;
}
