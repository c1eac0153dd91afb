import { decide } from '@iter/engine';
import type { CaseCommand, DeadlinePlan, DeadlineStatus } from '@iter/engine';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CommandRejection } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import { caseNotFound, denied } from './denied.ts';
import { decidedAt, envAt, nobodys } from './env.ts';
import { actOf } from './facts.ts';
import type { CaseHandler } from './handler.ts';
import type { Reading } from './read.ts';

/** What people do to a legal deadline. */
export type DeadlineCommand = Extract<
  CaseCommand,
  { deadline: string; reason: string } | { type: 'ProveDeadline' }
>;

export interface DeadlineQuestion {
  readonly caseId: string;
  readonly principal: Principal;
  readonly command: DeadlineCommand;
}

export interface DeadlineAt {
  readonly status: DeadlineStatus;
  readonly plan: DeadlinePlan;
}

/** What an operation would make of a deadline. */
export interface DeadlineForecast {
  readonly before: DeadlineAt | null;
  /** Null when it would be refused. */
  readonly after: DeadlineAt | null;
  /** Why it would be refused as things stand. */
  readonly refusal: CommandRejection | null;
}

const reasonOf = (command: DeadlineCommand): string | null => ('reason' in command ? command.reason : null);

/**
 * Says what an operation would do to a deadline now, by deciding the very command, to whoever may do it; appends nothing.
 * @returns a refusal of the act itself (not allowed, no such case) as rejected, one by the state of things in the forecast
 */
export function createDeadlineForecast(ports: CasePorts, handler: CaseHandler) {
  return async ({ caseId, principal, command }: DeadlineQuestion): Promise<Reading<DeadlineForecast>> => {
    const refuse = (rejection: CommandRejection) => ({ outcome: 'rejected', rejection }) as const;
    const file = await handler.load(caseId);
    if (!file.head) return refuse(caseNotFound);
    await handler.modelsAreHere(file);
    const { act, facts } = actOf(command, file, handler.models, ports.bodies, reasonOf(command));
    const allowed = mayAct(principal, act, facts);
    if (!allowed.allowed) return refuse(allowed.hidden ? caseNotFound : denied(allowed));

    const before = file.state.deadlines.get(command.deadline) ?? null;
    const now = decidedAt(ports, file);
    const actor = { account: principal.account, ...allowed.as };
    const env = envAt(ports, now, file.state.comune, nobodys, { actor, occurredAt: now, caseId });
    const decision = decide(handler.models, file.state, command, env);
    const at = (deadline: DeadlineAt | null | undefined): DeadlineAt | null =>
      deadline ? { status: deadline.status, plan: deadline.plan } : null;
    if ('rejection' in decision) {
      return { outcome: 'read', before: at(before), after: null, refusal: decision.rejection };
    }
    const after = decision.state.deadlines.get(command.deadline);
    return { outcome: 'read', before: at(before), after: at(after), refusal: null };
  };
}
