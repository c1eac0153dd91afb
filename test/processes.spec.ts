import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { scenariosBelow, withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

// What the processes promise: their scenarios, and the ladders with the instants at which they ring.

const processes = join(import.meta.dirname, '..', 'processes');
const catalogue = loadCatalogue(processes);

/** Plays a scenario, or its first steps. */
async function play(file: string, steps = Infinity): Promise<{ world: World; failures: readonly string[] }> {
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const world = new World(scenario.clock, catalogue, { registers: scenario.registers });
  const problems = await world.deploy(withCalled(diagramsFor(file), scenario.with));
  // What the acts of a part read, its callers know; `iter check` looks at them together.
  expect(problems.filter(({ rule }) => rule !== 'act-variable-unknown')).toEqual([]);
  const player = new Player(world);
  await player.play({ ...scenario, steps: scenario.steps.slice(0, steps) });
  return { world, failures: player.failures };
}

/**
 * What acts ask of the case that it does not know when they are drafted: the data comes too late, or needs other words where
 * there is none. What people are meant to fill in by hand is written `{{ null }}`.
 */
const unmeantBlanks = ({ drafts }: World): readonly string[] =>
  drafts.flatMap(({ element, template, blanks }) =>
    blanks
      .filter(({ expression }) => expression !== 'null')
      .map(({ line, expression }) => `${element}: acts/${template}.md:${line} ${expression}`),
  );

const scenarios = scenariosBelow(processes);

describe('the scenarios of every process', () => {
  it.each(scenarios.map((file) => [relative(processes, file), file] as const))('%s', async (_, file) => {
    const { world, failures } = await play(file);
    expect(failures).toEqual([]);
    expect(unmeantBlanks(world)).toEqual([]);
  });
});

it('no two processes have a form of the same name: they could not be deployed together', () => {
  const forms = readdirSync(processes, { recursive: true, encoding: 'utf8' }).flatMap(
    (path) => /^[^/]+\/forms\/([^/]+)\.json$/.exec(path)?.[1] ?? [],
  );
  expect(forms.length).toBeGreaterThan(200);
  expect(forms.filter((form, i) => forms.indexOf(form) !== i)).toEqual([]);
});

describe('the ladder of a charge that is never sent', () => {
  const neverSent = join(processes, 'disciplinary-ordinary/scenarios/never-sent.scenario.yaml');

  it('warns the operator, then the supervisor and the Segretario, on working days at 08:00 in Rome', async () => {
    const { world } = await play(neverSent, 4);
    const deadline = [...(world.case()?.state.deadlines.values() ?? [])].find(
      ({ id }) => id === 'DL_CONTESTATION',
    );
    expect(deadline?.plan.ladder.steps.map(({ id, at, to, does }) => [id, at, to.join(' '), does])).toEqual([
      ['reminder-1', '2026-03-19T07:00:00.000Z', 'DESK_OPERATOR', 'notice'],
      ['reminder-2', '2026-03-24T07:00:00.000Z', 'DESK_OPERATOR UPD', 'notice'],
      // D-2: five days before Friday 3 April is a Sunday, so it rings on Friday 27 March.
      ['alarm', '2026-03-27T07:00:00.000Z', 'DESK_OPERATOR UPD DESK_SUPERVISOR SEGRETARIO', 'escalation'],
      ['call', '2026-04-01T06:00:00.000Z', 'DESK_SUPERVISOR', 'task'],
      ['last-day', '2026-04-07T06:00:00.000Z', 'DESK_OPERATOR DESK_SUPERVISOR UPD SEGRETARIO', 'escalation'],
      ['after', '2026-04-08T06:00:00.000Z', 'DESK_OPERATOR UPD', 'notice'],
    ]);
    expect(deadline?.plan.expiresAt).toBe('2026-04-07T22:00:00.000Z');
  });

  it('has raised its escalations when the term expires, and one incident', async () => {
    const { world } = await play(neverSent, 6);
    const state = world.case()?.state;
    const raised = [...(state?.escalations.values() ?? [])].map(({ step }) => step);
    expect(raised.sort()).toEqual(['alarm', 'call', 'last-day']);
    expect([...(state?.incidents.values() ?? [])].map(({ code }) => code)).toEqual(['decadence-risk']);
  });
});
