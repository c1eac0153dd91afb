import { dirname } from 'node:path';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import type { ProcessModel } from '@iter/process-model';
import { complain, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { catalogueFolder, readText, scenariosBelow, withCalled } from '../world/files.ts';
import { World } from '../world/world.ts';
import { Player, readScenario } from '../scenario/index.ts';

interface Coverage {
  readonly process: string;
  readonly nodes: { readonly covered: number; readonly of: number; readonly missing: readonly string[] };
  readonly flows: { readonly covered: number; readonly of: number; readonly missing: readonly string[] };
}

/** The diagrams that a scenario plays in, with their decisions: those of the nearest folder above it that has any. */
export function diagramsFor(scenario: string): string[] {
  for (let folder = dirname(scenario); ; folder = dirname(folder)) {
    const files = readdirSync(folder).filter((name) => /\.(?:bpmn|dmn)$/.test(name));
    if (files.some((name) => name.endsWith('.bpmn'))) return files.sort().map((name) => join(folder, name));
    if (folder === dirname(folder))
      throw new WrongInput(`there is no .bpmn file in a folder above ${scenario}`);
  }
}

function coverageOf(model: ProcessModel, touched: ReadonlySet<string>): Coverage {
  // A boundary event for compensation never happens by itself: what undoes its activity does.
  const handlers = new Map(
    [...model.nodes.values()]
      .filter(({ event, attachedTo }) => attachedTo !== null && event.kind === 'compensation')
      .map(({ id, attachedTo }) => [id, model.nodes.get(attachedTo ?? '')?.compensatedBy ?? id]),
  );
  const share = (ids: Iterable<string>) => {
    const all = [...ids];
    const missing = all.filter((id) => !touched.has(handlers.get(id) ?? id));
    return { covered: all.length - missing.length, of: all.length, missing };
  };
  return { process: model.key, nodes: share(model.nodes.keys()), flows: share(model.flows.keys()) };
}

const percent = ({ covered, of }: { covered: number; of: number }): string =>
  `${of === 0 ? 100 : Math.round((100 * covered) / of)} %`;

/** Plays every scenario below the folders and says what they covered of each process. */
export async function test(
  dirs: readonly string[],
  options: { readonly json?: boolean },
): Promise<ExitStatus> {
  const files = (dirs.length > 0 ? dirs : ['processes']).flatMap(scenariosBelow);
  if (files.length === 0) throw new WrongInput('there is no *.scenario.yaml file');
  const models = new Map<string, ProcessModel>();
  const touched = new Map<string, Set<string>>();
  const results: { file: string; name: string; failures: readonly string[] }[] = [];
  for (const file of files) {
    const scenario = readScenario(file, readText(file));
    const diagrams = diagramsFor(file);
    const catalogue = loadCatalogue(catalogueFolder(diagrams));
    const world = new World(scenario.clock, catalogue, {
      terms: knownTerms(catalogue),
      ...(scenario.registers && { registers: scenario.registers }),
    });
    const errors = (await world.deploy(withCalled(diagrams, scenario.with))).filter(
      ({ severity }) => severity === 'error',
    );
    const failures = errors.map(
      ({ file: name, line, element, message }) => `${name}:${line} ${element} ${message}`,
    );
    if (errors.length === 0) {
      const player = new Player(world);
      await player.play(scenario);
      failures.push(...player.failures);
    }
    for (const { key, model } of world.definitions()) models.set(key, model);
    for (const { process, element } of world.trace) {
      if (element === null) continue;
      if (!touched.has(process)) touched.set(process, new Set());
      touched.get(process)!.add(element);
    }
    results.push({ file, name: scenario.name, failures });
    if (!options.json) {
      print(`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${file}: ${scenario.name}`);
      for (const failure of failures) complain(`     ${failure}`);
    }
  }
  const coverage = [...models.values()].map((model) =>
    coverageOf(model, touched.get(model.key) ?? new Set()),
  );
  const failed = results.filter(({ failures }) => failures.length > 0).length;
  if (options.json) printJson({ scenarios: results, coverage });
  else {
    for (const { process, nodes, flows } of coverage) {
      print(
        `${process}: ${percent(nodes)} of ${nodes.of} flow nodes, ${percent(flows)} of ${flows.of} sequence flows`,
      );
    }
    print(`${results.length - failed} passed, ${failed} failed`);
  }
  return failed > 0 ? 1 : 0;
}
