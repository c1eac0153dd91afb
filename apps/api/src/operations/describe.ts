import type { Definition } from '@iter/process-catalog';
import type { VersionFigures } from '@iter/read-models';
import type { DeployedProcessDto } from '../dto/operations.ts';

const none = { running: 0, suspended: 0, ended: 0, openIncidents: 0 };

/** Every process by name, its versions with their cases, the latest first. */
export function describeDeployed(
  latest: readonly Definition[],
  versionsOf: (key: string) => readonly Definition[],
  figures: readonly VersionFigures[],
): DeployedProcessDto[] {
  const byVersion = new Map(figures.map((it) => [`${it.process} ${it.version}`, it]));
  return latest
    .map(({ key, name }) => ({
      key,
      name,
      versions: versionsOf(key)
        .map(({ version, hash, deployedAt }) => {
          const { running, suspended, ended, openIncidents } = byVersion.get(`${key} ${version}`) ?? none;
          return { version, hash, deployedAt, running, suspended, ended, openIncidents };
        })
        .sort((a, b) => b.version - a.version),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'it'));
}
