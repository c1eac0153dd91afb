import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import { createCaseCommands, createMessages } from '@iter/commands';
import type { Outcome } from '@iter/commands';
import { worldComune } from '@iter/commands/world';
import type { EventLog, StoredEvent } from '@iter/event-store';
import { verifyStream } from '@iter/event-store';
import { createPool, migrate } from '@iter/platform/postgres';
import { createPostgresDataKeys, createSealer, dataKeyMigrations } from '@iter/platform/sealing';
import { createQueues, createReactions } from '@iter/reactions';
import type { Queues, Reactions } from '@iter/reactions';
import type { Pool } from 'pg';
import { createTestDatabase } from './support/database.ts';
import { openTestLog } from './support/logs.ts';
import { diagram } from './support/messaging.ts';
import { eventually as sooner } from './support/system.ts';
import { testWorld } from './support/world.ts';
import { throughCommands } from './support/reactions.ts';

const start = '2026-03-06T08:00:00.000Z';
const dayMs = 86_400_000;

/** One process of the house: handlers, hot cases and reactions of its own over the shared database. */
interface House {
  readonly log: EventLog;
  readonly world: ReturnType<typeof testWorld>;
  readonly cases: ReturnType<typeof createCaseCommands>;
  readonly messages: ReturnType<typeof createMessages>;
  readonly reactions: Reactions;
  readonly queues: Queues;
  readonly errors: string[];
}

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: Pool;
let houses: House[] = [];
let now = start;

/** Moves the time of all. */
function advance(ms: number): void {
  now = new Date(Date.parse(now) + ms).toISOString();
  for (const { world } of houses) world.clock.set(now);
}

/** Time goes on while one waits: what was refused for a moment, by a process that did not know a definition yet, is tried again. */
const eventually: typeof sooner = (what, ask, timeoutMs) =>
  sooner(
    what,
    () => {
      advance(500);
      return ask();
    },
    timeoutMs,
  );

async function openHouse(worker: string): Promise<House> {
  const log = await openTestLog(database.url);
  const world = testWorld(log);
  world.clock.set(now);
  const clock = { now: () => now };
  const sealer = createSealer({ store: createPostgresDataKeys(pool, new Uint8Array(32).fill(1)) });
  const ports = { ...world.ports, sealer, clock };
  const cases = createCaseCommands(ports);
  const messages = createMessages(ports, cases);
  const errors: string[] = [];
  const queues = await createQueues({
    databaseUrl: database.url,
    // A job that ends while its lock is renewed, on a slow machine, has none any more: it is rung twice at worst.
    onError(error) {
      if (!error.message.startsWith('could not renew lock')) errors.push(String(error));
    },
  });
  const reactions = await createReactions({
    ...{ log, pool, queues, clock, worker },
    logger: {
      info: () => undefined,
      error: (fields, message) => void errors.push(`${message} ${JSON.stringify(fields)}`),
    },
    ...throughCommands({ world, sealer, cases, messages }),
    reconcileEveryMs: 1_000,
  });
  return { log, world, cases, messages, reactions, queues, errors };
}

async function closeHouse({ reactions, queues, world, log }: House): Promise<void> {
  await reactions.stop();
  await queues.close();
  await world.close();
  await log.close();
}

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.url, max: 40 });
  await migrate(pool, dataKeyMigrations);
  houses = [await openHouse('a'), await openHouse('b')];
  for (const { reactions } of houses) reactions.start();
  await Promise.all(houses.map(({ reactions }) => reactions.ready));
});
afterEach(() => {
  for (const { errors } of houses) expect(errors.splice(0)).toEqual([]);
});
afterAll(async () => {
  for (const house of houses) await closeHouse(house);
  await pool.end();
  await database.drop();
});

let n = 0;
const done = (outcome: { readonly outcome: string }): Extract<Outcome, { outcome: 'done' }> => {
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome as Extract<Outcome, { outcome: 'done' }>;
};
const house = (i: number): House => houses[i % houses.length] as House;

async function begin(i: number, process: string, variables = {}): Promise<string> {
  const { cases } = house(i);
  const outcome = await cases.start({
    ...{ process, comune: worldComune, variables: { ...variables } },
    ...{ principal: systemPrincipal, route: 'test', idempotencyKey: `k${n++}` },
  });
  return done(outcome).caseId;
}

async function deploy(...texts: readonly string[]): Promise<void> {
  const files = texts.map((text, i) => ({ name: `p${i}.bpmn`, text }));
  const { problems } = await house(0).world.deploy(files);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
}

const historyOf = (caseId: string): Promise<readonly StoredEvent[]> =>
  house(0).log.readStream(`case-${caseId}`);

/** All events of cases, in clear fields. */
async function allOf(type: string): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for (let after: string | null = null; ;) {
    const page = await house(0).log.readAll({ after, prefixes: ['case-'] });
    found.push(...page.events.filter((event) => event.type === type));
    after = page.position;
    if (page.atEnd) return found;
  }
}

const stateOf = async (caseId: string) => {
  const reading = await house(0).cases.readCase({ caseId, principal: systemPrincipal });
  if (reading.outcome !== 'read') throw new Error('the case cannot be read');
  return reading.state;
};

describe('messages between cases', () => {
  it('all arrive, each once, however throwers and receivers race in several processes', async () => {
    await deploy(diagram('catches', 'receive ping by key'), diagram('throws', 'send ping by key'));
    const keys = 12;
    const each = 10;
    const caught: string[] = [];
    const work = Array.from({ length: keys * each }, (_, i) => [
      async () => void caught.push(await begin(i, 'catches', { k: `K${i % keys}` })),
      async () => void (await begin(i + 1, 'throws', { k: `K${i % keys}`, n: i })),
    ]).flat();
    // Shuffled by a fixed rule, so that a failure comes back.
    const order = work.map((act, i) => ({ act, at: (i * 7_919) % 1_009 })).sort((a, b) => a.at - b.at);
    let next = 0;
    const lane = async () => {
      for (let it = order[next++]; it; it = order[next++]) await it.act();
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    await eventually(
      'every receiver',
      async () => (await allOf('MessageCorrelated')).length >= keys * each,
      40_000,
    );
    const correlated = await allOf('MessageCorrelated');
    expect(correlated).toHaveLength(keys * each);
    expect(new Set(correlated.map(({ data }) => data['messageId'])).size).toBe(keys * each);
    const numbers: unknown[] = [];
    for (const id of caught) {
      const state = await stateOf(id);
      expect(state.status).toBe('completed');
      numbers.push(state.root.variables['n']);
      expect(Number(state.root.variables['n']) % keys).toBe(
        Number(String(state.root.variables['k']).slice(1)),
      );
    }
    expect(new Set(numbers).size).toBe(keys * each);
    await eventually('all settled', async () => (await figures()).pending === 0, 10_000);
    for (const stream of new Set((await messageEvents()).map((event) => event.stream))) {
      expect(verifyStream(await house(0).log.readStream(stream))).toBeNull();
    }
  }, 120_000);

  it('come back from a receiver that has gone, and wait until their time is over', async () => {
    const gone = await begin(0, 'catches', { k: 'gone' });
    await eventually('the subscription', async () => (await subscribed()).has(`${gone}`), 10_000);
    const cancel = { type: 'CancelCase', reason: 'prova' } as const;
    const upd = house(0).world.inRole('UPD');
    await Promise.all([
      house(0).cases.execute({
        ...{ caseId: gone, command: cancel, principal: upd, route: 'test', idempotencyKey: 'c' },
        reason: 'prova',
      }),
      begin(1, 'throws', { k: 'gone', n: 1 }),
    ]);
    const second = await begin(0, 'catches', { k: 'gone' });
    const received = async () =>
      [gone, second].filter(async (id) =>
        (await historyOf(id)).some(({ type }) => type === 'MessageCorrelated'),
      );
    await eventually('one of the two', async () => (await received()).length > 0, 10_000);
    await eventually('it to be settled', async () => (await figures()).pending === 0, 10_000);

    await begin(0, 'throws', { k: 'nobody', n: 2 });
    await eventually('it to wait', async () => (await figures()).pending === 1, 10_000);
    advance(31 * dayMs);
    await eventually('it to end', async () => (await figures()).pending === 0, 10_000);
    const late = await begin(0, 'catches', { k: 'nobody' });
    await eventually('the subscription', async () => (await subscribed()).has(late), 10_000);
    expect((await stateOf(late)).status).toBe('active');
  });

  it('published from outside count once, reach who waits now, and those who come later', async () => {
    const { messages } = house(0);
    const publish = (key: string, idempotencyKey: string, more: object = {}) =>
      messages.send({
        ...{ name: 'ping', correlationKey: key, variables: { n: 7 }, comune: worldComune },
        ...{ principal: house(0).world.inRole('DESK_OPERATOR'), route: 'messages', idempotencyKey },
        ...more,
      });
    const waits = await begin(0, 'catches', { k: 'out' });
    await eventually('the subscription', async () => (await subscribed()).has(waits), 10_000);
    expect(done(await publish('out', 'm1'))).toMatchObject({ caseId: waits });
    expect(await publish('out', 'm1')).toMatchObject({ outcome: 'published', repeated: true });
    expect(await publish('out', 'm1', { variables: { n: 8 } })).toEqual({ outcome: 'key-reused' });

    expect(await publish('out', 'm2')).toMatchObject({ outcome: 'published', repeated: false });
    expect(await publish('out', 'm3', { timeToLive: 'PT0S' })).toMatchObject({ outcome: 'published' });
    const [second, third] = [
      await begin(1, 'catches', { k: 'out' }),
      await begin(0, 'catches', { k: 'out' }),
    ];
    await eventually('the second', async () => (await stateOf(second)).status === 'completed', 10_000);
    await eventually('the third to wait', async () => (await subscribed()).has(third), 10_000);
    expect((await stateOf(third)).status).toBe('active');
    expect((await stateOf(second)).root.variables['n']).toBe(7);
    expect(await publish('out', 'm4', { timeToLive: 'soon' })).toMatchObject({
      rejection: { code: 'date-invalid' },
    });
    expect(await publish('out', 'm5', { principal: house(0).world.inRole('TRAINER') })).toMatchObject({
      rejection: { code: 'not-authorised' },
    });
  });

  it('without a key find who awaits their name, on whatever day they came; named by its id, the case', async () => {
    await deploy(
      diagram('catches-any', 'receive pong'),
      diagram('throws-any', 'send pong'),
      diagram('throws-to', 'send ping to case'),
    );
    await begin(0, 'throws-any', { n: 1 });
    await eventually('it to wait', async () => (await figures()).pending === 1, 10_000);
    advance(2 * dayMs);
    const first = await begin(1, 'catches-any');
    await eventually('the old one', async () => (await stateOf(first)).status === 'completed', 10_000);
    const second = await begin(1, 'catches-any');
    await begin(0, 'throws-any', { n: 2 });
    await eventually('the new one', async () => (await stateOf(second)).status === 'completed', 10_000);
    const named = await begin(0, 'catches', { k: 'secret' });
    await begin(1, 'throws-to', { caseId: named, n: 3 });
    await eventually('the named one', async () => (await stateOf(named)).status === 'completed', 10_000);
    await eventually('all settled', async () => (await figures()).pending === 0, 10_000);
  });
});

describe('starts', () => {
  it('by message: one linked case a message, of the latest version only', async () => {
    await deploy(diagram('starts', 'start by hello'), diagram('greets', 'send hello'));
    const greeter = await begin(0, 'greets', { n: 5 });
    const started = () =>
      allOf('CaseStarted').then((all) => all.filter(({ data }) => data['process'] === 'starts'));
    await eventually('the case', async () => (await started()).length === 1, 10_000);
    const [event] = await started();
    const history = await house(0).log.readStream(event!.stream);
    expect(history.find(({ type }) => type === 'CaseLinked')?.data).toMatchObject({
      case: greeter,
      relation: 'started-by',
    });
    expect((await stateOf(event!.stream.slice(5))).root.variables['n']).toBe(5);
    const links = async () => (await historyOf(greeter)).filter(({ type }) => type === 'CaseLinked');
    await eventually('the other side', async () => (await links()).length === 1, 10_000);
    expect((await links())[0]?.data).toEqual({
      ...{ case: event!.stream.slice(5), relation: 'started', element: 'middle' },
    });
    await deploy(diagram('starts', 'start'));
    await begin(0, 'greets');
    await eventually('it to wait', async () => (await figures()).pending === 1, 10_000);
    await deploy(diagram('starts', 'start by hello'));
    await eventually('the second', async () => (await started()).length === 2, 10_000);
  });

  it('by timer: once a due time, missed ones too, until another version comes', async () => {
    await deploy(diagram('ticks', 'start every day'));
    const started = () =>
      allOf('CaseStarted').then((all) => all.filter(({ data }) => data['process'] === 'ticks'));
    await eventually('the bell', async () => (await armed()) === 1, 10_000);
    advance(3 * dayMs + 60_000);
    await eventually('three days', async () => (await started()).length === 3, 10_000);
    // The table is lost: what rings again are the same cases.
    await pool.query('delete from effects.start_timers');
    await Promise.all(houses.map(({ reactions }) => reactions.reconcile()));
    await eventually('the bells again', async () => (await armed()) === 1, 10_000);
    expect(await started()).toHaveLength(3);
    expect((await started())[0]).toMatchObject({ tenant: 'p_mondo', data: { comune: 'p_mondo' } });
    await deploy(diagram('ticks', 'start'));
    await eventually('no bell', async () => (await armed()) === 0, 10_000);
  });
});

/** Cases begun of a process, with what they know. */
async function begunOf(process: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const begun = (await allOf('CaseStarted')).filter(({ data }) => data['process'] === process);
  return Promise.all(
    begun.map(async ({ stream, tenant }) => ({
      tenant,
      ...(await stateOf(stream.slice('case-'.length))).root.variables,
    })),
  );
}

describe('what begins with one message', () => {
  const says = (name: string, idempotencyKey: string, more: object = {}) =>
    house(0).messages.send({
      ...{ name, correlationKey: null, variables: { n: 1 }, comune: worldComune },
      ...{ principal: house(0).world.inRole('DESK_OPERATOR'), route: 'messages', idempotencyKey },
      ...more,
    });
  const counts = async (...processes: readonly string[]) =>
    (await Promise.all(processes.map(begunOf))).map(({ length }) => length);

  it('of several processes one case each, whoever says it, and none twice', async () => {
    const three = ['one', 'two', 'three'];
    await deploy(...three.map((key) => diagram(key, 'start by hello')), diagram('calls', 'send hello'));
    // An earlier test left one that begins with it as well.
    await deploy(diagram('starts', 'start'));
    expect(await says('hello', 'h1')).toMatchObject({ outcome: 'published', repeated: false });
    await eventually('all three', async () => (await counts(...three)).join() === '1,1,1', 10_000);
    expect(await says('hello', 'h1')).toMatchObject({ outcome: 'published', repeated: true });
    const caller = await begin(1, 'calls', { n: 2 });
    await eventually('all again', async () => (await counts(...three)).join() === '2,2,2', 10_000);
    const links = (await allOf('CaseLinked')).filter(({ data }) => data['case'] === caller);
    expect(links).toHaveLength(3);
    const started = async () => (await historyOf(caller)).filter(({ type }) => type === 'CaseLinked');
    await eventually('the other side', async () => (await started()).length === 3, 10_000);
    // Everything is looked at again.
    await pool.query('update effects.routers set position = null');
    await Promise.all(houses.map(({ reactions }) => reactions.reconcile()));
    await begin(1, 'calls', { n: 3 });
    await eventually('a third time', async () => (await counts(...three)).join() === '3,3,3', 10_000);
    expect((await begunOf('two')).map(({ n: it }) => it).sort()).toEqual([1, 2, 3]);
    expect(await started()).toHaveLength(3);
    await eventually('all settled', async () => (await figures()).pending === 0, 10_000);
  });

  it('is the same when fewer or more processes begin with it meanwhile', async () => {
    await deploy(diagram('two', 'start'), diagram('three', 'start'));
    const [before] = await counts('one');
    const first = done(await says('hello', 'h2'));
    expect(first).toMatchObject({ repeated: false });
    await deploy(diagram('two', 'start by hello'));
    expect(await says('hello', 'h2')).toMatchObject({ caseId: first.caseId, repeated: true });
    expect(await says('hello', 'h3')).toMatchObject({ outcome: 'published' });
    await eventually('both', async () => (await counts('one'))[0] === before! + 2, 10_000);
    await deploy(diagram('two', 'start'));
    expect(await says('hello', 'h3')).toMatchObject({ outcome: 'published', repeated: true });
    expect(await counts('one')).toEqual([before! + 2]);
    await deploy(diagram('one', 'start'));
  });
});

describe('a start that needs several events', () => {
  it('waits for all of them, whatever comes first, and begins once', async () => {
    await deploy(
      diagram('gathers', 'start by hello and alarm'),
      diagram('says-hello', 'send hello'),
      diagram('cries', 'throw alarm'),
    );
    const before = await triggered();
    await begin(0, 'says-hello', { n: 1 });
    await eventually('it to be taken', async () => (await triggered()) === before + 1, 10_000);
    expect(await begunOf('gathers')).toEqual([]);
    const thrower = await begin(1, 'cries', { n: 2 });
    await eventually('the case', async () => (await begunOf('gathers')).length === 1, 10_000);
    expect(await begunOf('gathers')).toMatchObject([{ tenant: worldComune, n: 2 }]);
    const [event] = (await allOf('CaseStarted')).filter(({ data }) => data['process'] === 'gathers');
    const history = await house(0).log.readStream(event!.stream);
    expect(history.find(({ type }) => type === 'CaseLinked')?.data).toMatchObject({ case: thrower });

    // The next message waits for the next alarm; also after everything that was kept in memory is gone.
    await closeHouse(houses.pop()!);
    houses.push(await openHouse('d'));
    houses[1]!.reactions.start();
    await begin(0, 'cries', { n: 3 });
    await Promise.all(Array.from({ length: 5 }, (_, i) => begin(i, 'says-hello', { n: 10 + i })));
    await eventually('the second', async () => (await begunOf('gathers')).length === 2, 10_000);
    await eventually('all taken', async () => (await figures()).pending === 0, 10_000);
    await pool.query('update effects.routers set position = null');
    await Promise.all(houses.map(({ reactions }) => reactions.reconcile()));
    await eventually('nothing left', async () => (await owed()) === 0);
    expect(await begunOf('gathers')).toHaveLength(2);
    await deploy(diagram('gathers', 'start'));
  });

  it('begins one case for each pair of messages, however they race', async () => {
    await deploy(diagram('pairs', 'start by ping and hello'));
    const send = (i: number, name: string, key: string | null) =>
      house(i).messages.send({
        ...{ name, correlationKey: key, variables: { [name]: i }, comune: worldComune },
        ...{
          principal: house(i).world.inRole('DESK_OPERATOR'),
          route: 'pairs',
          idempotencyKey: `${name}${i}`,
        },
      });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => [send(i, 'ping', null), send(i, 'hello', null)]).flat(),
    );
    await eventually('twenty', async () => (await begunOf('pairs')).length === 20, 20_000);
    await eventually('all taken', async () => (await figures()).pending === 0, 10_000);
    const begun = await begunOf('pairs');
    for (const name of ['ping', 'hello']) expect(new Set(begun.map((it) => it[name])).size).toBe(20);
    // Of different keys they are nobody's pair.
    await send(30, 'ping', 'A');
    await send(30, 'hello', 'B');
    await eventually('both taken', async () => (await figures()).pending === 0, 10_000);
    await send(31, 'hello', 'A');
    await eventually('the pair', async () => (await begunOf('pairs')).length === 21, 10_000);
    expect((await begunOf('pairs')).filter((it) => it['ping'] === 30)).toMatchObject([{ hello: 31 }]);
    await deploy(diagram('pairs', 'start'));
  });

  it('counts a timer and a signal once a round, for the body in whose name it was deployed', async () => {
    await deploy(diagram('rounds', 'start every day with alarm'));
    await eventually('the bell', async () => (await armed()) === 1, 10_000);
    const before = await triggered();
    await begin(0, 'cries');
    await eventually('it to be told', async () => (await triggered()) === before + 1, 10_000);
    expect(await begunOf('rounds')).toEqual([]);
    advance(2 * dayMs + 60_000);
    await eventually('both days', async () => (await triggered()) === before + 3, 10_000);
    await eventually('the first', async () => (await begunOf('rounds')).length === 1, 10_000);
    await begin(0, 'cries');
    await eventually('the second', async () => (await begunOf('rounds')).length === 2, 10_000);
    await begin(0, 'cries');
    await eventually('it to be told', async () => (await triggered()) === before + 5, 10_000);
    expect(await begunOf('rounds')).toMatchObject([{ tenant: 'p_mondo' }, { tenant: 'p_mondo' }]);
    await deploy(diagram('rounds', 'start'));
  });
});

describe('signals', () => {
  it('reach all who wait and start what begins with them; who comes later gets the next', async () => {
    await deploy(
      diagram('listens', 'receive alarm'),
      diagram('begins', 'start by alarm'),
      diagram('alarms', 'throw alarm'),
    );
    const listeners = await Promise.all(Array.from({ length: 30 }, (_, i) => begin(i, 'listens')));
    const thrower = await begin(0, 'alarms', { n: 1 });
    const late = await begin(1, 'listens');
    const heard = async (ids: readonly string[]) =>
      (await Promise.all(ids.map(stateOf))).filter(({ status }) => status === 'completed').length;
    await eventually('all', async () => (await heard(listeners)) === 30, 20_000);
    const begun = () =>
      allOf('CaseStarted').then((all) => all.filter(({ data }) => data['process'] === 'begins'));
    await eventually('the start', async () => (await begun()).length === 1, 10_000);
    expect((await stateOf(late)).status).toBe('active');
    expect((await stateOf(listeners[0]!)).root.variables['n']).toBe(1);
    const received = await allOf('SignalReceived');
    expect(received).toHaveLength(30);
    const thrown = (await historyOf(thrower)).find(({ type }) => type === 'SignalThrown');
    expect(new Set(received.map(({ data }) => data['signalId']))).toEqual(new Set([thrown?.id]));
    // Followed again from the beginning, nothing happens twice.
    await pool.query('update effects.routers set position = null');
    await closeHouse(houses.pop()!);
    houses.push(await openHouse('c'));
    houses[1]!.reactions.start();
    await begin(0, 'alarms', { n: 2 });
    await eventually('the late one', async () => (await heard([late])) === 1, 20_000);
    await eventually('nothing left', async () => (await owed()) === 0);
    expect(await allOf('SignalReceived')).toHaveLength(31);
    expect(await begun()).toHaveLength(2);
  });
});

describe('what is too much for one command', () => {
  it('10,000 parallel tasks come to be in pieces, also when nobody asks', async () => {
    await deploy(diagram('wide', 'many tasks'));
    const id = await begin(0, 'wide', { n: 10_000 });
    await eventually('all tasks', async () => (await stateOf(id)).tasks.size === 10_000, 50_000);
    const sizes = new Map<string, number>();
    for (const { position, index: _, ...event } of await historyOf(id)) {
      sizes.set(position, (sizes.get(position) ?? 0) + Buffer.byteLength(JSON.stringify(event)));
    }
    const largest = Math.max(...sizes.values());
    expect(largest).toBeLessThan(512 * 1024);
    expect((await stateOf(id)).continuation).toBeNull();
  }, 90_000);
});

const figures = async () => (await house(0).reactions.figures()).messages;

async function subscribed(): Promise<ReadonlySet<string>> {
  const added = (await messageEvents()).filter(({ type }) => type === 'SubscriptionAdded');
  return new Set(added.map(({ data }) => String(data['subscription']).split('.')[0]!));
}

async function messageEvents(): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for (let after: string | null = null; ;) {
    const page = await house(0).log.readAll({ after, prefixes: ['message-'] });
    found.push(...page.events);
    after = page.position;
    if (page.atEnd) return found;
  }
}

/** How often something has happened of starts that need several events. */
async function triggered(): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ;) {
    const page = await house(0).log.readAll({ after, prefixes: ['start-'] });
    count += page.events.filter(({ type }) => type === 'StartTriggered').length;
    after = page.position;
    if (page.atEnd) return count;
  }
}

async function armed(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from effects.start_timers where due_at is not null',
  );
  return rows[0]!.count;
}

async function owed(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from effects.signal_deliveries',
  );
  return rows[0]!.count;
}
