import { systemPrincipal } from '@iter/access';
import type { ActorRef, EventLog, Position } from '@iter/event-store';
import { erasurePrefix } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { uuidV5 } from '@iter/platform/ids';
import { anyBody, decideErasure, erasureClear, evolveErasure, neverErased } from './erasure.ts';
import type {
  ErasureCommand,
  ErasureEvent,
  ErasureOrder,
  ErasureRejection,
  ErasureState,
} from './erasure.ts';

/** What was erased, on whose word, and how far that is. */
export interface Erasure extends ErasureOrder {
  readonly caseId: string;
  /** IPA code of the body whose data it was. */
  readonly comune: string;
  readonly orderedAt: string;
  readonly actor: ActorRef;
  /** Null: the keys are about to be destroyed. */
  readonly carriedOutAt: string | null;
}

/** That a case must be kept as it is, who says so and why. */
export interface Hold {
  readonly caseId: string;
  /** IPA code of the body whose data it is. */
  readonly comune: string;
  /** Null: recorded before it was noted. */
  readonly process: string | null;
  /** IPA code of the body that has forbidden it; it alone allows it again. */
  readonly body: string;
  readonly actor: ActorRef;
  readonly at: string;
  readonly reason: string;
}

export interface ErasuresPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer & {
    /** Forgets a key that is destroyed, in whichever process. */
    forget(key: string): void;
  };
  onFailure?(error: Error): void;
  onTrouble?(trouble: Error | null): void;
}

/** Who asks, as the table of acts has let them. */
export interface ErasureRequest {
  readonly caseId: string;
  readonly tenant: string;
  readonly actor: ActorRef;
  readonly commandId: string;
  readonly requestHash: string;
  readonly command: ErasureCommand;
}

export type ErasureOutcome =
  | { readonly outcome: 'done'; readonly position: Position | null; readonly repeated: boolean }
  | { readonly outcome: 'rejected'; readonly rejection: ErasureRejection }
  | { readonly outcome: 'key-reused' };

/** The register of erasures: cases of which what was sealed is gone, or about to be, and those of which it must be kept. */
export interface Erasures {
  /** From an order on the case is read as if its keys were destroyed, in every process. */
  execute(request: ErasureRequest): Promise<ErasureOutcome>;
  /** Notes that keys and documents of a case are gone; again: nothing. */
  carriedOut(caseId: string): Promise<void>;
  find(caseId: string): Erasure | null;
  /** Who has forbidden that it be erased; nobody: it may be. */
  held(caseId: string): readonly Hold[];
  /** Of all cases, the last first. */
  holds(): readonly Hold[];
  /** The last first. */
  list(): readonly Erasure[];
  /** Ordered and not carried out, the oldest first. */
  due(): readonly Erasure[];
  /** Told of each order, after its keys were forgotten here; once when it is known already. @returns an end to it */
  onOrdered(listener: (caseId: string) => void): () => void;
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Erasures as streams `erasure-<case>`, beside those of the cases: a case that was erased stays as it was written, and its chain
 * whole. Kept in memory by following the log: they are few.
 */
export function createErasures(ports: ErasuresPorts): Erasures {
  const { log, sealer } = ports;
  const ledger = createLedger<ErasureState, ErasureEvent>(ports, {
    initial: neverErased,
    evolve: evolveErasure,
    clear: erasureClear,
  });
  const erasures = new Map<string, Erasure>();
  /** By case, then by the body that the event names. */
  const holds = new Map<string, Map<string, Hold>>();
  const listeners = new Set<(caseId: string) => void>();
  const holdsOf = (caseId: string): Map<string, Hold> => {
    let of = holds.get(caseId);
    if (!of) holds.set(caseId, (of = new Map()));
    return of;
  };
  const follower = createMemoryIndex({
    log,
    prefixes: [erasurePrefix],
    async apply(stored) {
      const caseId = stored.stream.slice(erasurePrefix.length);
      const event = await ledger.open(stored);
      const { actor, recordedAt, tenant } = stored;
      // A reason is absent once its own key was destroyed.
      const reason = ('reason' in event.data && event.data.reason) || '';
      switch (event.type) {
        case 'CaseHeld':
          holdsOf(caseId).set(event.data.body ?? anyBody, {
            ...{ caseId, comune: tenant, actor, at: recordedAt, reason },
            process: event.data.process ?? null,
            body: event.data.body ?? actor.body,
          });
          return;
        case 'CaseReleased':
          holdsOf(caseId).delete(event.data.body ?? anyBody);
          return;
        case 'ErasureCarriedOut':
          erasures.set(caseId, { ...erasures.get(caseId)!, carriedOutAt: recordedAt });
          return;
        case 'ErasureOrdered': {
          const orderedAt = recordedAt;
          const order = { ...event.data, reason };
          erasures.set(caseId, { ...order, caseId, comune: tenant, orderedAt, actor, carriedOutAt: null });
          for (const key of order.keys) sealer.forget(key);
          for (const tell of listeners) tell(caseId);
        }
      }
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });

  const execute: Erasures['execute'] = async ({ caseId, command, ...by }) => {
    const result = await ledger.execute<ErasureRejection>({
      ...{ ...by, stream: `${erasurePrefix}${caseId}` },
      decide: (state) => decideErasure(state, command),
    });
    if (result.outcome !== 'done') return result;
    await follower.catchUp();
    return { outcome: 'done', position: result.position, repeated: result.repeated };
  };

  return {
    execute,
    async carriedOut(caseId) {
      const known = erasures.get(caseId);
      if (!known) return;
      const { account, grants } = systemPrincipal;
      await execute({
        ...{ caseId, tenant: known.comune, actor: { account, ...grants[0]! } },
        ...{ commandId: uuidV5(`erasure carried out|${caseId}`), requestHash: '' },
        command: { type: 'CarryOut' },
      });
    },
    find: (caseId) => erasures.get(caseId) ?? null,
    held: (caseId) => [...(holds.get(caseId)?.values() ?? [])],
    holds: () => [...holds.values()].flatMap((of) => [...of.values()]).sort((a, b) => (a.at < b.at ? 1 : -1)),
    list: () => [...erasures.values()].sort((a, b) => (a.orderedAt < b.orderedAt ? 1 : -1)),
    due: () => [...erasures.values()].filter(({ carriedOutAt }) => carriedOutAt === null),
    onOrdered(listener) {
      for (const caseId of erasures.keys()) listener(caseId);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
