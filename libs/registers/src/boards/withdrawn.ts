import { noSuchEntry } from '../sealed-register.ts';
import type { Withdrawal, WithdrawalRejection } from '../sealed-register.ts';
import type { Board, BoardEvent, BoardMember, Boards, Incompatibility } from './board.ts';

/** A member who should never have been on a board, or one of their declarations that was not theirs. */
export interface WithdrawnMember {
  /** Of the board. */
  readonly id: string;
  readonly member: string;
  /** Null: the member, with all declarations. */
  readonly declaration: string | null;
  readonly reason: string;
}

/** A member is known by the account; without one, by the name. */
export const keyOfMember = ({ account, name }: Pick<BoardMember, 'account' | 'name'>): string =>
  account === null ? `name ${name.trim().toLowerCase()}` : `account ${account}`;

/** A declaration is known by whom it is about. */
export const keyOfDeclaration = ({ employeeRef, account }: Incompatibility): string =>
  employeeRef === null ? `account ${account ?? ''}` : `employee ${employeeRef}`;

/** How a member of a board, or a declaration of one, is named to be withdrawn. */
export const entryOf = (board: string, member: BoardMember, declaration?: Incompatibility): string =>
  [board, keyOfMember(member), ...(declaration ? [keyOfDeclaration(declaration)] : [])].join(' / ');

/** What an entry names; null: nothing on the register. */
export function entryOn(
  boards: Boards,
  entry: string,
): { board: Board; member: BoardMember; declaration: Incompatibility | null } | null {
  for (const board of boards.values()) {
    for (const member of board.members) {
      if (entryOf(board.id, member) === entry) return { board, member, declaration: null };
      const declaration = member.incompatibilities.find((it) => entryOf(board.id, member, it) === entry);
      if (declaration) return { board, member, declaration };
    }
  }
  return null;
}

/** What withdrawing a member or a declaration adds; pure. */
export function withdrawMember(
  boards: Boards,
  { entry, reason }: Withdrawal,
): readonly BoardEvent[] | WithdrawalRejection {
  const found = entryOn(boards, entry);
  if (!found) return noSuchEntry;
  const { board, member, declaration } = found;
  const data = {
    ...{ id: board.id, member: keyOfMember(member), reason },
    declaration: declaration && keyOfDeclaration(declaration),
  };
  return [{ type: 'BoardMemberWithdrawn', data }];
}

export function withoutMember(board: Board, { member, declaration }: WithdrawnMember): Board {
  const members = board.members.flatMap((it): readonly BoardMember[] => {
    if (keyOfMember(it) !== member) return [it];
    if (declaration === null) return [];
    return [
      {
        ...it,
        incompatibilities: it.incompatibilities.filter((one) => keyOfDeclaration(one) !== declaration),
      },
    ];
  });
  return { ...board, members };
}
