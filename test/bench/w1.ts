import { Session } from 'node:inspector/promises';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPool } from '@iter/platform/postgres';
import { anchorTable, batchedAppends, singleAppends } from './anchors.ts';
import type { Write } from './anchors.ts';
import { figuresOf, measure, median, newTally, round } from './measure.ts';
import type { Figures, Work } from './measure.ts';
import { postmasterOf, processorUs } from './processor.ts';
import { openBusHouse } from './w1-bus.ts';
import { tasks } from './w1-case.ts';
import { openHttpHouse } from './w1-http.ts';

export interface W1Options {
  newDatabase(): Promise<string>;
  /** Median of so many runs. */
  readonly runs: number;
  /** Cases per run at 1, 16 and 64 callers. */
  readonly cases: readonly [number, number, number];
  /** Folder for profiles of the processor: of the steps through the bus, and of the process that answers HTTP. */
  readonly profileTo: string | null;
  onProgress(what: string): void;
}

const kinds = ['A', 'bus', 'B', 'http'] as const;
type Kind = (typeof kinds)[number];
const mostCallers = 64;
/** The four take turns so often in a run, so that what else the machine does meets all of them alike. */
const turns = 4;

/**
 * W1: a sequential process of 10 user tasks, each completed by its own durable command: authorised, decided, sealed, hashed,
 * appended; starting the case is a step as well (the eleventh). Through the command bus in this process, and through HTTP in
 * another. Limits A and B (`anchors.ts`) take turns with them.
 */
export async function w1({ newDatabase, runs, cases, profileTo, onProgress }: W1Options): Promise<object> {
  const databaseUrl = await newDatabase();
  const pool = createPool({ url: databaseUrl, max: mostCallers });
  await pool.query(anchorTable);
  const bus = await openBusHouse(databaseUrl, pool);
  onProgress('W1: starting the API');
  const http = await openHttpHouse(
    await newDatabase(),
    mostCallers,
    profileTo === null
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`, '--cpu-prof-name=w1-http.cpuprofile'],
  );

  const postmaster = await postmasterOf(pool);
  const served = postmaster === null ? null : () => processorUs(postmaster);
  const raw = (writer: () => Write) =>
    async function* (): AsyncGenerator<void> {
      const write = writer();
      for (let i = 0; i <= tasks; i++) {
        await write();
        yield;
      }
    };
  const works: Readonly<Record<Kind, Work>> = {
    A: { begin: raw(singleAppends(pool)), others: served },
    bus: { begin: () => bus.playCase(), others: served },
    B: { begin: raw(batchedAppends(pool)), others: served },
    http: { begin: () => http.playCase(), others: served && (() => served() + processorUs(http.pid)) },
  };

  try {
    const figures = await compare(works, { runs, cases, onProgress }, served !== null);
    if (profileTo !== null) {
      onProgress('W1: profile');
      await profiled(join(profileTo, 'w1-bus.cpuprofile'), () =>
        measure(mostCallers, 4 * cases[2], works.bus, newTally()),
      );
    }
    return figures;
  } finally {
    await Promise.all([bus.close(), http.close()]);
    await pool.end();
  }
}

/** @param whole whether the processor time of all who take part can be told */
async function compare(
  works: Readonly<Record<Kind, Work>>,
  { runs, cases, onProgress }: Pick<W1Options, 'runs' | 'cases' | 'onProgress'>,
  whole: boolean,
): Promise<object> {
  for (const kind of kinds) await measure(16, 200, works[kind], newTally());
  const figures: Record<string, object> = {};
  for (const [i, callers] of [1, 16, mostCallers].entries()) {
    const taken: Record<Kind, Figures[]> = { A: [], bus: [], B: [], http: [] };
    const count = Math.ceil(cases[i]! / turns);
    for (let run = 0; run < runs; run++) {
      onProgress(`W1: ${callers} in flight, run ${run + 1} of ${runs}`);
      const tallies = { A: newTally(), bus: newTally(), B: newTally(), http: newTally() };
      for (let turn = 0; turn < turns; turn++)
        for (const kind of kinds) await measure(callers, count, works[kind], tallies[kind]);
      for (const kind of kinds) taken[kind].push(figuresOf(tallies[kind], whole));
    }
    const [A, bus, B, http] = kinds.map((kind) => median(taken[kind])) as [
      Figures,
      Figures,
      Figures,
      Figures,
    ];
    const rate = (of: Figures, to: Figures): number => round(of.stepsPerSecond / to.stepsPerSecond);
    const p99OfA = round(bus.p99Ms / A.p99Ms);
    const ratio = { A: rate(bus, A), B: rate(bus, B), p99OfA, httpOfBus: rate(http, bus) };
    figures[`c${callers}`] = { ...bus, http, limit: { A, B }, ratio };
  }
  return figures;
}

/** Writes what this process spends its time on meanwhile. */
async function profiled(file: string, work: () => Promise<void>): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(profile));
}
