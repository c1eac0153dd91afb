import { expect, it } from '@jest/globals';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

// Where the case goes on without what was not done in time, the term falls silent: later tasks are not late for it.

const processes = join(import.meta.dirname, '..', 'processes');
const terms = loadCatalogue(processes);

async function playedIn(name: string) {
  const file = join(processes, `${name}.scenario.yaml`);
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const world = new World(scenario.clock, terms, { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  await player.play(scenario);
  expect(player.failures).toEqual([]);
  return world.cases.flatMap((it) => it.events);
}

it.each([
  ['DL_SURVEY', 'training-needs-cycle/scenarios/t-08-survey-unanswered'],
  ['DL_MIN_SEATS', 'training-course/scenarios/runs-below-minimum'],
  ['DL_L3', 'training-evaluation/scenarios/nobody-answers'],
  ['DL_JOIN', 'accompaniment-edition/scenarios/o-04-o-07-o-12-whole-edition'],
  ['DL_EDITION_SURVEY', 'accompaniment-edition/scenarios/o-04-o-07-o-12-whole-edition'],
  ['DL_34BIS_STRUCTURES', 'selection-needs-and-mobility/scenarios/s-01-34bis'],
])('%s is given up in %s', async (id, name) => {
  const events = await playedIn(name);
  const missed = events.filter((it) => it.type === 'DeadlineMissed' && it.data.id === id);
  expect(missed).not.toEqual([]);
  for (const { data } of missed) {
    const { key } = data as { key: string };
    const silenced = { type: 'DeadlineMet', data: expect.objectContaining({ key, use: 'quiets' }) };
    expect(events).toContainEqual(expect.objectContaining(silenced));
  }
});

it.each([
  ['DL_SURVEY', 'training-needs-cycle/scenarios/t-01-piao'],
  ['DL_MIN_SEATS', 'training-course/scenarios/t-04-threshold'],
  ['DL_L3', 'training-evaluation/scenarios/t-06-in-time'],
])('%s reminds nobody any more once it is met in %s', async (id, name) => {
  const met = (await playedIn(name)).flatMap((it) =>
    it.type === 'DeadlineMet' && it.data.id === id ? [it.data.use] : [],
  );
  expect(new Set(met)).toEqual(new Set(['both']));
});
