import { createSealedRegister } from '../sealed-register.ts';
import type { RegisterOutcome, RegisterPorts, RegisterRequest } from '../sealed-register.ts';
import { boardClearFields, decideBoards, evolveBoards, incompatibleWith } from './board.ts';
import type { Board, BoardEvent, BoardRejection, Boards, Judged } from './board.ts';

export * from './board.ts';
export * from './demo.ts';

/** Who judges and who examines, and whom they may not. */
export interface BoardRegister {
  record(
    request: RegisterRequest & { readonly boards: readonly Board[] },
  ): Promise<RegisterOutcome<BoardRejection>>;
  /** All boards of a body, by id, also those whose time is over. */
  of(body: string): Boards;
  /** The accounts that may not judge somebody, whichever body's board they sit on. */
  incompatible(judged: Judged): readonly string[];
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** The register as streams `board-<ipa>`: a handful a body. */
export function createBoardRegister(ports: RegisterPorts): BoardRegister {
  const register = createSealedRegister<Boards, BoardEvent, Board, BoardRejection>(ports, {
    ...{ prefix: 'board-', act: 'RecordBoards', initial: new Map(), clear: boardClearFields },
    ...{ evolve: evolveBoards, decide: decideBoards },
    entriesOf: ({ data }) => (data.members === undefined ? [] : [data]),
  });
  return {
    ...register,
    record: ({ boards, ...request }) => register.record({ ...request, entries: boards }),
    incompatible: (judged) =>
      incompatibleWith(
        [...register.all()].flatMap((boards) => [...boards.values()]),
        judged,
      ),
  };
}
