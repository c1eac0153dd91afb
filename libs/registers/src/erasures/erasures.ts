import { systemPrincipal } from '@iter/access';
import type { ActorRef, EventLog, Position } from '@iter/event-store';
import { erasurePrefix } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { uuidV5 } from '@iter/platform/ids';
import { erasureClear, evolveErasure } from './erasure.ts';
import type { ErasureEvent, ErasureOrder, ErasureState } from './erasure.ts';

/** What was erased, on whose word, and how far that is. */
export interface Erasure extends ErasureState {
  readonly caseId: string;
  /** IPA code of the body whose data it was. */
  readonly comune: string;
  readonly orderedAt: string;
  readonly actor: ActorRef;
  /** Null: the keys are about to be destroyed. */
  readonly carriedOutAt: string | null;
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
}

export type ErasureOutcome =
  | { readonly outcome: 'done'; readonly position: Position | null; readonly repeated: boolean }
  | {
      readonly outcome: 'rejected';
      readonly rejection: { readonly code: 'case-erased'; readonly message: string };
    }
  | { readonly outcome: 'key-reused' };

/** The register of erasures: cases of which what was sealed is gone, or about to be. */
export interface Erasures {
  /** From here on the case is read as if its keys were destroyed, in every process. */
  order(request: ErasureRequest & { readonly order: ErasureOrder }): Promise<ErasureOutcome>;
  /** Notes that keys and documents of a case are gone; again: nothing. */
  carriedOut(caseId: string): Promise<void>;
  find(caseId: string): Erasure | null;
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
  const ledger = createLedger<ErasureState | null, ErasureEvent>(ports, {
    initial: null,
    evolve: evolveErasure,
    clear: erasureClear,
  });
  const erasures = new Map<string, Erasure>();
  const listeners = new Set<(caseId: string) => void>();
  const follower = createMemoryIndex({
    log,
    prefixes: [erasurePrefix],
    async apply(stored) {
      const caseId = stored.stream.slice(erasurePrefix.length);
      const event = await ledger.open(stored);
      const { actor, recordedAt, tenant } = stored;
      if (event.type === 'ErasureCarriedOut') {
        const known = erasures.get(caseId);
        if (known) erasures.set(caseId, { ...known, carriedOut: true, carriedOutAt: recordedAt });
        return;
      }
      // The reason is absent once its own key was destroyed.
      const { reason = '', ...order } = event.data as Partial<ErasureOrder> & Omit<ErasureOrder, 'reason'>;
      erasures.set(caseId, {
        ...{ ...order, reason, caseId, comune: tenant, orderedAt: recordedAt },
        ...{ actor, carriedOut: false, carriedOutAt: null },
      });
      for (const key of order.keys) sealer.forget(key);
      for (const tell of listeners) tell(caseId);
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });

  async function execute(
    { caseId, ...by }: ErasureRequest,
    decide: (
      state: ErasureState | null,
    ) => readonly ErasureEvent[] | { code: 'case-erased'; message: string },
  ): Promise<ErasureOutcome> {
    const { tenant, actor, commandId, requestHash } = by;
    const result = await ledger.execute<{ code: 'case-erased'; message: string }>({
      ...{ stream: `${erasurePrefix}${caseId}`, tenant, actor, commandId, requestHash, decide },
    });
    if (result.outcome !== 'done') return result;
    await follower.catchUp();
    return { outcome: 'done', position: result.position, repeated: result.repeated };
  }

  return {
    order: ({ order, ...request }) =>
      execute(request, (state) =>
        state
          ? { code: 'case-erased', message: 'Il contenuto di questa pratica è già stato cancellato.' }
          : [{ type: 'ErasureOrdered', data: order }],
      ),
    async carriedOut(caseId) {
      const known = erasures.get(caseId);
      if (!known) return;
      const { account, grants } = systemPrincipal;
      await execute(
        {
          ...{ caseId, tenant: known.comune, actor: { account, ...grants[0]! } },
          ...{ commandId: uuidV5(`erasure carried out|${caseId}`), requestHash: '' },
        },
        (state) => (!state || state.carriedOut ? [] : [{ type: 'ErasureCarriedOut', data: {} }]),
      );
    },
    find: (caseId) => erasures.get(caseId) ?? null,
    list: () => [...erasures.values()].sort((a, b) => (a.orderedAt < b.orderedAt ? 1 : -1)),
    due: () => [...erasures.values()].filter(({ carriedOut }) => !carriedOut),
    onOrdered(listener) {
      for (const caseId of erasures.keys()) listener(caseId);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
