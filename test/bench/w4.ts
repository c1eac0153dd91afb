import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { systemPrincipal } from '@iter/access';
import type { EventLog } from '@iter/event-store';
import { systemClock } from '@iter/platform/clock';
import { createPool } from '@iter/platform/postgres';
import { createProcessCatalog } from '@iter/process-catalog';
import { sequence } from '../support/diagrams.ts';
import { figuresOf, measure, middle, newTally, round } from './measure.ts';
import { openHouse } from './open-cases.ts';
import type { House, System } from './open-cases.ts';
import type { RealCase } from './real-cases.ts';
import { residentBytes } from './processor.ts';
import { openBusHouse } from './w1-bus.ts';
import { startValues, taskValues, tasks } from './w1-case.ts';

export interface W4Options {
  /** Makes an empty database. @returns its address */
  newDatabase(): Promise<string>;
  /** A folder for what the systems keep beside their databases. */
  readonly home: string;
  readonly runs: number;
  /** Cases open at the same time; 1,000,000 where nothing else is asked. */
  readonly cases: number;
  onProgress(what: string): void;
}

/** Beside so many. */
const few = 1_000;
/** More than the 10,000 that a process keeps folded: its caches are full after them. */
const worked = 12_000;
/** Whose they are: a clerk sees those of the first two. */
const comuni = ['c_borgo', 'c_valle', ...Array.from({ length: 98 }, (_, n) => `c_altro${n}`)];

/**
 * W4: many open cases, beside the same system when it had a thousand: what it holds in memory when its caches are full, how long
 * it takes from its start to the first command that it accepts, how long commands and questions to the inbox take; and what W1
 * with 16 in flight is left of its rate with none open. The system runs in a process of its own and is asked over HTTP; W1 goes
 * through the bus.
 */
export async function w4(options: W4Options): Promise<object> {
  const { cases, runs, onProgress } = options;
  const databases = { none: await options.newDatabase(), many: await options.newDatabase() };
  const house = await openHouse(databases.many, mkdtempSync(join(options.home, 'w4-')));
  const like = await firstCase(house);
  const fill = (count: number): Promise<void> =>
    house.fill(count, (n) => ({ like, comune: comuni[n % comuni.length]! }), onProgress);
  await fill(few);
  const small = await look(house, runs);
  await fill(cases - few);
  const large = await look(house, runs);
  await house.close();

  onProgress('steps');
  const stepsPerSecond = await ratesOver(databases, runs);
  const bytesPerCase =
    large.residentBytes === null || small.residentBytes === null
      ? null
      : Math.round((large.residentBytes - small.residentBytes) / (cases - few));
  return {
    ...{ cases, ...large, bytesPerCase, stepsPerSecond: stepsPerSecond.many },
    limit: { cases: few, ...small, noneOpen: { stepsPerSecond: stepsPerSecond.none } },
    ratio: { stepsOfNoneOpen: round(stepsPerSecond.many / stepsPerSecond.none) },
  };
}

/** W1 with 16 in flight over each database, in turns. */
async function ratesOver<K extends string>(
  databases: Record<K, string>,
  runs: number,
): Promise<Record<K, number>> {
  const opened = [];
  for (const [name, url] of Object.entries(databases) as [K, string][]) {
    const pool = createPool({ url, max: 8 });
    opened.push({ name, pool, bus: await openBusHouse(url, pool), rates: [] as number[] });
  }
  for (let run = -1; run < runs; run++) {
    for (const { bus, rates } of opened) {
      const tally = newTally();
      await measure(16, 200, { begin: () => bus.playCase(), others: null }, tally);
      // The first turn warms up.
      if (run >= 0) rates.push(figuresOf(tally, false).stepsPerSecond);
    }
  }
  for (const { bus, pool } of opened) {
    await bus.close();
    await pool.end();
  }
  return Object.fromEntries(opened.map(({ name, rates }) => [name, middle(rates)])) as Record<K, number>;
}

async function look({ startSystem }: House, runs: number) {
  const starts: number[] = [];
  for (let run = 1; ; run++) {
    const began = performance.now();
    const system = await startSystem();
    try {
      const { items } = await system.ask<List>('operatore', 'GET', '/tasks?process=w4&limit=1');
      await system.ask('operatore', 'POST', `/tasks/${items[0]!.id}/complete`, done);
      starts.push((performance.now() - began) / 1_000);
      if (run < runs) continue;
      return {
        startSeconds: round(middle(starts)),
        inboxP95Ms: await askInbox(system),
        commandP95Ms: await work(system, worked),
        residentBytes: residentBytes(system.pid),
      };
    } finally {
      await system.stop();
    }
  }
}

async function deploy(log: EventLog): Promise<void> {
  const catalog = createProcessCatalog({ log, clock: systemClock });
  const { deployed, problems } = await catalog.deploy({
    files: [{ name: 'w4.bpmn', text: sequence('w4', tasks) }],
    tenant: 'p_demo',
    actor: { account: systemPrincipal.account, role: 'SYSTEM', body: 'p_demo' },
  });
  await catalog.close();
  if (!deployed) throw new Error(JSON.stringify(problems));
}

/** A case that waits at its first task, as the system began it. */
async function firstCase(house: House): Promise<RealCase> {
  await deploy(house.log);
  const system = await house.startSystem();
  const begun = { process: 'w4', comune: comuni[0], variables: startValues };
  const { caseId } = await system.ask<{ caseId: string }>('operatore', 'POST', '/cases', begun);
  await system.stop();
  return house.readCase(caseId);
}

interface Task {
  readonly id: string;
}
interface List {
  readonly items: readonly Task[];
  readonly nextCursor: string | null;
}

const done = { variables: taskValues(0) };

/** The questions of people who look at their inbox: p95 of each, in milliseconds. */
async function askInbox(system: System): Promise<Record<string, number>> {
  const questions = {
    all: ['operatore', '/tasks'],
    group: ['operatore', '/tasks?assigned=group'],
    mine: ['operatore', '/tasks?assigned=mine'],
    oneComune: ['responsabile', '/tasks?comune=c_valle'],
    cases: ['operatore', '/cases'],
  } as const;
  const p95Ms: Record<string, number> = {};
  for (const [name, [account, path]] of Object.entries(questions)) {
    const taken: number[] = [];
    for (let n = -10; n < 100; n++) {
      const before = performance.now();
      await system.ask(account, 'GET', path);
      if (n >= 0) taken.push(performance.now() - before);
    }
    p95Ms[name] = p95(taken);
  }
  return p95Ms;
}

/**
 * Completes the first task of so many cases, as far as there are, 16 at a time.
 * @returns p95 of a command, in milliseconds
 */
async function work(system: System, count: number): Promise<number> {
  const taken: number[] = [];
  let left = count;
  for (let cursor: string | null = ''; cursor !== null && left > 0;) {
    const page: List = await system.ask<List>(
      'operatore',
      'GET',
      `/tasks?process=w4&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    const items = page.items.slice(0, left);
    left -= items.length;
    let next = 0;
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        while (next < items.length) {
          const before = performance.now();
          await system.ask('operatore', 'POST', `/tasks/${items[next++]!.id}/complete`, done);
          taken.push(performance.now() - before);
        }
      }),
    );
    cursor = page.nextCursor;
  }
  return p95(taken);
}

const p95 = (taken: number[]): number => round(taken.sort((a, b) => a - b)[Math.floor(taken.length * 0.95)]!);
