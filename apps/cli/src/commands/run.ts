import { dirname, join, resolve, sep } from 'node:path';
import type { Problem } from '@iter/process-model';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import type { Variables } from '@iter/engine';
import { findingOf } from '../finding.ts';
import { complain, parseJson, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { catalogueFolder, readText, withCalled } from '../world/files.ts';
import { World } from '../world/world.ts';
import { deadlineView, defaultClock, Player, readScenario, stateOf, variablesOf } from '../scenario/index.ts';
import type { Scenario } from '../scenario/index.ts';

export interface RunOptions {
  readonly process?: string;
  readonly variables?: string;
  readonly scenario?: string;
  readonly auto?: boolean;
}

/** Instants of the virtual clock without the fractions that it never has. */
const shown = (instant: string): string => instant.replace('.000Z', 'Z');

/** What `iter run` prints: see `contracts.md`. */
export function report(world: World, problems: readonly unknown[]) {
  const first = world.cases[0];
  const each = <T>(pick: (it: (typeof world.cases)[number]) => Iterable<T>): T[] =>
    world.cases.flatMap((it) => [...pick(it)]);
  return {
    state: first ? stateOf(first) : 'active',
    variables: first ? variablesOf(first) : {},
    cases: world.cases.map((it) => ({
      case: it.name,
      process: it.process,
      state: stateOf(it),
      variables: variablesOf(it),
    })),
    trace: world.trace.map((line) => ({ ...line, at: shown(line.at) })),
    open: {
      tasks: each((it) => [...it.state.tasks.values()].map(({ element }) => ({ case: it.name, element }))),
      jobs: each((it) => [...it.state.jobs.values()].map(({ element }) => ({ case: it.name, element }))),
      timers: each((it) =>
        [...it.state.timers.values()].map(({ element, dueAt }) => ({
          case: it.name,
          element,
          dueAt: shown(dueAt),
        })),
      ),
      messages: each((it) =>
        [...it.state.subscriptions.values()]
          .filter(({ name }) => name !== 'deadlineMissed')
          .map(({ name, correlationKey, element }) => ({ case: it.name, name, correlationKey, element })),
      ),
      signals: each((it) =>
        [...it.state.signals.values()].map(({ name, element }) => ({ case: it.name, name, element })),
      ),
      incidents: each((it) =>
        [...it.state.incidents.values()].map(({ key, element, code }) => ({
          case: it.name,
          element,
          code,
          message: world.incidentMessage(it.name, key),
        })),
      ),
    },
    deadlines: each((it) =>
      [...it.state.deadlines.values()].map((deadline) => ({ case: it.name, ...deadlineView(deadline) })),
    ),
    problems,
  };
}

/** Without a scenario file: one case of the process, started with the variables given. */
function plainScenario(world: World, options: RunOptions): Scenario {
  const keys = world
    .definitions()
    .filter(({ model }) => model.kind === 'process')
    .map(({ key }) => key);
  const process = options.process ?? (keys.length === 1 ? keys[0] : undefined);
  if (!process) throw new WrongInput(`name the process to start with --process: ${keys.join(', ')}`);
  if (!keys.includes(process))
    throw new WrongInput(`there is no process ${process} among ${keys.join(', ')}`);
  const variables = options.variables === undefined ? {} : parseJson('--variables', options.variables);
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables))
    throw new WrongInput('--variables must be an object');
  return {
    process,
    name: process,
    clock: defaultClock,
    auto: options.auto ?? false,
    start: { variables: variables as Variables },
    steps: [],
  };
}

/** What is called came along without its other callers: warnings of it are for `iter check`, which sees them all. */
const isAbout = (files: readonly string[]): ((problem: Problem) => boolean) => {
  const folders = files.map((file) => join(dirname(resolve(file)), sep));
  return ({ severity, file }) =>
    severity === 'error' || file === undefined || folders.some((it) => resolve(file).startsWith(it));
};

export async function run(files: readonly string[], options: RunOptions): Promise<ExitStatus> {
  const given = options.scenario ? readScenario(options.scenario, readText(options.scenario)) : null;
  const catalogue = loadCatalogue(catalogueFolder(files));
  const world = new World(given?.clock ?? defaultClock, catalogue, {
    terms: knownTerms(catalogue),
    ...(given?.registers && { registers: given.registers }),
  });
  const problems = (await world.deploy(withCalled(files, given?.with))).filter(isAbout(files));
  const errors = problems.filter(({ severity }) => severity === 'error');
  for (const problem of problems) complain(findingOf(problem));
  if (errors.length > 0) {
    printJson({ ...report(world, problems), state: 'rejected' });
    return 2;
  }
  const scenario = given ?? plainScenario(world, options);
  const player = new Player(world);
  await player.play({ ...scenario, auto: options.auto ?? scenario.auto });
  for (const failure of player.failures) complain(`FAILED ${failure}`);
  const failed = player.failures.map((message) => ({
    file: options.scenario ?? '',
    line: 0,
    column: 0,
    element: '',
    rule: 'expectation',
    message,
  }));
  printJson(report(world, [...problems, ...failed]));
  return player.failures.length > 0 ? 1 : 0;
}
