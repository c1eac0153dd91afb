import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { italianCalendar } from '@iter/legal-calendar';
import type { World } from '../world/world.ts';
import { arrivalsOf } from './arrivals.ts';
import { entryOf } from './books.ts';
import { Play } from './play.ts';
import { Random } from './random.ts';
import { SimulatedRegisters } from './registers.ts';
import { peopleOf } from './report.ts';
import { endOf, openWorld, servicesOf, start } from './simulate.ts';
import type { Stage } from './stage.ts';

const services = servicesOf(['desk', 'programme', 'onboarding']);
const [years, scale] = [1, 0.1];

/** What came of a year in which people act at once and are answered in an order that chances decide. */
async function playedAtOnce(speeds: string): Promise<{ figures: object; order: string }> {
  const from = new Date(start).toISOString();
  const random = new Random('a');
  const registers = new SimulatedRegisters(random.fork('registers'), from.slice(0, 10), scale);
  const world = await openWorld(from, registers, services);
  const order: number[] = [];
  const stage = atOnce(world, new Random(speeds), order);
  const play = new Play(stage, registers, random.fork('people'), () => undefined);
  play.arrive(arrivalsOf(services, years, scale, from, italianCalendar(), random.fork('arrivals')));
  await play.until(endOf(from, years));
  const entries = world.cases.map(entryOf);
  const told = entries.map(({ process, comune, startedOn, endedOn, outcome, events, terms }) =>
    JSON.stringify([process, comune, startedOn, endedOn, outcome, events, [...terms]]),
  );
  return { figures: { ...peopleOf(play.tally, entries), told: told.toSorted() }, order: order.join() };
}

/**
 * The world in memory as a stage for many: one is served after the other, whoever comes first.
 * @param order in which those who asked first, second and so on were served
 */
function atOnce(world: World, speed: Random, order: number[]): Stage {
  let asked = 0;
  let busy: Promise<unknown> = Promise.resolve();
  const served =
    <A extends readonly unknown[], T>(act: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      const nth = asked++;
      await sleep(speed.between(0, 3));
      order.push(nth);
      const mine = busy.then(() => act(...given));
      busy = mine.catch(() => undefined);
      return mine;
    };
  const others: Partial<Stage> = {
    crowd: { atOnce: 8, nextBellOf: () => null },
    // What was planned while others acted may lie behind the last of them.
    advance: (to: string) => world.advance(to > world.now ? to : world.now),
    start: served((...given: Parameters<Stage['start']>) => world.start(...given)),
    execute: served((...given: Parameters<Stage['execute']>) => world.execute(...given)),
    send: served((...given: Parameters<Stage['send']>) => world.send(...given)),
  };
  return new Proxy(world as Stage, {
    get(_, name) {
      if (Object.hasOwn(others, name)) return others[name as keyof Stage];
      const value: unknown = Reflect.get(world, name, world);
      return typeof value === 'function' ? value.bind(world) : value;
    },
  });
}

it('comes to the same figures whoever is answered first', async () => {
  const [one, other] = [await playedAtOnce('x'), await playedAtOnce('y')];
  expect(other.order).not.toBe(one.order);
  expect(other.figures).toEqual(one.figures);
}, 180_000);
