import { italianCalendar, romeDate } from '@iter/legal-calendar';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import type { Remote } from '../../commands/http.ts';
import { pages } from '../../commands/lists.ts';
import { WrongInput } from '../../output.ts';
import { catalogueFolder } from '../../world/files.ts';
import { World } from '../../world/world.ts';
import { arrivalsOf } from '../arrivals.ts';
import { entryOf } from '../books.ts';
import { officeOnOrAfter } from '../office-hours.ts';
import { Play } from '../play.ts';
import { Random } from '../random.ts';
import { SimulatedRegisters } from '../registers.ts';
import { historyHash, peopleOf, serviceLines } from '../report.ts';
import type { SimulationReport } from '../report.ts';
import { deployAll, endOf, servicesOf } from '../simulate.ts';
import type { Simulation } from '../simulate.ts';
import { disagreements } from './compare.ts';
import { DemoPeople, playedComuni } from './people.ts';
import { RemoteStage } from './remote-stage.ts';

/** Services whose work the demo's people and registers suffice for. */
const playable = ['desk', 'disciplinary'];

export interface Into extends Omit<Simulation, 'views'> {
  readonly url: string;
  /** Of the demo's people; from the environment when absent. */
  readonly password?: string;
}

/**
 * Plays years into a running demo, whose clock goes forward by as much: the plan and the habits are those of the play in
 * memory. What happened is counted from what the system tells.
 * @param onStart told when the first year begins and the last ends
 * @param onDay told about every day that has passed
 * @throws WrongInput when it is no demo, its processes are others, or a service cannot be played there
 */
export async function simulateInto(
  { seed, years, scale, only, url, password }: Into,
  onStart: (from: string, to: string) => void = () => undefined,
  onDay: (now: string) => void = () => undefined,
): Promise<SimulationReport> {
  const services = servicesOf(only.length === 0 ? playable : only);
  const beyond = services.filter(({ key }) => !playable.includes(key)).map(({ key }) => key);
  if (beyond.length > 0)
    throw new WrongInput(
      `${beyond.join(', ')} cannot be played into a running system, only ${playable.join(', ')}`,
    );
  const catalogue = loadCatalogue(catalogueFolder([]));
  const people = new DemoPeople(url, password);
  const local = new World(new Date(0).toISOString(), catalogue, {
    terms: knownTerms(catalogue),
    traces: false,
  });
  await deployAll(local, services);
  const stage = await RemoteStage.open(local, people);
  const calendar = italianCalendar();
  const from = officeOnOrAfter(calendar, stage.now);
  const to = endOf(from, years);
  onStart(from, to);
  const random = new Random(seed);
  const desk = await people.as('operatore');
  const served = await serviceModels(desk, romeDate(from));
  const registers = new SimulatedRegisters(random.fork('registers'), from.slice(0, 10), scale, served);
  const play = new Play(stage, registers, random.fork('people'), () => undefined);
  play.arrive(arrivalsOf(services, years, scale, from, calendar, random.fork('arrivals')));
  await play.until(to, onDay);
  const entries = stage.cases.map(entryOf);
  return {
    ...{ seed, years, scale, from, to, into: url, services: serviceLines(entries, services) },
    cases: entries.length,
    events: entries.reduce((sum, { events }) => sum + events, 0),
    ...peopleOf(play.tally),
    history: historyHash(entries),
    violations: [...stage.unread(), ...(await disagreements(desk, stage.cases, stage.now))],
  };
}

interface Convention {
  readonly comune: string;
  readonly serviceModel: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** The Comuni that are played and the service model of each, by the convention in force. */
async function serviceModels(desk: Remote, today: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for await (const it of pages<Convention>(desk, '/registers/conventions', {})) {
    const isInForce = it.validFrom <= today && (it.validTo === null || it.validTo >= today);
    if (isInForce && playedComuni.includes(it.comune)) found[it.comune] = it.serviceModel;
  }
  if (Object.keys(found).length === 0)
    throw new WrongInput(`none of ${playedComuni.join(', ')} has a convention in force there`);
  return found;
}
