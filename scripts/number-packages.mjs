// npm run number-packages: raises the version of each process whose package has other bytes than the list of published
// versions says, and keeps the list. Whoever adopted a version has to get the same bytes under its number.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildServer } from './build.mjs';
import { root } from './node.mjs';

await buildServer();
const { collect, descriptionFile } = await import(join(root, 'apps/cli/dist/packages/collect.js'));

const processes = join(root, 'processes');
const list = join(processes, 'versions.json');
const published = JSON.parse(readFileSync(list, 'utf8'));
const present = {};

const isPackage = (key) => existsSync(join(processes, key, descriptionFile));
for (const key of readdirSync(processes).filter(isPackage)) {
  const { manifest } = await collect(join(processes, key));
  const before = published[key];
  const raise = before?.version === manifest.version && before.contentHash !== manifest.contentHash;
  const version = raise ? next(manifest.version) : manifest.version;
  if (raise) {
    const file = join(processes, key, descriptionFile);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^version: .*$/m, `version: ${version}`));
    console.log(`${key} ${before.version} → ${version}`);
  }
  present[key] = { version, contentHash: manifest.contentHash };
}
writeFileSync(list, `${JSON.stringify(present, null, 2)}\n`);

/** The same with changes that need nothing of who adopted it; other changes are numbered by hand, before. */
function next(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  return `${major}.${minor}.${patch + 1}`;
}
