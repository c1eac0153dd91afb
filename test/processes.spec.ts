import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RecordedEvent } from '@iter/commands';
import type { Key } from '@iter/engine';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { scenariosBelow, withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';
import type { Answer } from '../apps/cli/src/world/world.ts';

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
  watch(world);
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

/** What the scenarios have shown so far: rules of processes that refused, and deadlines that ran out. */
const shown = {
  scenarios: 0,
  rules: new Set<string>(),
  refused: new Set<string>(),
  declared: new Set<string>(),
  ranOut: new Set<string>(),
};

/** Notes which rules of a world refuse. A task is named by its element, what begins or arrives by its code alone. */
function watch(world: World): void {
  for (const { key, model } of world.definitions())
    for (const node of model.nodes.values()) {
      for (const { code } of node.refusals)
        shown.rules.add(node.type === 'bpmn:UserTask' ? `${key} ${node.id} ${code}` : `${key} ${code}`);
      for (const { id } of node.deadlines) shown.declared.add(id);
    }
  const { execute, start } = world;
  const note = (place: string, answer: Answer): Answer => {
    for (const { code } of answer.done ? [] : (answer.errors ?? [])) shown.refused.add(`${place} ${code}`);
    return answer;
  };
  world.execute = async (it, who, command) => {
    const key = command.type === 'CompleteUserTask' ? command.key : null;
    const element = key === null ? null : it.state.tasks.get(key)?.element;
    const place =
      key === null || element === undefined ? it.process : `${world.processOf(it, key)} ${element}`;
    return note(place, await execute.call(world, it, who, command));
  };
  world.start = async (process, ...of) => note(process, await start.call(world, process, ...of));
}

/** Missed, over by its own end, or expired. */
const hasRunOut = ({ type, data }: RecordedEvent): boolean =>
  type === 'DeadlineMissed' ||
  (type === 'DeadlineMet' && data.by === 'expiry') ||
  (type === 'DeadlineClosed' && data.reason === 'EXPIRED');

describe('the scenarios of every process', () => {
  it.each(scenarios.map((file) => [relative(processes, file), file] as const))('%s', async (_, file) => {
    const { world, failures } = await play(file);
    expect(failures).toEqual([]);
    expect(unmeantBlanks(world)).toEqual([]);
    shown.scenarios++;
    for (const { events, state } of world.cases)
      for (const event of events)
        if (hasRunOut(event))
          shown.ranOut.add(state.deadlines.get((event.data as { key: Key }).key)?.id ?? '');
  });

  // Of some scenarios alone nothing can be told.
  const ofAll = (): boolean => shown.scenarios === scenarios.length;

  it('show each rule of a process refusing once', () => {
    if (!ofAll()) return;
    const never = [...shown.rules].filter((rule) => !shown.refused.has(rule) && !offered.has(rule));
    expect(never.sort()).toEqual([]);
    expect(shown.rules.size).toBeGreaterThan(150);
  });

  it('show each term running out once', () => {
    if (!ofAll()) return;
    expect([...shown.declared].filter((id) => !shown.ranOut.has(id) && !endedByFlow.has(id)).sort()).toEqual(
      [],
    );
    expect(shown.declared.size).toBeGreaterThan(60);
  });
});

/** The form offers nothing that they would refuse: they are there for the check-list, and for other forms. */
const offered = new Set([
  'disciplinary-core t_draftDecision sanction-not-in-code',
  'disciplinary-core t_draftDecision sanction-not-of-upd',
  'selection-interpello t_proposeHire out-of-order',
]);

/** At their end a timer of the flow meets them: what follows then is in `s-12-silence` and `t-09-closing-dates`. */
const endedByFlow = new Set(['DL_REPLY', 'DL_ENROL']);

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
