import { createSealedRegister } from '../sealed-register.ts';
import type { RegisterPorts, SealedRegister } from '../sealed-register.ts';
import { boardClearFields, decideBoards, evolveBoards, incompatibleWith } from './board.ts';
import type { Board, BoardEvent, BoardRejection, Boards, Judged } from './board.ts';
import { entryOn, withdrawMember } from './withdrawn.ts';

export * from './board.ts';
export * from './demo.ts';
export * from './withdrawn.ts';

/** Who judges and who examines, and whom they may not. */
export interface BoardRegister extends SealedRegister<Boards, Board, BoardRejection> {
  /** The accounts that may not judge somebody, whichever body's board they sit on. */
  incompatible(judged: Judged): readonly string[];
}

/** The register as streams `board-<ipa>`: a handful a body. */
export function createBoardRegister(ports: RegisterPorts): BoardRegister {
  const register = createSealedRegister<Boards, BoardEvent, Board, BoardRejection>(ports, {
    ...{ prefix: 'board-', act: 'RecordBoards', initial: new Map(), clear: boardClearFields },
    ...{ evolve: evolveBoards, decide: decideBoards, withdraw: withdrawMember },
    sealed: { BoardRecorded: 'members', BoardMemberWithdrawn: 'member' },
    keyOf: ({ id }) => id,
    entriesOf: ({ type, data }) => (type === 'BoardRecorded' ? [data] : []),
    takenBackBy: ({ type, data }) => (type === 'BoardMemberWithdrawn' ? data.id : null),
    // A member or a declaration is part of a board, whose version covers both.
    keyOfWithdrawn: (boards, entry) => entryOn(boards, entry)?.board.id ?? null,
  });
  return {
    ...register,
    incompatible: (judged) =>
      incompatibleWith(
        [...register.all()].flatMap((boards) => [...boards.values()]),
        judged,
      ),
  };
}
