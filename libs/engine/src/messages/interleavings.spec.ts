import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideMessages } from './decide.ts';
import { Simulation } from './testing/simulation.ts';
import type { Simulated } from './testing/simulation.ts';
import type { MessageEvent } from './stream.ts';

const names = ['a', 'b'];

/** What can happen next, by number; accidents are as likely as work. */
const happenings: readonly ((world: Simulation, choice: number) => unknown)[] = [
  (world, n) => world.throwMessage(names[n % names.length] ?? ''),
  (world, n) => world.throwMessage(names[n % names.length] ?? ''),
  (world, n) => world.subscribe(names[n % names.length] ?? '', n % 5 !== 0),
  (world, n) => world.subscribe(names[n % names.length] ?? '', n % 5 !== 0),
  (world, n) => world.unsubscribe(n),
  (world, n) => world.routerStep(n),
  (world, n) => world.routerStep(n),
  (world, n) => world.routerStep(n),
  (world, n) => world.routerStep(n),
  (world, n) => world.crashRouter(n),
  (world, n) => world.look(n),
  (world, n) => world.look(n),
  (world, n) => world.workerStep(n, n >> 4),
  (world, n) => world.workerStep(n, n >> 4),
  (world, n) => world.workerStep(n, n >> 4),
  (world, n) => world.crashWorker(n),
  (world, n) => world.offer(n, n >> 4),
  (world, n) => world.expire(n),
  (world, n) => world.pass(n % 3),
];

const schedule = fc.array(fc.tuple(fc.nat(happenings.length - 1), fc.nat(1_000)), {
  minLength: 10,
  maxLength: 150,
  size: 'max',
});

function play(steps: readonly (readonly [number, number])[], options: Partial<Simulated> = {}): Simulation {
  const world = new Simulation({
    keptFor: 1_000,
    routers: 2,
    workers: 3,
    decide: decideMessages,
    ...options,
  });
  for (const [what, choice] of steps) happenings[what]?.(world, choice);
  world.settle();
  return world;
}

const holds = (options: Partial<Simulated> = {}) =>
  fc.property(schedule, (steps) => {
    expect(play(steps, options).violations()).toEqual([]);
  });

describe('publishers and subscribers in any order, with crashes between any two steps', () => {
  it('lose no message and get none twice', () => {
    fc.assert(holds(), { numRuns: 2_000 });
  });

  it('also while messages end because their time is over', () => {
    fc.assert(holds({ keptFor: 15 }), { numRuns: 1_000 });
  });

  it('do meet: the test is not about nothing', () => {
    let received = 0;
    let thrown = 0;
    fc.assert(
      fc.property(schedule, (steps) => {
        const world = play(steps);
        received += world.received.length;
        thrown += world.thrown.length;
      }),
      { numRuns: 300, seed: 1 },
    );
    expect(received).toBeGreaterThan(thrown / 3);
  });
});

type Decide = Simulated['decide'];
const without =
  (type: MessageEvent['type']): Decide =>
  (...asked) =>
    decideMessages(...asked).filter((event) => event.type !== type);

/**
 * Deciders that are wrong in one way: each must be found out. One that forgets which subscriptions have gone would not
 * be, and need not: the case refuses, and the message comes back.
 */
const wrong: Readonly<Record<string, Decide>> = {
  'forgets what was published': (state, ...asked) =>
    decideMessages({ ...state, published: new Map() }, ...asked),
  'does not settle what was delivered': without('MessageDelivered'),
  'keeps what came back for nobody': without('MessageReturned'),
  'matches nobody': without('MessageMatched'),
  'ends what came back': (state, command, now) =>
    decideMessages(state, command, now).map((event) =>
      event.type === 'MessageReturned'
        ? { type: 'MessageExpired', data: { messageId: event.data.messageId } }
        : event,
    ),
  'gives a message on its way to another': (state, command, now) => {
    const messages = new Map([...state.messages].map(([id, it]) => [id, { ...it, matched: null }]));
    return decideMessages(command.type === 'AddSubscription' ? { ...state, messages } : state, command, now);
  },
};

describe('a decider that', () => {
  it.each(Object.keys(wrong))('%s is found out', (name) => {
    const decide = wrong[name] as Decide;
    expect(fc.check(holds({ decide }), { numRuns: 4_000, seed: 7, endOnFailure: true }).failed).toBe(true);
  });
});
