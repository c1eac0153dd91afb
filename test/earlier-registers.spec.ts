import { expect, it } from '@jest/globals';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario, variablesOf } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

// An edition that was begun under a version in which registers knew people by their reference alone, and migrated since.

const processes = join(import.meta.dirname, '..', 'processes');
const employer = 'employer: if m.employer = null then get value(of, m.employeeRef) else m.employer, ';

it('registers of attendance that were filed without employers count for the certificates', async () => {
  const file = join(processes, 'training-course/scenarios/t-04-threshold.scenario.yaml');
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const played = async (change: (text: string) => string) => {
    const world = new World(scenario.clock, loadCatalogue(processes), { registers: scenario.registers });
    const files = withCalled(diagramsFor(file), scenario.with);
    await world.deploy(
      files.map((it) => (it.name.endsWith('training-course.bpmn') ? { ...it, text: change(it.text) } : it)),
    );
    const player = new Player(world);
    await player.play({ ...scenario, steps: scenario.steps.filter(({ expect: expected }) => !expected) });
    expect(player.failures).toEqual([]);
    return variablesOf(world.cases[0]!);
  };
  const now = await played((text) => text);
  const before = await played((text) => {
    const filed = text.lastIndexOf(
      employer,
      text.indexOf('target="minutes" />\n          </zeebe:ioMapping>'),
    );
    return text.slice(0, filed) + text.slice(filed + employer.length);
  });
  expect(JSON.stringify(before['attendance'])).not.toContain('employer');
  expect(JSON.stringify(now['attendance'])).toContain('employer');
  expect(before['outcomes']).toEqual(now['outcomes']);
  expect(before['certificates']).not.toEqual([]);
});
