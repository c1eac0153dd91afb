/** Steps per second, latencies and processor time of one measurement. */
export interface Figures {
  readonly stepsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of all processes that take part, per step: the caller, the server asked, PostgreSQL. Null: it cannot be told. */
  readonly cpuUs: number | null;
}

/** What was measured so far: slices of one measurement are added up, so that others can take turns with it. */
export interface Tally {
  readonly latencies: number[];
  tookMs: number;
  cpuUs: number;
}

export const newTally = (): Tally => ({ latencies: [], tookMs: 0, cpuUs: 0 });

/** One kind of work, done by many callers. */
export interface Work {
  /** What one caller does next: a case of some steps. */
  begin(): AsyncIterable<unknown>;
  /** Processor time of the other processes that take part, µs so far. Null: it cannot be told. */
  readonly others: (() => number) | null;
}

/** Runs so many callers side by side; each waits for its answer before it asks again. Adds what it measures to the tally. */
export async function measure(callers: number, cases: number, work: Work, tally: Tally): Promise<void> {
  let left = cases;
  const othersBefore = work.others?.() ?? 0;
  const before = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left-- > 0) {
        let asked = performance.now();
        for await (const _ of work.begin()) {
          const now = performance.now();
          tally.latencies.push(now - asked);
          asked = now;
        }
      }
    }),
  );
  tally.tookMs += performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  tally.cpuUs += user + system + (work.others?.() ?? 0) - othersBefore;
}

/** @param whole whether the processor time of all who took part is in the tally */
export function figuresOf({ latencies, tookMs, cpuUs }: Tally, whole: boolean): Figures {
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => round(latencies[Math.floor((latencies.length - 1) * share)] ?? 0);
  return {
    stepsPerSecond: Math.round((latencies.length / tookMs) * 1000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuUs: whole ? Math.round(cpuUs / latencies.length) : null,
  };
}

/** The run with the median rate. */
export const median = (runs: readonly Figures[]): Figures =>
  [...runs].sort((a, b) => a.stepsPerSecond - b.stepsPerSecond)[Math.floor(runs.length / 2)] as Figures;

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The median. */
export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
