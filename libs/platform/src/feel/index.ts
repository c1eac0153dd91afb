import { createEvaluator as createFeel } from '@iter/feel/evaluation';
import type { LegalDates } from '@iter/feel/evaluation';
import type { Evaluate } from '@iter/feel';
import { matchWithin } from './match-within.ts';

export interface FeelLimits {
  /** Processor time for all costly expressions of one command; 500 ms by default. */
  readonly budgetMs?: number;
  /** Steps (iterations, calls, items made) for the same; 1,000,000 by default. */
  readonly steps?: number;
  /** Characters of what an expression reads and of what it gives, as JSON, and of one text; 512 Ki by default. */
  readonly size?: number;
}

/** Functions within functions: far from the end of the stack. */
const deepest = 100;

/** Node 22 knows the processor time of the whole process only. */
const usage = process.threadCpuUsage?.bind(process) ?? process.cpuUsage.bind(process);

/**
 * Milliseconds for which the processor worked here. Time that passes says nothing about an expression: on a busy machine an
 * honest one would be ended, and its case be stuck.
 */
function cpuMs(): number {
  const { user, system } = usage();
  return (user + system) / 1_000;
}

/**
 * The evaluator of `@iter/feel` for one command, bounded by this machine: the processor time of its thread, and a watchdog
 * that ends the matching of patterns.
 * @param now the engine's time; `now()` and `today()` show it as clocks in Rome do
 * @param legal what the functions of the legal calendar ask; without it they say null
 */
export function createEvaluator({
  now,
  budgetMs = 500,
  steps = 1_000_000,
  size = 512 * 1024,
  legal,
}: FeelLimits & { readonly now: string; readonly legal?: LegalDates }): Evaluate {
  return createFeel({
    now,
    zone: 'Europe/Rome',
    limits: { steps, size, depth: deepest },
    clock: cpuMs,
    budgetMs,
    pattern: matchWithin,
    ...(legal && { legal }),
  });
}
