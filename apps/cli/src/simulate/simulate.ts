import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createMemoryLog } from '@iter/event-store/memory';
import { italianCalendar, romeDate } from '@iter/legal-calendar';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import { WrongInput } from '../output.ts';
import { catalogueFolder, withCalled } from '../world/files.ts';
import { World } from '../world/world.ts';
import { arrivalsOf } from './arrivals.ts';
import { Books } from './books.ts';
import { Play } from './play.ts';
import { Random } from './random.ts';
import { lostStarts, violationsOf } from './recount.ts';
import { SimulatedRegisters } from './registers.ts';
import { historyHash, loadOf, peopleOf, serviceLines } from './report.ts';
import type { SimulationReport } from './report.ts';
import { services as allServices } from './services.ts';
import type { Service } from './services.ts';
import { viewsAgainst } from './views/compare.ts';
import { withViews } from './views/project.ts';
import type { Projecting } from './views/project.ts';

export interface Simulation {
  readonly seed: string;
  readonly years: number;
  /** Of the volumes of a Province: 1 is a whole one. */
  readonly scale: number;
  /** Keys of services; empty: all. */
  readonly only: readonly string[];
  /** Whether the views across cases are made as well, by the projector of the house in PostgreSQL, and compared. */
  readonly views?: Pick<Projecting, 'databaseUrl'>;
}

export interface Played {
  readonly report: SimulationReport;
  readonly world: World;
  readonly books: Books;
  readonly registers: SimulatedRegisters;
}

/** The first morning of the first year. */
export const start = '2026-01-02T08:00:00.000+01:00';

/** @throws WrongInput when there is no such service */
export function servicesOf(only: readonly string[]): readonly Service[] {
  const unknown = only.filter((key) => !allServices.some((it) => it.key === key));
  if (unknown.length > 0) {
    const known = allServices.map(({ key }) => key).join(', ');
    throw new WrongInput(`there is no service ${unknown.join(', ')} among ${known}`);
  }
  return only.length === 0 ? allServices : allServices.filter(({ key }) => only.includes(key));
}

/**
 * Plays years of a Province in memory and counts what came of them.
 * @param onDay told about every day that has passed
 * @param onProgress told in one line what takes time
 */
export async function simulate(
  { seed, years, scale, only, views }: Simulation,
  onDay: (now: string) => void = () => undefined,
  onProgress: (what: string) => void = () => undefined,
): Promise<Played> {
  const services = servicesOf(only);
  const random = new Random(seed);
  const from = new Date(start).toISOString();
  const registers = new SimulatedRegisters(random.fork('registers'), from.slice(0, 10), scale);
  const world = await openWorld(from, registers, services);
  const books = new Books(world);
  const play = new Play(world, registers, random.fork('people'), (it) => books.keep(it));
  play.arrive(arrivalsOf(services, years, scale, from, italianCalendar(), random.fork('arrivals')));
  const to = endOf(from, years);
  await play.until(to, onDay);
  const entries = books.entries();
  const { selection } = registers;
  const days = { from: romeDate(from), to: romeDate(to) };
  const differences = views
    ? await withViews(
        { ...views, log: world.log, now: to, unseal: (event) => world.unseal(event), onProgress },
        (made) => viewsAgainst(made, { entries, selection, services, ...days }),
      )
    : [];
  const report: SimulationReport = {
    ...{ seed, years, scale, from, to, services: serviceLines(entries, services, namesIn(world)) },
    load: loadOf(entries),
    cases: entries.length,
    events: entries.reduce((sum, { events }) => sum + events, 0),
    ...peopleOf(play.tally, entries),
    history: historyHash(entries),
    violations: [
      ...lostStarts(play.tally.begun, entries),
      ...(await violationsOf(world, entries)),
      ...differences,
    ],
  };
  return { report, world, books, registers };
}

/**
 * More than a Province has under way at a time. Were fewer kept, each command to one of the others would unpack the log wherever
 * the case lies in it; what they are is in memory anyhow, since the people of a simulation look at it.
 */
const mostUnderWay = 100_000;

/** An empty world in memory with the processes of some services. */
export async function openWorld(
  from: string,
  { contents }: SimulatedRegisters,
  services: readonly Service[],
): Promise<World> {
  const catalogue = loadCatalogue(catalogueFolder([]));
  const world = new World(from, catalogue, {
    ...{ terms: knownTerms(catalogue), registers: contents, traces: false },
    log: createMemoryLog({ packOf: 256 }),
    hotCases: mostUnderWay,
  });
  await deployAll(world, services);
  return world;
}

/** What processes are called in Italian. */
export function namesIn(world: World): (process: string) => string {
  const names = new Map(world.definitions().map(({ key, name }) => [key, name]));
  return (process) => names.get(process) ?? process;
}

export function endOf(from: string, years: number): string {
  const end = new Date(from);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end.toISOString();
}

/** Service by service: two of them may have forms of the same name. */
export async function deployAll(world: World, services: readonly Service[]): Promise<void> {
  for (const { processes } of services) {
    const diagrams = processes.flatMap((key) => {
      const folder = join(catalogueFolder([]), key);
      return readdirSync(folder)
        .filter((name) => /\.(?:bpmn|dmn)$/.test(name))
        .map((name) => join(folder, name));
    });
    const problems = await world.deploy(withCalled(diagrams));
    const [error] = problems.filter(({ severity }) => severity === 'error');
    if (error) throw new WrongInput(`${error.file ?? ''} ${error.element} ${error.message}`);
  }
}
