import { planMigration } from '@iter/engine';
import type { CaseState, Mapping, MigrationPlan } from '@iter/engine';
import { parseProcesses } from '@iter/process-model';
import type { ProcessModel } from '@iter/process-model';
import { findingOf } from '../finding.ts';
import { complain, parseJson, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { differences, foldHistory } from '../replay/fold.ts';
import type { ToldEvent, ToldState } from '../replay/fold.ts';
import { readText } from '../world/files.ts';
import { Refused, Remote } from './http.ts';
import type { RemoteOptions } from './http.ts';
import { collect, pages, query } from './lists.ts';
import { progress } from './progress.ts';

export interface ReplayOptions extends RemoteOptions {
  readonly all?: boolean;
  readonly against?: string;
  readonly elements?: string;
  readonly flows?: string;
  readonly reason?: string;
}

interface Case {
  readonly id: string;
  readonly code: string;
  readonly process: string;
  readonly state: string;
}

/** What came of one case. */
interface Replayed {
  readonly id: string;
  readonly code: string;
  readonly process: string;
  readonly version: number;
  readonly events: number;
  /** Where the fold differs from what the system says; empty: nowhere. */
  readonly differences: readonly string[];
  /** What a migration would do; null: it was not asked, or the case has ended. */
  readonly migration: (Omit<MigrationPlan, 'elements'> & { readonly possible: boolean }) | null;
}

/**
 * Folds the histories of a running system again, with this tool's engine, and compares what comes of them with what the
 * system says; with a file, also says for each open case of its processes what following it would do.
 * @returns 1 when a fold differs or a case cannot follow the file
 */
export async function replay(id: string | undefined, options: ReplayOptions): Promise<ExitStatus> {
  if ((id === undefined) === !options.all) throw new WrongInput('name one case, or all with --all');
  const against = options.against === undefined ? null : await modelsOf(options.against);
  const mapping = { elements: names('--elements', options.elements), flows: names('--flows', options.flows) };
  const remote = await Remote.signIn(options);
  const modelFor = definitionsOf(remote);
  const cases = await chosen(remote, id, against);
  const shown = progress(cases.length);
  const replayed: Replayed[] = [];
  const unread: Case[] = [];
  for (const it of cases) {
    shown.step();
    const read = await replayOne(remote, it, options.reason).catch((error: unknown) => {
      if (options.all && error instanceof Refused && error.status === 403) return null;
      throw error;
    });
    if (!read) {
      unread.push(it);
      continue;
    }
    const { state, ...told } = read;
    const migration = against && (await forecast(state, against, mapping, modelFor));
    replayed.push({ ...told, migration });
    if (!options.json) describe(replayed.at(-1) as Replayed);
  }
  shown.end();
  if (unread.length > 0) complain(`${unread.length} cases may not be read by ${options.user}`);
  if (options.json) printJson({ cases: replayed, unread: unread.map((it) => it.id) });
  const isFine = ({ differences: found, migration }: Replayed): boolean =>
    found.length === 0 && migration?.possible !== false;
  return replayed.every(isFine) ? 0 : 1;
}

/** The executable processes of a file by their ids. @throws WrongInput when it has errors */
async function modelsOf(file: string): Promise<ReadonlyMap<string, ProcessModel>> {
  const { models, problems } = await parseProcesses(readText(file), file);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new WrongInput(errors.map((each) => findingOf(each, file)).join('\n'));
  }
  if (models.length === 0) throw new WrongInput(`${file} has no executable process`);
  return new Map(models.map((model) => [model.key, model]));
}

function names(option: string, text: string | undefined): Readonly<Record<string, string>> {
  const given = text === undefined ? {} : parseJson(option, text);
  const isMapping =
    typeof given === 'object' && given !== null && Object.values(given).every((it) => typeof it === 'string');
  if (!isMapping) throw new WrongInput(`${option} must be an object of ids by ids`);
  return given as Readonly<Record<string, string>>;
}

/** The case named, or all: of the file's processes only, when there is a file. */
async function chosen(
  remote: Remote,
  id: string | undefined,
  against: ReadonlyMap<string, ProcessModel> | null,
): Promise<readonly Case[]> {
  if (id !== undefined) {
    const it = await remote.get<Case>(`/cases/${encodeURIComponent(id)}`);
    if (against && !against.has(it.process))
      throw new WrongInput(
        `the file has no process ${it.process}; it has: ${[...against.keys()].join(', ')}`,
      );
    return [it];
  }
  if (!against) return collect(pages<Case>(remote, '/cases', { state: 'all' }));
  const lists = [...against.keys()].map((process) => collect(pages<Case>(remote, '/cases', { process })));
  return (await Promise.all(lists)).flat();
}

async function replayOne(
  remote: Remote,
  { id, code }: Case,
  reason: string | undefined,
): Promise<Omit<Replayed, 'migration'> & { readonly state: CaseState }> {
  const path = `/cases/${encodeURIComponent(id)}`;
  const events = await collect(pages<ToldEvent>(remote, `${path}/history`, { reason }, 1_000));
  const folded = foldHistory(events);
  const { process, version, revision } = folded.state;
  // As it stood after the last event read: it may have moved on meanwhile.
  const told = await remote.get<ToldState>(`${path}/state${query({ reason, revision: String(revision) })}`);
  return {
    ...{ id, code, process, version },
    events: events.length,
    differences: differences(folded, told),
    state: folded.state,
  };
}

/** The definitions of a running system, each read once. */
function definitionsOf(remote: Remote): (state: CaseState) => Promise<ProcessModel> {
  const known = new Map<string, ProcessModel>();
  return async ({ process, version, definition }) => {
    const found = known.get(definition);
    if (found) return found;
    const path = `/process-definitions/${encodeURIComponent(process)}/versions/${version}/xml`;
    const { models } = await parseProcesses(await remote.get<string>(path));
    const model = models.find(({ key }) => key === process);
    if (!model) throw new WrongInput(`this tool cannot read ${process} ${version} as it is deployed`);
    known.set(definition, model);
    return model;
  };
}

async function forecast(
  state: CaseState,
  against: ReadonlyMap<string, ProcessModel>,
  mapping: Mapping,
  modelFor: (state: CaseState) => Promise<ProcessModel>,
): Promise<Replayed['migration']> {
  const target = against.get(state.process);
  if (!target || state.status !== 'active') return null;
  const { elements: _, ...plan } = planMigration(await modelFor(state), target, state, mapping);
  return { possible: plan.problems.length === 0, ...plan };
}

function describe({ id, code, process, version, events, differences: found, migration }: Replayed): void {
  const verdicts = [
    found.length === 0 ? 'folds to the same state' : 'DIFFERS',
    ...(migration ? [migration.possible ? 'goes on' : 'CANNOT'] : []),
  ];
  print([id, code, `${process} ${version}`, `${events} events`, ...verdicts].join('\t'));
  for (const line of found) print(`  ${line}`);
  if (!migration) return;
  for (const { element, code: why, message } of migration.problems) print(`  ${element} ${why}: ${message}`);
  for (const { from, to } of migration.moved) if (from !== to) print(`  ${from} goes on as ${to}`);
  for (const { element } of migration.dropped) print(`  ${element} is not awaited any more`);
  for (const { element } of migration.added) print(`  ${element} begins to be awaited`);
}
