import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RecordedEvent } from '@iter/commands';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import type * as Tests from '../../apps/cli/src/commands/test.ts';
import type * as Scenarios from '../../apps/cli/src/scenario/index.ts';
import type * as Files from '../../apps/cli/src/world/files.ts';
import type * as Worlds from '../../apps/cli/src/world/world.ts';

const root = join(import.meta.dirname, '..', '..');

/** The tool as it was built: node itself does not run all that its sources are written in. */
const built = <T>(path: string): Promise<T> =>
  import(pathToFileURL(join(root, 'apps', 'cli', 'dist', path)).href) as Promise<T>;

/** A case as its commands left it: the events of each, in clear. */
export type RealCase = readonly (readonly RecordedEvent[])[];

/** The cases of the first scenario of every process, played through the real commands. */
export async function playRealCases(): Promise<readonly RealCase[]> {
  const { World } = await built<typeof Worlds>('world/world.js');
  const files = await built<typeof Files>('world/files.js');
  const scenarios = await built<typeof Scenarios>('scenario/index.js');
  const { diagramsFor } = await built<typeof Tests>('commands/test.js');

  const processes = join(root, 'processes');
  const catalogue = loadCatalogue(processes);
  const cases: RealCase[] = [];
  for (const { name } of readdirSync(processes, { withFileTypes: true }).filter((it) => it.isDirectory())) {
    const [file] = files.scenariosBelow(join(processes, name));
    if (!file) continue;
    const scenario = scenarios.readScenario(file, files.readText(file));
    const world = new World(scenario.clock, catalogue, {
      terms: knownTerms(catalogue),
      ...(scenario.registers && { registers: scenario.registers }),
    });
    await world.deploy(files.withCalled(diagramsFor(file), scenario.with));
    await new scenarios.Player(world).play(scenario);
    cases.push(...world.cases.map(({ events }) => byCommand(events)));
  }
  return cases;
}

/** The events of each command. */
export function byCommand(events: readonly RecordedEvent[]): RealCase {
  const commands: RecordedEvent[][] = [];
  for (const event of events) {
    const last = commands.at(-1);
    if (last?.[0]!.commandId === event.commandId) last.push(event);
    else commands.push([event]);
  }
  return commands;
}
