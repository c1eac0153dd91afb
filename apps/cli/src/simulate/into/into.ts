import { italianCalendar, romeDate } from '@iter/legal-calendar';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import { Refused } from '../../commands/http.ts';
import type { Remote } from '../../commands/http.ts';
import { WrongInput } from '../../output.ts';
import { catalogueFolder } from '../../world/files.ts';
import { World } from '../../world/world.ts';
import { arrivalsOf } from '../arrivals.ts';
import { entryOf } from '../books.ts';
import { officeOnOrAfter } from '../office-hours.ts';
import { Play } from '../play.ts';
import { Random } from '../random.ts';
import { lostStarts } from '../recount.ts';
import { SimulatedRegisters } from '../registers.ts';
import { historyHash, loadOf, peopleOf, serviceLines } from '../report.ts';
import type { SimulationReport } from '../report.ts';
import { deployAll, endOf, namesIn, servicesOf } from '../simulate.ts';
import type { Simulation } from '../simulate.ts';
import { disagreements } from './compare.ts';
import { demoGround } from './ground.ts';
import { DemoPeople } from './people.ts';
import { RemoteStage } from './remote-stage.ts';

export interface Into extends Omit<Simulation, 'views'> {
  readonly url: string;
  /** Of the demo's people; from the environment when absent. */
  readonly password?: string;
  /** So many people may act at the same time; 32 by default. */
  readonly atOnce?: number;
}

/**
 * Plays years into a running demo, whose clock goes forward by as much: the plan and the habits are those of the play in
 * memory, the Comuni as many as the scale has. What happened is counted from what the system tells.
 * @param onStart told when the first year begins and the last ends
 * @param onDay told about every day that has passed
 * @throws WrongInput when it is no demo, or its processes are others
 */
export async function simulateInto(
  { seed, years, scale, only, url, password, atOnce = 32 }: Into,
  onStart: (from: string, to: string) => void = () => undefined,
  onDay: (now: string) => void = () => undefined,
): Promise<SimulationReport> {
  const services = servicesOf(only);
  const people = new DemoPeople(url, password);
  const clock = await clockOf(await people.as('gestore'));
  const catalogue = loadCatalogue(catalogueFolder([]));
  const local = new World(clock.now, catalogue, { terms: knownTerms(catalogue), traces: false });
  await deployAll(local, services);
  const calendar = italianCalendar();
  const from = officeOnOrAfter(calendar, clock.now);
  const to = endOf(from, years);
  const random = new Random(seed);
  const arrivals = arrivalsOf(services, years, scale, from, calendar, random.fork('arrivals'));
  const ground = await demoGround(people, {
    ...{ scale, today: romeDate(from), random: random.fork('ground') },
    joining: arrivals.filter(({ kind }) => kind === 'onboarding').length,
  });
  onStart(from, to);
  const registers = new SimulatedRegisters(random.fork('registers'), from.slice(0, 10), scale, ground);
  const stage = await RemoteStage.open(local, people, { now: clock.now, atOnce });
  const { histories } = stage;
  try {
    const play = new Play(stage, registers, random.fork('people'), () => undefined);
    play.arrive(arrivals);
    await play.until(to, onDay);
    histories.mistrust();
    await stage.settle();
    const entries = histories.cases.map(entryOf);
    return {
      ...{
        seed,
        years,
        scale,
        from,
        to,
        into: url,
        services: serviceLines(entries, services, namesIn(local)),
      },
      load: loadOf(entries),
      cases: entries.length,
      events: entries.reduce((sum, { events }) => sum + events, 0),
      ...peopleOf(play.tally, entries),
      history: historyHash(entries),
      violations: [
        ...histories.unread(),
        ...lostStarts(play.tally.begun, entries),
        ...entries.flatMap(({ violations }) => violations),
        ...(await disagreements(histories.readers, histories, stage.now)),
      ],
    };
  } finally {
    histories.close();
  }
}

/** @throws WrongInput when the clock of the system cannot be moved */
async function clockOf(operator: Remote): Promise<{ readonly now: string }> {
  try {
    return await operator.get('/operations/clock');
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 404) throw error;
    throw new WrongInput('the clock of that system cannot be moved: years are played into a demo only');
  }
}
