import type { Variables } from '@iter/engine';
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
  /** What a job sees of its case, read from the case itself; null when the job is open no more. */
  variablesOf(caseId: string, key: string): Promise<Variables | null>;
}

const mostJobs = 100;
const longestLockMs = 3_600_000;

/** Gives open jobs of a type to one worker until the lock is over. Whoever completes late is told by the command. */
export async function activateJobs(
  { pool, clock, variablesOf }: ActivationPorts,
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
        const variables = await variablesOf(caseId, key);
        return variables && { id, caseId, type, element, retries, headers, variables, lockedUntil };
      }),
  );
  return given.filter((job) => job !== null);
}
