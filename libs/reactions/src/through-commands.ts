import { systemPrincipal } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CaseCommand, Variables } from '@iter/engine';
import type { Ring } from './deadlines/ring.ts';
import type { Delivered, Delivery } from './messages/dispatch.ts';
import type { Answered, JobAnswers } from './service-tasks/built-in.ts';

type Outcome =
  | { readonly outcome: 'done'; readonly position: string | null }
  | { readonly outcome: 'rejected'; readonly rejection: { readonly code: string } }
  | { readonly outcome: 'stale' | 'key-reused' | 'published' };

interface Asked {
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
  readonly causationId?: string | null;
}

/** What the reactions need of the write side; `createCaseCommands` and `createMessages` of `libs/commands` fit. */
export interface CommandSide {
  execute(
    request: Asked & {
      readonly caseId: string;
      readonly command: Exclude<CaseCommand, { type: 'StartCase' }>;
    },
  ): Promise<Outcome>;
  send(
    message: Asked & {
      readonly name: string;
      readonly correlationKey: string | null;
      readonly variables: Variables;
      readonly caseId?: string;
      readonly comune?: string;
    },
  ): Promise<Outcome>;
}

const answer = (outcome: Outcome): Answered => {
  if (outcome.outcome === 'done') return { outcome: 'done' };
  return {
    outcome: 'refused',
    code: outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome,
  };
};

/** Rings by asking the case, as the house itself. The ringing's id is the idempotency key. */
export function ringThrough({ execute }: Pick<CommandSide, 'execute'>): Ring {
  return async ({ id, of, key, caseId }) => {
    const command =
      of === 'timer'
        ? ({ type: 'TriggerTimer', timer: key } as const)
        : ({ type: 'TriggerDeadline', deadline: key } as const);
    const outcome = await execute({
      principal: systemPrincipal,
      route: 'bell',
      idempotencyKey: id,
      caseId,
      command,
    });
    if (outcome.outcome === 'done') return { outcome: outcome.position === null ? 'nothing' : 'rung' };
    return answer(outcome) as { outcome: 'refused'; code: string };
  };
}

export function answersThrough({ execute }: Pick<CommandSide, 'execute'>): JobAnswers {
  const ask = async (
    { id, caseId }: { id: string; caseId: string },
    what: string,
    command: Extract<CaseCommand, { type: 'CompleteJob' | 'FailJob' }>,
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
  };
}

export function deliverThrough({
  send,
}: Pick<CommandSide, 'send'>): (delivery: Delivery) => Promise<Delivered> {
  return async ({ id, name, correlationKey, variables, caseId, comune }) =>
    answer(
      await send({
        principal: systemPrincipal,
        route: 'message',
        idempotencyKey: id,
        causationId: id,
        name,
        correlationKey,
        variables,
        comune,
        ...(caseId === undefined ? {} : { caseId }),
      }),
    );
}
