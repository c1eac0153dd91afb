import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { ActorRef, EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import type { Sealer } from '@iter/event-store/ledger';
import { canonicalJson, commandIdOf } from '@iter/platform/ids';
import { boardClearFields, decideBoards, evolveBoards, incompatibleWith } from './board.ts';
import type { Board, BoardEvent, BoardRejection, Boards, Judged } from './board.ts';

export * from './board.ts';
export * from './demo.ts';

export interface BoardPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  readonly sealer: Sealer;
  requestHash(canonical: string): string;
  onFailure?(error: Error): void;
}

export interface BoardRequest {
  /** IPA code of the body whose boards they are. */
  readonly body: string;
  readonly boards: readonly Board[];
  readonly principal: Principal;
  readonly route: string;
  readonly idempotencyKey: string;
}

export type BoardOutcome =
  | { readonly outcome: 'done'; readonly position: Position | null; readonly recorded: number }
  | {
      readonly outcome: 'rejected';
      readonly rejection: BoardRejection | { readonly code: 'not-authorised'; readonly message: string };
    }
  | { readonly outcome: 'key-reused' };

/** Who judges and who examines, and whom they may not. */
export interface BoardRegister {
  record(request: BoardRequest): Promise<BoardOutcome>;
  /** All boards of a body, by id, also those whose time is over. */
  of(body: string): Boards;
  /** The accounts that may not judge somebody, whichever body's board they sit on. */
  incompatible(judged: Judged): readonly string[];
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const none: Boards = new Map();

/** The register as streams `board-<ipa>`, sealed in the log and kept in memory by following it: a handful a body. */
export function createBoardRegister(ports: BoardPorts): BoardRegister {
  const ledger = createLedger<Boards, BoardEvent>(ports, {
    initial: none,
    evolve: evolveBoards,
    clear: boardClearFields,
  });
  const bodies = new Map<string, Boards>();
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: ['board-'],
    async apply(stored) {
      const body = stored.stream.slice('board-'.length);
      const event = await ledger.open(stored);
      // Erased with its key.
      if (event.data.members === undefined) return;
      bodies.set(body, evolveBoards(bodies.get(body) ?? none, event));
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
  });

  return {
    async record({ body, boards, principal, route, idempotencyKey }) {
      const decision = mayAct(principal, 'RecordBoards', { body });
      if (!decision.allowed) {
        return { outcome: 'rejected', rejection: { code: 'not-authorised', message: decision.message } };
      }
      const actor: ActorRef = { account: principal.account, ...decision.as };
      const result = await ledger.execute<BoardRejection>({
        ...{ stream: `board-${body}`, tenant: body, actor },
        commandId: commandIdOf({ tenant: body, actor: actor.account, route, idempotencyKey }),
        requestHash: ports.requestHash(canonicalJson(boards)),
        decide: (known) => decideBoards(known, boards),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      return { outcome: 'done', position: result.position, recorded: result.events.length };
    },
    of: (body) => bodies.get(body) ?? none,
    incompatible: (judged) =>
      incompatibleWith(
        [...bodies.values()].flatMap((boards) => [...boards.values()]),
        judged,
      ),
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
