/** Steps per second and latencies of one measurement. */
export interface Figures {
  readonly stepsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of this process alone, per step. */
  readonly clientCpuUs: number;
}

/**
 * Runs so many callers side by side; each waits for its answer before it asks again.
 * @param begin makes what one caller does next: a case of some steps
 */
export async function measure(
  callers: number,
  cases: number,
  begin: () => AsyncIterable<unknown>,
): Promise<Figures> {
  const latencies: number[] = [];
  let left = cases;
  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (left-- > 0) {
        let before = performance.now();
        for await (const _ of begin()) {
          const now = performance.now();
          latencies.push(now - before);
          before = now;
        }
      }
    }),
  );
  const tookMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => round(latencies[Math.floor((latencies.length - 1) * share)] ?? 0);
  return {
    stepsPerSecond: Math.round((latencies.length / tookMs) * 1000),
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    clientCpuUs: Math.round((user + system) / latencies.length),
  };
}

/** The run with the median rate. */
export const median = (runs: readonly Figures[]): Figures =>
  [...runs].sort((a, b) => a.stepsPerSecond - b.stepsPerSecond)[Math.floor(runs.length / 2)] as Figures;

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
