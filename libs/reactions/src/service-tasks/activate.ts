import { visibleVariables } from '@iter/engine';
import type { CaseState, Variables } from '@iter/engine';
import type { Pool } from 'pg';
import { claim } from '../effects/tries.ts';
import { dueJobs } from './due-jobs.ts';

export interface Activation {
  readonly type: string;
  /** 1 to 100. */
  readonly limit: number;
  /** How long the worker has, up to an hour; afterwards others may get the job. */
  readonly lockMs: number;
  readonly worker: string;
}

/** A job given to a worker outside. */
export interface ActivatedJob {
  /** `<caseId>.<key>` */
  readonly id: string;
  readonly caseId: string;
  readonly type: string;
  readonly element: string;
  readonly retries: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What the job sees of the case. */
  readonly variables: Variables;
  /** The engine's time. */
  readonly lockedUntil: string;
}

export interface ActivationPorts {
  readonly pool: Pool;
  readonly clock: { now(): string };
  readonly jobNow: JobNow;
}

/** A job as its case has it. */
export interface OpenJob {
  readonly retries: number;
  /** What it sees of its case. */
  readonly variables: Variables;
}

/** Asks the case itself, which may have moved on from the table; null when nobody may do the job. */
export type JobNow = (caseId: string, key: string) => Promise<OpenJob | null>;

/** An open job of a case that moves; null when it is over, or the case has ended or is suspended. */
export function openJob(state: CaseState, key: string): OpenJob | null {
  const job = state.status === 'active' && !state.suspended ? state.jobs.get(key) : undefined;
  return job ? { retries: job.retries, variables: visibleVariables(state, key) } : null;
}

const mostJobs = 100;
const longestLockMs = 3_600_000;

/**
 * Gives open jobs of a type to one worker until the lock is over; none that the case says is over, suspended or has failed
 * since the table was made. Whoever completes late is told by the command.
 */
export async function activateJobs(
  { pool, clock, jobNow }: ActivationPorts,
  { type, limit, lockMs, worker }: Activation,
): Promise<readonly ActivatedJob[]> {
  const now = clock.now();
  const lock = Math.min(Math.max(1_000, lockMs), longestLockMs);
  const lockedUntil = new Date(Date.parse(now) + lock).toISOString();
  const due = await dueJobs(pool, [type], now, Math.min(Math.max(1, limit), mostJobs));
  const taken = await claim(pool, due, { now, until: lockedUntil, worker });
  const given = await Promise.all(
    due
      .filter(({ id }) => taken.has(id))
      .map(async ({ job: id, caseId, key, element, retries, headers }) => {
        const job = await jobNow(caseId, key);
        // It has failed meanwhile: this attempt is over, and the next one may have to rest.
        if (job?.retries !== retries) return null;
        const { variables } = job;
        return { id, caseId, type, element, retries, headers, variables, lockedUntil };
      }),
  );
  return given.filter((job) => job !== null);
}
