import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { worldComune } from '@iter/commands/world';
import { chainEvents, hashEvent } from '@iter/event-store';
import type { Page, StoredEvent, StreamHead } from '@iter/event-store';
import { openBellHouse } from '../support/bell-house.ts';
import type { BellHouse } from '../support/bell-house.ts';
import { alarm, sequence } from '../support/diagrams.ts';
import { round } from './measure.ts';
import { ringAlone } from './w3-queue.ts';

export interface W3Options {
  /** Makes an empty database. @returns its address */
  newDatabase(): Promise<string>;
  readonly redisUrl: string;
  readonly runs: number;
  /** Timers due in the same second. */
  readonly timers: number;
  /** Timers that became due while nothing ran. */
  readonly backlog: number;
  onProgress(what: string): void;
}

type Backend = 'postgres' | 'redis';

/**
 * W3: timers due in the same second, rung through queue, commands, sealing and log; and a backlog after an outage, with people at
 * work meanwhile. Limit: appends of the very events that the timers gave, straight to the same log, in the same run.
 */
export async function w3(options: W3Options): Promise<object> {
  const figures: Record<string, object> = {};
  for (const backend of ['redis', 'postgres'] as const) {
    const atOnce: Awaited<ReturnType<typeof sameSecond>>[] = [];
    for (let run = 0; run < options.runs; run++) {
      options.onProgress(`W3 ${backend}: ${options.timers} timers in one second, run ${run + 1}`);
      atOnce.push(await sameSecond(options, backend));
    }
    const middle = [...atOnce].sort((a, b) => a.perSecond - b.perSecond)[Math.floor(atOnce.length / 2)]!;
    options.onProgress(`W3 ${backend}: the queue alone`);
    const queueAlone = await ringAlone({
      count: options.timers,
      databaseUrl: await options.newDatabase(),
      redisUrl: backend === 'redis' ? options.redisUrl : undefined,
    });
    options.onProgress(`W3 ${backend}: a backlog of ${options.backlog}`);
    const backlog = await afterOutage(options, backend);
    figures[backend] = { ...middle, queueAlone, backlog };
  }
  return figures;
}

interface Firing {
  readonly caseId: string;
  /** When its events were on disk, in the engine's time, ms. */
  readonly at: number;
}

interface Bench extends BellHouse {
  /** Resolves when so many bells have rung since the house was opened. */
  rung(count: number): Promise<readonly Firing[]>;
}

async function openHouse(options: W3Options, backend: Backend, databaseUrl: string): Promise<Bench> {
  const firings: Firing[] = [];
  let enough = { count: Infinity, resolve: (): void => undefined };
  const house = await openBellHouse({
    onRung: ({ caseId }) => {
      firings.push({ caseId, at: Date.parse(house.clock.now()) });
      if (firings.length >= enough.count) enough.resolve();
    },
    databaseUrl,
    redisUrl: backend === 'redis' ? options.redisUrl : undefined,
    // Apart from other runs on the same Redis.
    queues: { prefix: `bench-${randomUUID().slice(0, 8)}` },
    worker: 'bench',
    onTrouble: (what) => process.stderr.write(`${what}\n`),
  });
  const rung = async (count: number): Promise<readonly Firing[]> => {
    if (firings.length < count) await new Promise<void>((resolve) => (enough = { count, resolve }));
    return firings;
  };
  return { ...house, rung };
}

/** Reads the whole log: whatever was due has fired, and fired once. */
async function mustHaveFiredOnce({ log }: BellHouse, count: number): Promise<void> {
  const fired = new Set<string>();
  for (let after: Page['position'] = null, atEnd = false; !atEnd;) {
    const page: Page = await log.readAll({ after, prefixes: ['case-'], limit: 10_000 });
    for (const { type, stream } of page.events) {
      if (type === 'TimerFired' && fired.size === fired.add(stream).size)
        throw new Error(`the timer of ${stream} fired twice`);
    }
    ({ position: after, atEnd } = page);
  }
  if (fired.size !== count) throw new Error(`${fired.size} timers of ${count} have fired`);
}

const by = (house: BellHouse) => ({ principal: house.world.inRole('DESK_OPERATOR'), route: 'bench' });

/** Starts cases that wait until an instant, many at once. @returns how many a second */
async function armTimers(house: BellHouse, count: number, due: () => string): Promise<number> {
  let left = count;
  const before = performance.now();
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (left-- > 0) {
        const variables = { due: due(), employeeRef: 'E-1' };
        const asked = { process: 'alarm', comune: worldComune, variables, idempotencyKey: randomUUID() };
        const outcome = await house.cases.start({ ...by(house), ...asked });
        if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
      }
    }),
  );
  return (count * 1000) / (performance.now() - before);
}

async function sameSecond(options: W3Options, backend: Backend) {
  const { timers } = options;
  const house = await openHouse(options, backend, await options.newDatabase());
  try {
    await house.world.deploy([{ name: 'alarm.bpmn', text: alarm('alarm') }]);
    const rate = await armTimers(house, Math.min(500, timers), () => '2999-01-01T00:00:00Z');
    house.reactions.start();
    await house.reactions.ready;
    const dueAt = new Date(
      Math.ceil((Date.parse(house.clock.now()) + (timers / rate) * 2_000 + 5_000) / 1_000) * 1_000,
    ).toISOString();
    await armTimers(house, timers, () => dueAt);
    if (house.clock.now() >= dueAt) throw new Error('arming took longer than planned');
    await pause(Date.parse(dueAt) - Date.parse(house.clock.now()));
    const cpuUs = cpuTime();
    const fired = await house.rung(timers);
    const clientCpuUs = Math.round((cpuTime() - cpuUs) / timers);
    const lateness = fired.map(({ at }) => at - Date.parse(dueAt)).sort((a, b) => a - b);
    const rung = {
      ...spread(lateness),
      clientCpuUs,
      perSecond: Math.round((timers * 1000) / lateness.at(-1)!),
    };
    await mustHaveFiredOnce(house, timers);
    const limit = await appendsAlone(house, `case-${fired[0]!.caseId}`, timers);

    return { ...rung, limit: { appendsPerSecond: limit }, ratio: round(rung.perSecond / limit) };
  } finally {
    await house.close();
  }
}

/** The limit: what a timer added to its stream, added to as many other streams, with as many callers as bells ring at once. */
async function appendsAlone(house: BellHouse, like: string, count: number): Promise<number> {
  const events = await house.log.readStream(like);
  const last = events.at(-1)!.commandId;
  const [begun, firing] = [
    events.filter(({ commandId }) => commandId !== last),
    events.filter(({ commandId }) => commandId === last),
  ];
  const copy = (of: readonly StoredEvent[], stream: string, head: StreamHead | null) =>
    chainEvents(
      head,
      of.map(({ position: _, index: __, revision: ___, prevHash: ____, ...event }) => ({
        ...event,
        stream,
        id: randomUUID(),
      })),
    );
  const appends = Array.from({ length: count }, () => {
    const stream = `case-${randomUUID()}`;
    const start = copy(begun, stream, null);
    const tip = start.at(-1)!;
    const then = copy(firing, stream, { revision: tip.revision, hash: hashEvent(tip) });
    return { stream, start, then, tip };
  });
  const write = async (what: (n: number) => Promise<unknown>): Promise<number> => {
    let next = 0;
    const before = performance.now();
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        while (next < count) await what(next++);
      }),
    );
    return Math.round((count * 1000) / (performance.now() - before));
  };
  await house.reactions.stop();
  await write((n) => {
    const { stream, start } = appends[n]!;
    return house.log.append({ stream, expectedRevision: -1, events: start });
  });
  return write((n) => {
    const { stream, then, tip } = appends[n]!;
    return house.log.append({ stream, expectedRevision: tip.revision, events: then });
  });
}

/** What this process has used of the processor so far, in µs. */
const cpuTime = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const spread = (sorted: readonly number[]) => {
  const at = (share: number): number => round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0, 1);
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
};

/** People who complete tasks, each with a thought in between; until told to stop. */
function people(house: BellHouse, count: number) {
  const latencies: number[] = [];
  let going = true;
  const timed = async <T>(ask: () => Promise<T>): Promise<T> => {
    const before = performance.now();
    const answer = await ask();
    latencies.push(performance.now() - before);
    return answer;
  };
  const work = async (): Promise<void> => {
    while (going) {
      const asked = { process: 'work', comune: worldComune, variables: {}, idempotencyKey: randomUUID() };
      let outcome = await timed(() => house.cases.start({ ...by(house), ...asked }));
      for (let n = 0; n < 10 && going; n++) {
        await pause(20);
        if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
        const { caseId, events } = outcome;
        const key = (events.findLast(({ type }) => type === 'UserTaskCreated')!.data as { key: string }).key;
        const command = { type: 'CompleteUserTask', key, variables: { n } } as const;
        outcome = await timed(() =>
          house.cases.execute({ ...by(house), caseId, idempotencyKey: randomUUID(), command }),
        );
      }
    }
  };
  const done = Promise.all(Array.from({ length: count }, work));
  return {
    async stop() {
      going = false;
      await done;
      return { ...spread(latencies.sort((a, b) => a - b)), commands: latencies.length };
    },
  };
}

/** Everything became due while the process was off: it comes back, and people work at once. */
async function afterOutage(options: W3Options, backend: Backend) {
  const databaseUrl = await options.newDatabase();
  const before = await openHouse(options, backend, databaseUrl);
  let quiet;
  const dueAt = new Date(Date.now() + 86_400_000).toISOString();
  try {
    await before.world.deploy([
      { name: 'alarm.bpmn', text: alarm('alarm') },
      { name: 'work.bpmn', text: sequence('work', 10) },
    ]);
    await armTimers(before, options.backlog, () => dueAt);
    before.reactions.start();
    await before.reactions.ready;
    await untilFollowed(before);
    const alone = people(before, 4);
    await pause(3_000);
    quiet = await alone.stop();
    // As long as nothing runs, the day passes.
    await before.reactions.stop();
    await before.clock.advanceTo(new Date(Date.parse(dueAt) + 1_000).toISOString());
  } finally {
    await before.close();
  }

  const house = await openHouse(options, backend, databaseUrl);
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  globalThis.gc?.();
  const atRest = process.memoryUsage().rss;
  try {
    const began = performance.now();
    house.reactions.start();
    const busy = people(house, 4);
    await house.rung(options.backlog);
    const seconds = (performance.now() - began) / 1000;
    const meanwhile = await busy.stop();
    await mustHaveFiredOnce(house, options.backlog);
    const mib = (bytes: number): number => Math.round(bytes / 2 ** 20);
    return {
      timers: options.backlog,
      perSecond: Math.round(options.backlog / seconds),
      rssMiB: { before: mib(atRest), peak: mib(peak) },
      people: { before: quiet, meanwhile },
    };
  } finally {
    clearInterval(watch);
    await house.close();
  }
}

async function untilFollowed(house: BellHouse): Promise<void> {
  while ((await house.reactions.follower.lag()).appends > 0) await pause(100);
}
