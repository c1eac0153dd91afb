import { mayAct } from '@iter/access';
import type { Act, Principal } from '@iter/access';
import type { ActorRef, EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { LedgerEvent, LedgerKind, Sealer } from '@iter/event-store/ledger';
import { canonicalJson, commandIdOf } from '@iter/platform/ids';

export interface RegisterPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  onFailure?(error: Error): void;
}

export interface RegisterRequest {
  /** IPA code of the body whose register it is. */
  readonly body: string;
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
}

export type RegisterOutcome<R> =
  | { readonly outcome: 'done'; readonly position: Position | null; readonly recorded: number }
  | {
      readonly outcome: 'rejected';
      readonly rejection: R | { readonly code: 'not-authorised'; readonly message: string };
    }
  | { readonly outcome: 'key-reused' };

/** What a body writes on a register: whole entries, recorded anew where they differ. */
export interface RegisterKind<S, E extends LedgerEvent, T, R> extends LedgerKind<S, E> {
  /** Of the streams: `<prefix><ipa>`. */
  readonly prefix: string;
  readonly act: Act;
  /** What recording entries adds; pure. */
  decide(state: S, entries: readonly T[]): readonly E[] | R;
  /** The entries of an event; none where they were erased with their key. */
  entriesOf(event: E): readonly T[];
}

export interface SealedRegister<S, T, R> {
  record(request: RegisterRequest & { readonly entries: readonly T[] }): Promise<RegisterOutcome<R>>;
  /** What a body has on it. */
  of(body: string): S;
  /** What each body has on it that has anything. */
  all(): Iterable<S>;
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A register that each body keeps as a stream of its own, sealed in the log and held in memory by following it.
 * @param onRecorded told of the entries of each event, in the order of the log
 */
export function createSealedRegister<S, E extends LedgerEvent, T, R extends { readonly code: string }>(
  ports: RegisterPorts,
  { prefix, act, initial, clear, decide, entriesOf, ...kind }: RegisterKind<S, E, T, R>,
  onRecorded?: (body: string, entries: readonly T[]) => void,
): SealedRegister<S, T, R> {
  const evolve = (state: S, event: E): S => (entriesOf(event).length > 0 ? kind.evolve(state, event) : state);
  const ledger = createLedger<S, E>(ports, { initial, evolve, clear });
  const bodies = new Map<string, S>();
  const of = (body: string): S => bodies.get(body) ?? initial;
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: [prefix],
    async apply(stored) {
      const body = stored.stream.slice(prefix.length);
      const event = await ledger.open(stored);
      bodies.set(body, evolve(of(body), event));
      onRecorded?.(body, entriesOf(event));
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
  });

  return {
    async record({ body, entries, principal, route, idempotencyKey }) {
      const decision = mayAct(principal, act, { body });
      if (!decision.allowed) {
        return { outcome: 'rejected', rejection: { code: 'not-authorised', message: decision.message } };
      }
      const actor: ActorRef = { account: principal.account, ...decision.as };
      const result = await ledger.execute<R>({
        ...{ stream: `${prefix}${body}`, tenant: body, actor },
        commandId: commandIdOf({ tenant: body, actor: actor.account, route, idempotencyKey }),
        requestHash: ports.requestHash(canonicalJson(entries)),
        decide: (known) => decide(known, entries),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      const recorded = result.events.reduce((sum, event) => sum + entriesOf(event).length, 0);
      return { outcome: 'done', position: result.position, recorded };
    },
    of,
    all: () => bodies.values(),
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
