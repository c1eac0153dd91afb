import { systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CaseCommand, Variables } from '@iter/engine';
import { uuidV5 } from '@iter/platform/ids';
import type { Ring } from './deadlines/ring.ts';
import type { LinkCase } from './links/link.ts';
import type { Answered, JobAnswers } from './service-tasks/built-in.ts';
import type { ReceiveSignal } from './signals/deliver.ts';
import type { StartCase } from './starts/starts.ts';

type Outcome =
  | {
      readonly outcome: 'done';
      readonly position: string | null;
      readonly events: readonly { readonly type: string }[];
    }
  | { readonly outcome: 'rejected'; readonly rejection: { readonly code: string } }
  | { readonly outcome: 'stale' | 'key-reused' };

interface Asked {
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
  readonly causationId?: string | null;
  /** When it happened in the world, where that is not now. */
  readonly occurredAt?: string;
}

/** What the reactions need of the write side of cases; `createCaseCommands` of `libs/commands` fits. */
export interface CommandSide {
  execute(
    request: Asked & {
      readonly caseId: string;
      readonly command: Asks;
    },
  ): Promise<Outcome>;
  start(
    request: Asked & {
      readonly process: string;
      readonly comune: string;
      readonly variables: Variables;
      readonly startElement: string;
      readonly startedBy?: { readonly case: string; readonly element: string };
    },
  ): Promise<Outcome>;
}

/** What they need of starts that need several events; `createMessages` of `libs/commands` fits. */
export interface GatheringSide {
  triggered(trigger: {
    readonly id: string;
    readonly process: string;
    readonly element: string;
    readonly event: number;
    readonly source: { readonly stream: string; readonly revision: number } | null;
    readonly by: { readonly case: string; readonly element: string } | null;
  }): Promise<Answered>;
}

type Asks = Exclude<CaseCommand, { type: 'StartCase' }>;

const answer = (outcome: Outcome): Answered => {
  if (outcome.outcome === 'done') return { outcome: 'done' };
  return {
    outcome: 'refused',
    code: outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome,
  };
};

/** One ringing goes on with what is left over for so long at most: then another one is due. */
const mostContinuations = 1_000;

/** Rings by asking the case, as the house itself. The ringing's id is the idempotency key. */
export function ringThrough({ execute }: Pick<CommandSide, 'execute'>): Ring {
  const ask = (caseId: string, idempotencyKey: string, command: Asks): Promise<Outcome> =>
    execute({ principal: systemPrincipal, route: 'bell', idempotencyKey, caseId, command });

  /** Until nothing is left over: a case of ten thousand tasks needs not wait for its bell dozens of times. */
  const goOn = async (caseId: string, id: string): Promise<Outcome> => {
    for (let n = 0; ; n++) {
      const outcome = await ask(caseId, n === 0 ? id : `${id}+${n}`, { type: 'ContinueCase' });
      if (outcome.outcome !== 'done' || n === mostContinuations) return outcome;
      if (!outcome.events.some(({ type }) => type === 'ContinuationDue')) return outcome;
    }
  };

  return async ({ id, of, key, caseId }) => {
    const outcome =
      of === 'continuation'
        ? await goOn(caseId, id)
        : await ask(
            caseId,
            id,
            of === 'timer'
              ? { type: 'TriggerTimer', timer: key }
              : { type: 'TriggerDeadline', deadline: key },
          );
    if (outcome.outcome === 'done') return { outcome: outcome.position === null ? 'nothing' : 'rung' };
    return answer(outcome) as { outcome: 'refused'; code: string };
  };
}

export function answersThrough({ execute }: Pick<CommandSide, 'execute'>): JobAnswers {
  const ask = async (
    { id, caseId }: { id: string; caseId: string },
    what: string,
    command: Extract<CaseCommand, { type: 'CompleteJob' | 'FailJob' | 'ThrowJobError' }>,
  ): Promise<Answered> =>
    answer(
      await execute({
        principal: systemPrincipal,
        route: 'job',
        idempotencyKey: `${what}-${id}`,
        caseId,
        command,
      }),
    );
  return {
    complete: (job, variables) => ask(job, 'complete', { type: 'CompleteJob', key: job.key, variables }),
    fail: (job, retries, message) => ask(job, 'fail', { type: 'FailJob', key: job.key, retries, message }),
    error: (job, { code, message, variables }) =>
      ask(job, 'error', { type: 'ThrowJobError', key: job.key, code, message, variables }),
  };
}

/** Gives a signal to a case that awaits it. */
export function receiveThrough({ execute }: Pick<CommandSide, 'execute'>): ReceiveSignal {
  return async ({ id, signalId, caseId, name, variables }) =>
    answer(
      await execute({
        principal: systemPrincipal,
        route: 'signal',
        idempotencyKey: id,
        causationId: signalId,
        caseId,
        command: { type: 'ReceiveSignal', name, signalId, variables },
      }),
    );
}

/** Notes in a case that it has started another. A case that is not there has nothing to note. */
export function linkThrough({ execute }: Pick<CommandSide, 'execute'>): LinkCase {
  return async ({ id, caseId, by }) =>
    void (await execute({
      principal: systemPrincipal,
      route: 'link',
      idempotencyKey: id,
      causationId: id,
      caseId: by.case,
      command: { type: 'LinkCase', case: caseId, element: by.element },
    }));
}

/** Starts a case by what happened, or notes it where the start needs other events as well. */
export function startThrough({ start }: Pick<CommandSide, 'start'>, { triggered }: GatheringSide): StartCase {
  return async ({ id, process, element, comune, variables, causationId, startedBy, oneOf }) => {
    if (oneOf) return triggered({ id, process, element, ...oneOf, by: startedBy });
    const outcome = await start({
      principal: systemPrincipal,
      route: 'start',
      // A process's key may hold more than a key for idempotency may.
      idempotencyKey: uuidV5(`start|${id}`),
      ...{ causationId, process, comune, variables, startElement: element },
      ...(startedBy && { startedBy }),
    });
    // It began before, when it was another version's.
    return outcome.outcome === 'key-reused' ? { outcome: 'done' } : answer(outcome);
  };
}
