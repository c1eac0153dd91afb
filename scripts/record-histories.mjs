// npm run record-histories: plays the scenarios of all processes and keeps their histories, with the states they fold to,
// under the present version. Done once for a release; a history that is there already is never written again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { buildServer } from './build.mjs';
import { root } from './node.mjs';

await buildServer();
const at = (path) => import(join(root, path));
const { World } = await at('apps/cli/dist/world/world.js');
const { scenariosBelow, withForms, readText, catalogueFolder } = await at('apps/cli/dist/world/files.js');
const { Player, readScenario } = await at('apps/cli/dist/scenario/index.js');
const { diagramsFor } = await at('apps/cli/dist/commands/test.js');
const { loadCatalogue } = await at('libs/process-catalog/dist/catalogue/index.js');

// The test that folds them compares the same form.
const { folder: histories, plain } = await at('test/support/histories.ts');

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = join(histories, version);
mkdirSync(folder, { recursive: true });

for (const file of scenariosBelow(join(root, 'processes'))) {
  const scenario = readScenario(file, readText(file));
  const diagrams = diagramsFor(file);
  const world = new World(scenario.clock, loadCatalogue(catalogueFolder(diagrams)));
  await world.deploy(withForms(diagrams));
  await new Player(world).play(scenario);
  for (const [i, it] of world.cases.entries()) {
    const name = `${basename(dirname(dirname(file)))}.${basename(file, '.scenario.yaml')}${i === 0 ? '' : `.${i + 1}`}.json`;
    const target = join(folder, name);
    if (existsSync(target)) continue;
    const events = it.events.map(({ type, data, commandId, requestHash }) => ({
      type,
      data,
      commandId,
      requestHash,
    }));
    writeFileSync(target, `${JSON.stringify({ scenario: scenario.name, events, state: plain(it.state) })}\n`);
  }
}
