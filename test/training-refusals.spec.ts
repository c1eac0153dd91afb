import { expect, it } from '@jest/globals';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

const processes = join(import.meta.dirname, '..', 'processes');

it('a register of attendance that names a stranger is refused by the row and the reference in it', async () => {
  const file = join(processes, 'training-course/scenarios/t-04-threshold.scenario.yaml');
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const at = scenario.steps.findIndex(({ complete }) => complete === 't_recordAttendance');
  const filed = scenario.steps[at]!;
  const minutes = ['A', 'B', 'M-4711', 'M-4712'].map((employeeRef) => ({ employeeRef, minutes: 270 }));
  const world = new World(scenario.clock, loadCatalogue(processes), { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  const steps = [...scenario.steps.slice(0, at), { ...filed, variables: { ...filed.variables, minutes } }];
  await player.play({ ...scenario, steps });
  expect(player.failures.join()).toContain('non è tra i partecipanti: riga 3, «M-4711».');
});
