import type { Experiment, Trial } from './trial.ts';

const both = ['redis', 'postgres'] as const;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const monthMs = 30 * dayMs;

/** Several times within the span, at random moments. */
async function nowAndThen(
  trial: Trial,
  times: number,
  act: (n: number) => Promise<void> | void,
): Promise<void> {
  const moments = Array.from({ length: times }, () => trial.random() * trial.spanMs).sort((a, b) => a - b);
  const began = performance.now();
  for (const [n, moment] of moments.entries()) {
    await trial.wait(Math.max(0, moment - (performance.now() - began)));
    await act(n);
  }
}

/** Faults of the queue, of workers and of clocks (ids as in the table of fault experiments). */
export const bellExperiments: readonly Experiment[] = [
  {
    id: 'F26',
    what: 'Redis is flushed, or comes back empty, with 1,000 timers pending',
    backends: ['redis'],
    workers: 2,
    timers: 1_000,
    spanMs: [2_500, 40_000],
    async disturb(trial) {
      await nowAndThen(trial, 3, async () => {
        if (trial.random() < 0.6) return void (await trial.redis.ask('FLUSHALL'));
        await trial.redis.kill();
        trial.redis.forget();
        await trial.redis.restart();
      });
    },
  },
  {
    id: 'F27',
    what: 'Redis is killed and comes back with an old dump: resurrected alarms do nothing',
    backends: ['redis'],
    workers: 2,
    timers: 1_000,
    spanMs: [2_500, 40_000],
    async disturb(trial) {
      await trial.redis.keepDump();
      await trial.wait(trial.between(0, trial.spanMs));
      await trial.redis.kill();
      trial.redis.putBackDump();
      await trial.redis.restart();
    },
    async after(trial) {
      await trial.redis.kill();
      trial.redis.putBackDump();
      await trial.redis.restart();
      await trial.wait(1_500);
    },
  },
  {
    id: 'F28',
    what: 'Redis is out of memory, or does not answer for a minute: commands are accepted, bells caught up',
    backends: ['redis'],
    workers: 2,
    timers: 400,
    spanMs: [3_000, 30_000],
    async disturb(trial) {
      const awayMs = trial.isReal ? 60_000 : trial.between(1_500, 3_000);
      if (trial.random() < 0.5) {
        await trial.redis.ask('CONFIG', 'SET', 'maxmemory', '1');
        await trial.wait(awayMs);
        await trial.redis.ask('CONFIG', 'SET', 'maxmemory', '0');
      } else {
        trial.redis.pause();
        await trial.wait(awayMs);
        trial.redis.goOn();
      }
    },
    judge: (trial) => {
      const { maxMs } = trial.people.figures();
      return maxMs > 10_000 ? [`a person waited ${maxMs} ms for a command`] : [];
    },
  },
  {
    id: 'F29',
    what: 'workers are killed in the middle of firing, or do nothing for longer than their lock lasts',
    backends: both,
    workers: 3,
    timers: 1_000,
    spanMs: [800, 8_000],
    async disturb(trial) {
      await nowAndThen(trial, 3, async () => {
        const n = Math.floor(trial.random() * trial.workers.length);
        const worker = trial.workers[n]!;
        if (trial.random() < 0.35) {
          worker.order({ order: 'block', ms: trial.isReal ? 35_000 : 3_000 });
          return;
        }
        await worker.kill();
        if (trial.random() < 0.7) await trial.startWorker(n);
      });
      // One at least is there to go on.
      if (!trial.workers.some((worker) => worker.isAlive)) await trial.startWorker(0);
      if (trial.isReal) await trial.wait(36_000);
    },
  },
  {
    id: 'F30',
    what: 'four workers race on the PostgreSQL backend',
    backends: ['postgres'],
    workers: 4,
    timers: 1_000,
    spanMs: [1_000, 1_000],
    disturb: (trial) => trial.wait(trial.spanMs),
  },
  {
    id: 'F31',
    what: 'the clocks of machines jump by an hour or a day, go back, or stand still',
    backends: both,
    workers: 2,
    timers: 400,
    spanMs: [2_500, 60_000],
    async disturb(trial) {
      await nowAndThen(trial, 4, () => {
        const worker = trial.oneOf(trial.workers);
        const ms = trial.oneOf([hourMs, -hourMs, dayMs, -dayMs, -10_000, 0]);
        worker.order(ms === 0 ? { order: 'freeze' } : { order: 'jump', ms });
      });
    },
  },
  {
    id: 'F31m',
    what: 'the process is off for a month and comes back',
    backends: both,
    workers: 1,
    timers: 600,
    spanMs: [2_000, 20_000],
    // A tenth is due before it goes off, the rest while it is off.
    dueInMs: (trial) => (trial.random() < 0.1 ? trial.random() * trial.spanMs : trial.random() * monthMs),
    async disturb(trial) {
      await trial.wait(trial.between(0, trial.spanMs));
      if (trial.random() < 0.5) await trial.workers[0]!.kill();
      else await trial.workers[0]!.end();
      await trial.advance(monthMs);
      trial.recoveredMs = Date.now();
      await trial.startWorker(0);
    },
  },
  {
    id: 'F32',
    what: 'the clocks of workers are half a minute ahead and behind: nothing early, and it is said',
    backends: both,
    workers: 2,
    timers: 400,
    spanMs: [2_500, 60_000],
    skewMs: (n) => (n === 0 ? 30_000 : -30_000),
    disturb: (trial) => trial.wait(trial.spanMs),
    judge: (trial) =>
      trial.workers.flatMap(({ config, skews }) =>
        skews.some((ms) => Math.abs(ms - config.skewMs) < 1_000)
          ? []
          : [`${config.name} did not say that its clock is wrong by ${config.skewMs} ms`],
      ),
  },
];
