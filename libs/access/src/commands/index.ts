import type { Label } from '@iter/platform/words';
import type { ActorRef } from '@iter/event-store';
import { canonicalJson, commandIdOf } from '@iter/platform/ids';
import { mayAct } from '../may-act.ts';
import type { Act } from '../acts.ts';
import type { ActFacts, Principal } from '../types.ts';

/** Who asks, and what makes the same request known when it is sent again. */
export interface Asked {
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
}

export interface NotAuthorised {
  readonly code: 'not-authorised';
  readonly message: Label;
}

/** What was not done: refused, or asked under the key of another request. */
export type NotDone<R> =
  | { readonly outcome: 'rejected'; readonly rejection: R | NotAuthorised }
  | { readonly outcome: 'key-reused' };

interface Command {
  readonly act: Act;
  readonly facts: ActFacts;
  /** IPA code of the body whose data this is; absent: where whoever asks acts. */
  readonly tenant?: string;
  /** All that was asked for: the same request with something else is refused. */
  readonly content: unknown;
  requestHash(canonical: string): string;
}

/** What a ledger takes of a command that whoever asks may give; else why not. */
export function commandBy(
  { principal, route, idempotencyKey }: Asked,
  { act, facts, content, requestHash, ...command }: Command,
):
  | { readonly rejection: NotAuthorised }
  | {
      readonly rejection: null;
      readonly by: {
        readonly tenant: string;
        readonly actor: ActorRef;
        readonly commandId: string;
        readonly requestHash: string;
      };
    } {
  const decision = mayAct(principal, act, facts);
  if (!decision.allowed) return { rejection: { code: 'not-authorised', message: decision.message } };
  const actor: ActorRef = { account: principal.account, ...decision.as };
  const { tenant = decision.as.body } = command;
  const commandId = commandIdOf({ tenant, actor: actor.account, route, idempotencyKey });
  return {
    rejection: null,
    by: { tenant, actor, commandId, requestHash: requestHash(canonicalJson(content)) },
  };
}
