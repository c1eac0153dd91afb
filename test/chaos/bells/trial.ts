import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '@iter/commands';
import { worldComune } from '@iter/commands/world';
import { isUnreached } from '@iter/platform/postgres';
import { openWriteSide } from '../../support/bell-house.ts';
import type { WriteSide } from '../../support/bell-house.ts';
import { judgeBells } from '../oracle/bells.ts';
import { LogObserver } from '../oracle/log.ts';
import { ChaosRedis } from '../servers/redis.ts';
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
  readonly people: {
    readonly commands: number;
    /** How often the database had no connection left. */
    readonly turnedAway: number;
    readonly p99Ms: number;
    readonly maxMs: number;
  };
  readonly seconds: number;
}

/** The promise: everything that was due has fired by then after recovery. */
const promisedMs = 60_000;
const shortIntervals = { reconcileEveryMs: 1_000, leaseMs: 2_000, lockMs: 2_000, measureEveryMs: 500 };

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

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
  readonly #ledger: string;
  readonly #acknowledged: { readonly commandId: string; readonly stream: string }[] = [];
  readonly #latencies: number[] = [];
  readonly #faults: string[] = [];
  readonly #tasks: { readonly caseId: string; readonly key: string }[] = [];
  #ahead: { readonly fromMs: number; readonly byMs: number } | null = null;
  #turnedAway = 0;
  #working = true;

  constructor(options: TrialOptions) {
    this.#options = options;
    this.#experiment = options.experiment;
    this.random = randomFrom(options.seed);
    this.isReal = options.isReal;
    this.spanMs = options.experiment.spanMs[options.isReal ? 1 : 0];
    const { backends } = options.experiment;
    this.backend = backends[options.nth % backends.length]!;
    this.#ledger = join(options.folder, 'ledger.jsonl');
  }

  async run(): Promise<TrialResult> {
    const began = performance.now();
    const { experiment, databaseUrl, folder, seed } = this.#options;
    mkdirSync(folder, { recursive: true });
    try {
      await this.#open();
      this.side = await openWriteSide({ databaseUrl });
      this.observer = await LogObserver.start(databaseUrl);
      const people = [this.#work(), this.#work()];
      await this.#arm();
      people.push(this.#answerTasks());
      const begunMs = Date.now();
      await experiment.disturb(this);
      this.recoveredMs = Math.max(this.recoveredMs, Date.now());
      await this.#untilFired();
      await experiment.after?.(this);
      this.#working = false;
      await Promise.all(people);
      await this.#untilQuiet();
      const verdict = this.judge();
      const firings = this.observer.events.filter(({ type }) => type === 'TimerFired');
      const disturbed = firings.filter(({ seenMs }) => seenMs >= begunMs).length / firings.length;
      // Most had fired before anything was disturbed: the machine was too busy for this trial to show anything.
      if (disturbed < 0.6)
        throw new NothingDisturbed(`${Math.round(disturbed * 100)} % fired while disturbed`);
      const faults = [
        ...this.#faults,
        ...verdict.faults,
        ...verdict.lost.map((name) => `${name} was due and did not fire`),
        ...this.observer.faults,
        ...this.#judgeLedger(),
        ...(experiment.judge?.(this) ?? []),
      ];
      if (verdict.latestMs > promisedMs)
        faults.push(`the latest fired ${verdict.latestMs} ms after recovery`);
      const { armed, fired, disarmed, latestMs } = verdict;
      return {
        ...{ seed, backend: this.backend, faults, armed, fired, disarmed, latestMs: Math.round(latestMs) },
        people: this.latencies(),
        seconds: Math.round((performance.now() - began) / 100) / 10,
      };
    } finally {
      this.#working = false;
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

  /** What people have waited for their commands so far. */
  latencies(): TrialResult['people'] {
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
    return { commands: sorted.length, turnedAway: this.#turnedAway, p99Ms: at(0.99), maxMs: at(1) };
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
  async #arm(): Promise<void> {
    const { timers } = this.#experiment;
    const contested = Math.floor(timers / 9);
    const plain = timers - 3 * contested;
    // Arming must be over before the first is due: how long it takes is tried out first.
    const tried = 48;
    const began = performance.now();
    await Promise.all(Array.from({ length: tried }, () => this.#start('work', {})));
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
    let next = 0;
    await Promise.all(
      Array.from({ length: 24 }, async () => {
        for (let it = asked[next++]; it; it = asked[next++]) {
          const outcome = await this.#start(it.process, it.variables);
          if (it.process === 'contested' && outcome?.outcome === 'done')
            this.#tasks.push({ caseId: outcome.caseId, key: keyOfTask(outcome) });
        }
      }),
    );
    await pause(Math.max(0, epoch - Date.parse(this.side.clock.now())));
  }

  async #start(process: string, variables: Record<string, string>): Promise<Outcome | null> {
    const idempotencyKey = randomUUID();
    return this.#ask(`start ${process}`, () =>
      this.side.cases.start({
        principal: this.side.world.inRole('DESK_OPERATOR'),
        ...{ route: 'chaos', idempotencyKey, process, comune: worldComune, variables },
      }),
    );
  }

  #complete(caseId: string, key: string): Promise<Outcome | null> {
    return this.#ask(`complete ${caseId} ${key}`, () =>
      this.side.cases.execute({
        principal: this.side.world.inRole('DESK_OPERATOR'),
        ...{ route: 'chaos', idempotencyKey: randomUUID(), caseId },
        command: { type: 'CompleteUserTask', key, variables: {} },
      }),
    );
  }

  /** Asks, and writes down outside of the system what was asked and what was answered. */
  async #ask(what: string, ask: () => Promise<Outcome>): Promise<Outcome | null> {
    const before = performance.now();
    try {
      const outcome = await this.#insist(ask);
      this.#latencies.push(performance.now() - before);
      const code = outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;
      const event = outcome.outcome === 'done' ? outcome.events[0] : undefined;
      if (event) this.#acknowledged.push({ commandId: event.commandId, stream: event.stream });
      appendFileSync(this.#ledger, `${JSON.stringify({ what, code, commandId: event?.commandId })}\n`);
      return outcome;
    } catch (error) {
      this.#faults.push(`${what} was not accepted: ${String(error)}`);
      return null;
    }
  }

  /** Where no connection to the database is to be had nothing was asked: people are told so, and try again. */
  async #insist<T>(ask: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await ask();
      } catch (error) {
        if (!isUnreached(error) || tries === 10) throw error;
        this.#turnedAway++;
        await pause(500);
      }
    }
  }

  /** Somebody who works on cases without timers, whatever happens to the bells. */
  async #work(): Promise<void> {
    while (this.#working) {
      const outcome = await this.#start('work', {});
      await pause(80);
      if (outcome?.outcome === 'done') await this.#complete(outcome.caseId, keyOfTask(outcome));
      await pause(80);
    }
  }

  /** Half of the tasks that a timer competes for are done by a person, at any moment. */
  async #answerTasks(): Promise<void> {
    const mine = this.#tasks.filter(() => this.random() < 0.5);
    const rest = mine.map(() => this.random() * this.spanMs).sort((a, b) => a - b);
    const began = performance.now();
    for (const [i, { caseId, key }] of mine.entries()) {
      await pause(Math.max(0, rest[i]! - (performance.now() - began)));
      await this.#complete(caseId, key);
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

  /** Whatever was acknowledged is in the log, once. */
  #judgeLedger(): readonly string[] {
    const blocks = new Map<string, number>();
    let before = '';
    for (const { commandId, stream } of this.observer.events) {
      const name = `${stream} ${commandId}`;
      if (name !== before) blocks.set(name, (blocks.get(name) ?? 0) + 1);
      before = name;
    }
    return this.#acknowledged.flatMap(({ commandId, stream }) => {
      const times = blocks.get(`${stream} ${commandId}`) ?? 0;
      return times === 1 ? [] : [`the acknowledged command ${commandId} is in the log ${times} times`];
    });
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

function keyOfTask(outcome: Outcome): string {
  if (outcome.outcome !== 'done') return '';
  const created = outcome.events.findLast(({ type }) => type === 'UserTaskCreated');
  return (created?.data as { key: string }).key;
}
