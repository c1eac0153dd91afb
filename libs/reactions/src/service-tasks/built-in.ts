import type { Variables } from '@iter/engine';
import { describeError } from '@iter/event-store/following';
import type { Effected } from '../effects/drain.ts';
import type { Job } from './due-jobs.ts';

/**
 * Does the work of a job inside the house. Throwing fails the job, which loses a retry; unless it is a `JobError`, which
 * the process catches, or `NotNow`: then it is tried again later and the job knows nothing of it.
 */
export type Work = (job: Job) => Promise<Variables>;

/** A BPMN error of the job: something that the process, or people, decide about. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly code: string;
  readonly variables: Variables;
  constructor(code: string, message: string, variables: Variables = {}) {
    super(message);
    this.code = code;
    this.variables = variables;
  }
}

/** It cannot be done at the moment, for a reason that passes; the message is a code for operators. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** How a job answers its case; `refused` when the case does not take the answer now. */
export type Answered = { readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly code: string };

export interface JobAnswers {
  complete(job: Job, variables: Variables): Promise<Answered>;
  fail(job: Job, retries: number, message: string): Promise<Answered>;
  error(job: Job, error: JobError): Promise<Answered>;
}

/**
 * `desk-notice`: the notice to the roles of header `to` is the job's own creation, which the view of notices
 * shows; what remains to be done is to let the case go on.
 */
export const deskNotice: Work = async () => ({});

export const builtIn: Readonly<Record<string, Work>> = { 'desk-notice': deskNotice };

/** Does one job. Stale answers are refused by the case: the job is then no longer in the table, or soon. */
export async function doJob(job: Job, work: Work, answers: JobAnswers): Promise<Effected> {
  let variables: Variables;
  try {
    variables = await work(job);
  } catch (error) {
    if (error instanceof NotNow) return { again: error.message };
    const failed =
      error instanceof JobError
        ? await answers.error(job, error)
        : await answers.fail(job, job.retries - 1, describeError(error));
    return failed.outcome === 'done' ? 'done' : { again: failed.code };
  }
  const answered = await answers.complete(job, variables);
  return answered.outcome === 'done' ? 'done' : { again: answered.code };
}
