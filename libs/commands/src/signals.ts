import { mayAct } from '@iter/access';
import type { Variables } from '@iter/engine';
import type { Position } from '@iter/event-store';
import { createLedger } from '@iter/event-store/ledger';
import { canonicalJson, commandIdOf, eventId } from '@iter/platform/ids';
import { checkAsked, checkKey } from './case/checks.ts';
import { denied } from './case/denied.ts';
import type { CommandRejection, Request } from './outcome.ts';
import type { CasePorts } from './ports.ts';

/** A signal from outside, to everybody who awaits it. */
export interface SignalRequest extends Omit<Request, 'expectedRevision' | 'occurredAt'> {
  readonly name: string;
  readonly variables: Variables;
}

export type SignalOutcome =
  | {
      readonly outcome: 'thrown';
      readonly signalId: string;
      /** Who awaits the signal by then gets it. */
      readonly position: Position | null;
      readonly repeated: boolean;
    }
  | { readonly outcome: 'rejected'; readonly rejection: CommandRejection }
  | { readonly outcome: 'key-reused' };

export interface Signals {
  /** Throws a signal to all cases that await it, of whatever body, and to the processes that begin with it. */
  broadcast(request: SignalRequest): Promise<SignalOutcome>;
}

/** Streams `signal-<id>`: one signal each. */
interface SignalThrown {
  readonly type: 'SignalThrown';
  readonly data: { readonly name: string; readonly variables: Variables; readonly reason: string };
}

const kind = {
  initial: null as SignalThrown | null,
  evolve: (_: SignalThrown | null, event: SignalThrown) => event,
  clear: { SignalThrown: ['name'] },
};

/** Signals from outside. Those of cases are events of their cases; who gets both is found by following the log. */
export function createSignals(ports: CasePorts): Signals {
  const ledger = createLedger<SignalThrown | null, SignalThrown>(ports, kind);
  return {
    async broadcast({ name, variables, principal, route, idempotencyKey, reason = '', ...request }) {
      const wrong = checkKey(idempotencyKey) ?? checkAsked({ name, variables, reason });
      if (wrong) return { outcome: 'rejected', rejection: wrong };
      const decision = mayAct(principal, 'BroadcastSignal', { reason });
      if (!decision.allowed) return { outcome: 'rejected', rejection: denied(decision) };
      const tenant = decision.as.body;
      const commandId = commandIdOf({ tenant, actor: principal.account, route, idempotencyKey });
      const result = await ledger.execute<never>({
        stream: `signal-${commandId}`,
        tenant,
        actor: { account: principal.account, ...decision.as },
        commandId,
        requestHash: ports.requestHash(canonicalJson({ name, variables, reason })),
        ...(request.correlationId !== undefined && { correlationId: request.correlationId }),
        decide: () => [{ type: 'SignalThrown', data: { name, variables, reason } }],
      });
      if (result.outcome === 'rejected') throw new Error('a signal cannot be refused by its stream');
      if (result.outcome === 'key-reused') return result;
      const { position, repeated } = result;
      return { outcome: 'thrown', signalId: eventId(commandId, 0), position, repeated };
    },
  };
}
