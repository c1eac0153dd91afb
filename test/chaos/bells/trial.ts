import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openWriteSide } from '../../support/bell-house.ts';
import type { WriteSide } from '../../support/bell-house.ts';
import { judgeBells } from '../oracle/bells.ts';
import { LogObserver } from '../oracle/log.ts';
import { ChaosRedis } from '../servers/redis.ts';
import { randomFrom } from '../random.ts';
import { People } from './people.ts';
import type { PeopleFigures, Task } from './people.ts';
import { WorkerProcess } from './worker-process.ts';

/** One way of disturbing those who ring. */
export interface Experiment {
  readonly id: string;
  readonly what: string;
  /** Trials take turns with these. */
  readonly backends: readonly ('redis' | 'postgres')[];
  readonly workers: number;
  readonly timers: number;
  /** How long after the first timer the last one is due: short, and at real length. */
  readonly spanMs: readonly [number, number];
  /** What each worker's clock is ahead of the world's from the start. */
  skewMs?(worker: number): number;
  /** When timers are due, after arming; by default spread evenly over the span. */
  dueInMs?(trial: Trial): number;
  /** Begins when timers become due; ends when everything is as it should be again. */
  disturb(trial: Trial): Promise<void>;
  /** After everything has fired: what must change nothing any more. */
  after?(trial: Trial): Promise<void>;
  /** More to be judged at the end. @returns what is wrong */
  judge?(trial: Trial): readonly string[];
}

export interface TrialResult {
  readonly seed: number;
  readonly backend: 'redis' | 'postgres';
  readonly faults: readonly string[];
  readonly armed: number;
  readonly fired: number;
  readonly disarmed: number;
  /** The latest firing after its due time or recovery, whichever was later. */
  readonly latestMs: number;
  /** What people waited for their commands, all along. */
  readonly people: PeopleFigures;
  readonly seconds: number;
}

/** The promise: everything that was due has fired by then after recovery. */
const promisedMs = 60_000;
const shortIntervals = { reconcileEveryMs: 1_000, leaseMs: 2_000, lockMs: 2_000, measureEveryMs: 500 };

/** The trial is to be repeated with more patience. */
export class NothingDisturbed extends Error {
  override readonly name = 'NothingDisturbed';
}

export interface TrialOptions {
  readonly experiment: Experiment;
  readonly seed: number;
  readonly nth: number;
  readonly isReal: boolean;
  readonly databaseUrl: string;
  readonly folder: string;
  /** How much longer than expected arming may take; 1 on a machine that is free. */
  readonly patience: number;
}

/** Cases with timers, workers that ring them, people at work, and somebody who watches the log. */
export class Trial {
  readonly random: () => number;
  readonly backend: 'redis' | 'postgres';
  readonly isReal: boolean;
  readonly spanMs: number;
  readonly workers: WorkerProcess[] = [];
  redis!: ChaosRedis;
  side!: WriteSide;
  observer!: LogObserver;
  /** The world's time from which lateness counts. */
  recoveredMs = 0;
  readonly #options: TrialOptions;
  readonly #experiment: Experiment;
  people!: People;
  readonly #faults: string[] = [];
  #ahead: { readonly fromMs: number; readonly byMs: number } | null = null;

  constructor(options: TrialOptions) {
    this.#options = options;
    this.#experiment = options.experiment;
    this.random = randomFrom(options.seed);
    this.isReal = options.isReal;
    this.spanMs = options.experiment.spanMs[options.isReal ? 1 : 0];
    const { backends } = options.experiment;
    this.backend = backends[options.nth % backends.length]!;
  }

  async run(): Promise<TrialResult> {
    const began = performance.now();
    const { experiment, databaseUrl, folder, seed } = this.#options;
    mkdirSync(folder, { recursive: true });
    try {
      await this.#open();
      this.side = await openWriteSide({ databaseUrl });
      this.observer = await LogObserver.start(databaseUrl);
      this.people = new People(this.side, join(folder, 'ledger.jsonl'));
      const work = [this.people.work(), this.people.work()];
      work.push(this.#answer(await this.#arm()));
      const begunMs = Date.now();
      await experiment.disturb(this);
      this.recoveredMs = Math.max(this.recoveredMs, Date.now());
      await this.#untilFired();
      await experiment.after?.(this);
      this.people.goHome();
      await Promise.all(work);
      await this.#untilQuiet();
      const verdict = this.judge();
      const firings = this.observer.events.filter(({ type }) => type === 'TimerFired');
      const disturbed = firings.filter(({ seenMs }) => seenMs >= begunMs).length / firings.length;
      // Most had fired before anything was disturbed: the machine was too busy for this trial to show anything.
      if (disturbed < 0.6)
        throw new NothingDisturbed(`${Math.round(disturbed * 100)} % fired while disturbed`);
      const faults = [
        ...this.#faults,
        ...this.people.judge(this.observer.events),
        ...verdict.faults,
        ...verdict.lost.map((name) => `${name} was due and did not fire`),
        ...this.observer.faults,
        ...(experiment.judge?.(this) ?? []),
      ];
      if (verdict.latestMs > promisedMs)
        faults.push(`the latest fired ${verdict.latestMs} ms after recovery`);
      const { armed, fired, disarmed, latestMs } = verdict;
      return {
        ...{ seed, backend: this.backend, faults, armed, fired, disarmed, latestMs: Math.round(latestMs) },
        people: this.people.figures(),
        seconds: Math.round((performance.now() - began) / 100) / 10,
      };
    } finally {
      this.people?.goHome();
      await this.#close();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  judge(): ReturnType<typeof judgeBells> {
    const ahead = this.#ahead;
    return judgeBells(this.observer.events, {
      nowMs: Date.parse(this.side.clock.now()),
      recoveredMs: this.recoveredMs,
      aheadAt: (worldMs) => (ahead && worldMs >= ahead.fromMs ? ahead.byMs : 0),
    });
  }

  /** Between two times, in ms; the same for the same seed. */
  between(low: number, high: number): number {
    return Math.round(low + this.random() * (high - low));
  }

  oneOf<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  wait(ms: number): Promise<void> {
    return pause(ms);
  }

  async startWorker(n: number): Promise<WorkerProcess> {
    const worker = await WorkerProcess.start({
      databaseUrl: this.#options.databaseUrl,
      redisUrl: this.backend === 'redis' ? this.redis.url : null,
      name: `w${n}`,
      skewMs: this.#experiment.skewMs?.(n) ?? 0,
      intervals: this.isReal ? null : shortIntervals,
    });
    this.workers[n] = worker;
    return worker;
  }

  /** The engine's time is moved ahead for all processes, also for those that are off. */
  async advance(ms: number): Promise<void> {
    this.#ahead = { fromMs: Date.now(), byMs: ms };
    await this.side.clock.advanceTo(new Date(Date.parse(this.side.clock.now()) + ms).toISOString());
  }

  async #open(): Promise<void> {
    if (this.backend === 'redis') this.redis = await ChaosRedis.start(join(this.#options.folder, 'redis'));
    await Promise.all(Array.from({ length: this.#experiment.workers }, (_, n) => this.startWorker(n)));
  }

  /** A third of the timers are of cases that have a task with a deadline and two reminders, than which a person may be quicker: three timers each. */
  async #arm(): Promise<readonly Task[]> {
    const { timers } = this.#experiment;
    const contested = Math.floor(timers / 9);
    const plain = timers - 3 * contested;
    // Arming must be over before the first is due: how long it takes is tried out first.
    const tried = 48;
    const began = performance.now();
    await Promise.all(Array.from({ length: tried }, () => this.people.start('work', {})));
    const eachMs = (performance.now() - began) / tried;
    const leadMs = 500 + (plain + contested) * eachMs * 1.5 * this.#options.patience;
    const epoch = Date.parse(this.side.clock.now()) + leadMs;
    const dueAt = (): string => {
      const inMs = this.#experiment.dueInMs?.(this) ?? this.random() * this.spanMs;
      return new Date(epoch + Math.round(inMs)).toISOString();
    };
    const rhythm = `R2/PT${Math.max(1, Math.round(this.spanMs / 3_000))}S`;
    const asked = [
      ...Array.from({ length: plain }, () => ({ process: 'alarm', variables: { due: dueAt() } })),
      ...Array.from({ length: contested }, () => ({
        process: 'contested',
        variables: { due: dueAt(), rhythm },
      })),
    ];
    const tasks: Task[] = [];
    let next = 0;
    await Promise.all(
      Array.from({ length: 24 }, async () => {
        for (let it = asked[next++]; it; it = asked[next++]) {
          const task = await this.people.start(it.process, it.variables);
          if (task && it.process === 'contested') tasks.push(task);
        }
      }),
    );
    await pause(Math.max(0, epoch - Date.parse(this.side.clock.now())));
    return tasks;
  }

  /** Half of the tasks that a timer competes for are done by a person, at any moment. */
  async #answer(tasks: readonly Task[]): Promise<void> {
    const mine = tasks.filter(() => this.random() < 0.5);
    const moments = mine.map(() => this.random() * this.spanMs).sort((a, b) => a - b);
    const began = performance.now();
    for (const [i, task] of mine.entries()) {
      await pause(Math.max(0, moments[i]! - (performance.now() - began)));
      await this.people.complete(task);
    }
  }

  /** Until nothing that was armed waits any more, or the promise is broken. */
  async #untilFired(): Promise<void> {
    const giveUpAt = Date.now() + promisedMs + this.spanMs;
    while (Date.now() < giveUpAt) {
      const { lost, waiting } = this.judge();
      if (lost.length + waiting === 0) return;
      await pause(100);
    }
  }

  /** Until the table of bells knows what the log knows. */
  async #untilQuiet(): Promise<void> {
    const giveUpAt = Date.now() + 10_000;
    let left = -1;
    while (Date.now() < giveUpAt) {
      [{ left }] = (await this.observer.query<{ left: number }>(
        'select count(*)::int as left from reactions.bells',
      )) as [{ left: number }];
      if (left === 0) break;
      await pause(100);
    }
    if (left !== 0) this.#faults.push(`${left} bells are left in the table`);
    await this.observer.look();
  }

  async #close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.end()));
    await this.observer?.stop();
    await this.side?.close();
    if (this.backend === 'redis') {
      this.redis?.goOn();
      await this.redis?.kill();
    }
  }
}
