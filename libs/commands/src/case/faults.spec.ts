import { describe, expect, it } from '@jest/globals';
import type { EventLog } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { worldComune } from '../world/index.ts';
import type { World } from '../world/index.ts';
import { sequence } from '../../../../test/support/diagrams.ts';
import { testWorld } from '../../../../test/support/world.ts';
import type { Outcome } from '../outcome.ts';
import { createMemoryDataKeys, createSealer } from '@iter/platform/sealing';
import { createCaseCommands } from './commands.ts';

let n = 0;
const start = (world: World, more: object = {}) =>
  world.cases.start({
    process: 'three',
    comune: worldComune,
    variables: {},
    principal: world.inRole('DESK_OPERATOR'),
    route: 'start',
    idempotencyKey: `s-${n++}`,
    ...more,
  });

const complete = (world: World, caseId: string, key: string, idempotencyKey = `c-${n++}`, variables = {}) =>
  world.cases.execute({
    caseId,
    command: { type: 'CompleteUserTask', key, variables },
    principal: world.inRole('DESK_OPERATOR'),
    route: 'complete',
    idempotencyKey,
  });

type Done = Extract<Outcome, { outcome: 'done' }>;
const done = (outcome: Outcome): Done => {
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const taskOf = ({ events }: Done): string =>
  (events.findLast(({ type }) => type === 'UserTaskCreated')?.data as { key: string }).key;

const files = [{ name: 'three.bpmn', text: sequence('three', 3) }];

/** Two processes of one house: the same log and keys, each with its own hot cases. */
async function twoProcesses(log: EventLog) {
  const one = testWorld(log);
  await one.deploy(files);
  const cases = createCaseCommands(one.ports);
  return [one, { ...one, cases }] as const;
}

describe('two processes over one log', () => {
  it('the loser of a race reads on and decides again', async () => {
    const [one, two] = await twoProcesses(createMemoryLog());
    const started = done(await start(one));
    const key = taskOf(started);
    const race = await Promise.all([complete(one, started.caseId, key), complete(two, started.caseId, key)]);
    expect(race.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    expect(race.filter(({ outcome }) => outcome === 'rejected')).toHaveLength(1);
    await one.close();
  });

  it('the same command at both is done once and answered alike', async () => {
    const log = createMemoryLog();
    const [one, two] = await twoProcesses(log);
    const started = done(await start(one));
    const key = taskOf(started);
    const race = await Promise.all([
      complete(one, started.caseId, key, 'same'),
      complete(two, started.caseId, key, 'same'),
    ]);
    const [a, b] = race.map(done);
    expect(a?.position).toBe(b?.position);
    expect(a?.revision).toBe(b?.revision);
    await one.close();
  });

  it('a cached state that would refuse wrongly is read on before it answers', async () => {
    const [one, two] = await twoProcesses(createMemoryLog());
    const started = done(await start(one));
    // Both have the case in memory; then one goes on alone.
    done(await complete(one, started.caseId, taskOf(started)));
    const seen = await two.cases.readState({
      caseId: started.caseId,
      principal: one.inRole('DESK_OPERATOR'),
    });
    const second = [...(seen.outcome === 'read' ? seen.state.tasks.keys() : [])][0] as string;
    const third = done(await complete(one, started.caseId, second));
    // To the other process the third task does not exist yet.
    done(await complete(two, started.caseId, taskOf(third)));
    await one.close();
  });

  it('nor does it call a revision stale that has come meanwhile', async () => {
    const [one, two] = await twoProcesses(createMemoryLog());
    const started = done(await start(one));
    await two.cases.readState({ caseId: started.caseId, principal: one.inRole('DESK_OPERATOR') });
    const moved = done(await complete(one, started.caseId, taskOf(started)));
    const outcome = await two.cases.execute({
      caseId: started.caseId,
      command: { type: 'CompleteUserTask', key: taskOf(moved), variables: {} },
      principal: one.inRole('DESK_OPERATOR'),
      route: 'complete',
      idempotencyKey: 'x',
      expectedRevision: moved.revision,
    });
    expect(outcome.outcome).toBe('done');
    await one.close();
  });
});

/** A log that fails as it is told; by default it does what it is asked. */
function faulty(log: EventLog) {
  const plan: ('commit-and-throw' | 'throw')[] = [];
  let failing: 'commit-and-throw' | 'throw' | null = null;
  const wrapped: EventLog = {
    ...log,
    async append(append) {
      const fault = failing ?? plan.shift();
      if (fault === 'throw') throw new Error('connection reset');
      const result = await log.append(append);
      if (fault === 'commit-and-throw') throw new Error('connection reset');
      return result;
    },
  };
  return {
    log: wrapped,
    next: (...faults: typeof plan) => plan.push(...faults),
    always: (fault: typeof failing) => (failing = fault),
  };
}

describe('lost answers', () => {
  it.each([['commit-and-throw'], ['throw']] as const)(
    '%s once: the append is repeated with the same bytes',
    async (fault) => {
      const store = createMemoryLog();
      const broken = faulty(store);
      const world = testWorld(broken.log);
      await world.deploy(files);
      const started = done(await start(world));
      broken.next(fault);
      const completed = done(await complete(world, started.caseId, taskOf(started)));
      const events = await store.readStream(`case-${started.caseId}`);
      expect(events.at(-1)?.revision).toBe(completed.revision);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      await world.close();
    },
  );

  it('for good: the fault is told, and the same command later finds what was done', async () => {
    const store = createMemoryLog();
    const broken = faulty(store);
    const base = testWorld(broken.log);
    const persistence = { attempts: 3, pauseMs: 1 };
    const world = { ...base, cases: createCaseCommands({ ...base.ports, persistence }) };
    await world.deploy(files);
    const started = done(await start(world));
    const key = taskOf(started);
    broken.always('commit-and-throw');
    await expect(complete(world, started.caseId, key, 'lost')).rejects.toThrow();
    broken.always(null);
    const again = done(await complete(world, started.caseId, key, 'lost'));
    expect(again.repeated).toBe(true);
    const completions = (await store.readStream(`case-${started.caseId}`)).filter(
      ({ type }) => type === 'UserTaskCompleted',
    );
    expect(completions).toHaveLength(1);
    await world.close();
  });
});

describe('what is private', () => {
  const canary = 'CANARY-19f3';
  const keys = createMemoryDataKeys();

  const world = async (log: EventLog) => {
    const base = testWorld(log);
    await base.deploy(files);
    const sealer = createSealer({ store: keys });
    const ports = { ...base.ports, sealer };
    return { ...base, ports, sealer, cases: createCaseCommands(ports) };
  };

  it('never enters the log in clear, and is gone with its key while the chain stays', async () => {
    const log = createMemoryLog();
    const house = await world(log);
    const by = house.inRole('DESK_OPERATOR');
    const started = done(await start(house, { variables: { nota: canary }, businessKey: canary }));
    done(await complete(house, started.caseId, taskOf(started), 'k', { [canary]: canary }));
    done(
      await house.cases.execute({
        caseId: started.caseId,
        command: { type: 'AddComment', text: canary },
        principal: by,
        route: 'comment',
        idempotencyKey: 'comment',
      }),
    );
    const page = await log.readAll({ prefixes: ['case-'] });
    expect(JSON.stringify(page)).not.toContain(canary);
    const read = async (process: Awaited<ReturnType<typeof world>>) => {
      const reading = await process.cases.readCase({ caseId: started.caseId, principal: by });
      if (reading.outcome !== 'read') throw new Error(reading.rejection.code);
      return reading;
    };
    expect(JSON.stringify((await read(house)).events)).toContain(canary);

    const keyId = page.events.find((event) => event.keyId)?.keyId as string;
    await house.sealer.destroy([keyId]);
    const afterwards = await read(house);
    expect(JSON.stringify(afterwards.events)).not.toContain(canary);
    expect(afterwards.state.status).toBe('active');
    await house.close();
  });

  it('wrongly altered, is refused instead of folded', async () => {
    const store = createMemoryLog();
    const house = await world(store);
    const started = done(await start(house, { variables: { nota: canary } }));
    const forged: EventLog = {
      ...store,
      readStream: async (stream, options) =>
        (await store.readStream(stream, options)).map((event) =>
          event.revision === 0 ? { ...event, id: '00000000-0000-5000-8000-000000000000' } : event,
        ),
    };
    const cases = createCaseCommands({ ...house.ports, log: forged });
    await expect(
      cases.readCase({ caseId: started.caseId, principal: house.inRole('DESK_OPERATOR') }),
    ).rejects.toThrow();
    await house.close();
  });

  it('a stream that does not begin at its beginning is not folded', async () => {
    const store = createMemoryLog();
    const house = await world(store);
    const started = done(await start(house));
    const cut: EventLog = {
      ...store,
      readStream: async (stream, options) => (await store.readStream(stream, options)).slice(1),
    };
    const cases = createCaseCommands({ ...house.ports, log: cut });
    await expect(
      cases.readState({ caseId: started.caseId, principal: house.inRole('DESK_OPERATOR') }),
    ).rejects.toThrow(/revision 1 where 0 belongs/);
    await house.close();
  });
});
