import { boardFault, sameBoard } from '../boards/board.ts';
import type { Board, BoardKind, BoardMember, Boards, MemberRole } from '../boards/board.ts';
import { keyOfDeclaration, keyOfMember } from '../boards/withdrawn.ts';
import { column } from './column.ts';
import type { ImportKind } from './report.ts';
import { dayIn } from './table.ts';

/** A line: a member of a board, with one incompatibility or none. */
export interface BoardLine {
  readonly board: Omit<Board, 'members'>;
  readonly member: BoardMember;
}

/**
 * Boards of one body: a line for each member; a member with several incompatibilities has a line for each. Lines add and
 * change; nobody leaves a board because a file does not name them.
 * @returns also the boards as the lines make them, to be asked for when the file has been judged
 */
export function boardsImport(
  known: Boards,
): ImportKind<BoardLine> & { made(items: readonly BoardLine[]): readonly Board[] } {
  const made = new Map<string, Board>();
  const said = new Map<string, string>();
  return {
    columns: [
      column('id', ['organo', 'sigla', 'board']),
      column('kind', ['tipo', 'kind']),
      column('boardName', ['denominazione', 'board name']),
      column('act', ['atto di nomina', 'act'], false),
      column('validFrom', ['valido dal', 'validFrom']),
      column('validTo', ['valido fino al', 'validTo'], false),
      column('name', ['componente', 'nome', 'member']),
      column('account', ['utenza', 'account'], false),
      column('role', ['ruolo', 'role']),
      column('gender', ['genere', 'gender'], false),
      column('withEmployee', ['incompatibile con la matricola', 'incompatible employee'], false),
      column('withAccount', ['incompatibile con l’utenza', "incompatibile con l'utenza"], false),
      column('reason', ['motivo', 'reason'], false),
    ],
    read: ({ cells }) => ({ item: lineOf(cells) }),
    nameOf: ({ board, member }) =>
      [
        board.id,
        member.account ?? member.name,
        ...member.incompatibilities.map((it) => it.employeeRef ?? it.account),
      ].join(' '),
    judge(line) {
      const { id } = line.board;
      const head = JSON.stringify(line.board);
      if ((said.get(id) ?? head) !== head)
        return {
          why: {
            it: `L’organo ${id} ha altri dati in una riga precedente.`,
            en: `The board ${id} has other values in an earlier line.`,
          },
        };
      const before = made.get(id) ?? known.get(id);
      const after = withLine(before, line);
      const why = boardFault(after);
      if (why !== null) return { why };
      said.set(id, head);
      made.set(id, after);
      if (!before?.members.some((it) => keyOfMember(it) === keyOfMember(line.member))) return 'new';
      return sameBoard(before, after) ? 'same' : 'changed';
    },
    made: (items) => [...new Set(items.map(({ board }) => board.id))].flatMap((id) => made.get(id) ?? []),
  };
}

function lineOf(cells: Readonly<Record<string, string>>): BoardLine {
  const cell = (name: string): string => cells[name] ?? '';
  const [employeeRef, account] = [cell('withEmployee') || null, cell('withAccount') || null];
  const reason = cell('reason');
  const isSaid = employeeRef !== null || account !== null || reason !== '';
  return {
    board: {
      id: cell('id'),
      kind: oneOf(kinds, cell('kind')) as BoardKind,
      name: cell('boardName'),
      act: cell('act') || null,
      validFrom: dayIn(cell('validFrom')),
      validTo: cell('validTo') ? dayIn(cell('validTo')) : null,
    },
    member: {
      name: cell('name'),
      account: cell('account') || null,
      role: oneOf(memberNames, cell('role')) as MemberRole,
      gender: (cell('gender').toUpperCase() || null) as BoardMember['gender'],
      incompatibilities: isSaid ? [{ employeeRef, account, reason }] : [],
    },
  };
}

/** The board with one line more: its data, the member as the line says, and the incompatibilities that were known. */
function withLine(before: Board | undefined, { board, member }: BoardLine): Board {
  const members = before?.members ?? [];
  const key = keyOfMember(member);
  const known = members.find((it) => keyOfMember(it) === key);
  const theirs = new Map((known?.incompatibilities ?? []).map((it) => [keyOfDeclaration(it), it]));
  for (const it of member.incompatibilities) theirs.set(keyOfDeclaration(it), it);
  const next = { ...member, incompatibilities: [...theirs.values()] };
  return {
    ...board,
    members: known ? members.map((it) => (it === known ? next : it)) : [...members, next],
  };
}

const oneOf = (names: Readonly<Record<string, string>>, text: string): string =>
  Object.hasOwn(names, text.toLowerCase()) ? names[text.toLowerCase()]! : text.toUpperCase();

const kinds = { upd: 'UPD', commissione: 'EXAMINATION', 'commissione d’esame': 'EXAMINATION' };
const memberNames = {
  presidente: 'PRESIDENT',
  componente: 'MEMBER',
  membro: 'MEMBER',
  segretario: 'SECRETARY',
  supplente: 'SUBSTITUTE',
};
