import { expect, it } from '@jest/globals';
import { visibleVariables } from '@iter/engine';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

// The yearly cycle is a case of the Province, closed to the Comuni, and to its supervisor without a reason: what they must
// read lies with their tasks.

const processes = join(import.meta.dirname, '..', 'processes');

/** What the open task is there to read and does hold, once the scenario has come to where it is to be done. */
async function readAt(element: string): Promise<readonly string[]> {
  const file = join(processes, 'training-needs-cycle/scenarios/t-01-piao.scenario.yaml');
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const world = new World(scenario.clock, loadCatalogue(processes), { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  const steps = scenario.steps.slice(
    0,
    scenario.steps.findIndex(({ complete }) => complete === element),
  );
  await player.play({ ...scenario, steps });
  expect(player.failures).toEqual([]);
  const { state } = world.cases[0]!;
  const task = [...state.tasks.values()].find((it) => it.element === element)!;
  const model = world.definitions().find(({ hash }) => hash === state.definition)!.model;
  const seen = visibleVariables(state, task.key);
  return model.nodes.get(element)!.reads.filter((name) => typeof seen[name] === 'string');
}

it.each([
  ['t_validateCatalogue', ['needsReportDoc']],
  ['t_draftComunePlan', ['catalogueDoc']],
  ['t_comunePlan', ['catalogueDoc']],
  ['t_piaoInsertion', ['planDoc']],
  ['t_readStatement', ['yearStatementDoc', 'planDoc', 'piaoTextDoc']],
])('at %s there is to read %j', async (element, documents) => {
  expect(await readAt(element)).toEqual(documents);
});
